import { type ConstDirectiveNode, type DocumentNode, Kind } from "graphql";
import { ContractError } from "./definition.ts";
import { textArgument, uses } from "./directives.ts";
import { percentageOf } from "./overrides.ts";

/**
 * Refuses a supergraph that asks for what the gateway would leave undone without a word: arguments that are filled
 * from a context (`@fromContext`), which the planner drops, and an `@override` under a label that is no
 * percentage, as there is nobody here to say whether it is on.
 * @throws ContractError that names the field.
 */
export function assertHonoured(name: string, supergraph: DocumentNode): void {
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const reasons = uses(field, "join__field").flatMap((join) => reasonAgainst(join) ?? []);
      const [reason] = reasons;
      if (reason) throw new ContractError(`In the contract ${name}, ${type.name.value}.${field.name.value} ${reason}`);
    }
  }
}

function reasonAgainst(join: ConstDirectiveNode): string | undefined {
  const contextArguments = join.arguments?.find(({ name }) => name.value === "contextArguments")?.value;
  if (contextArguments?.kind === Kind.LIST && contextArguments.values.length > 0) {
    return "takes an argument from a context (@fromContext), which this gateway does not fill in";
  }
  const label = textArgument(join, "overrideLabel");
  if (label === undefined || percentageOf(label) !== undefined) return undefined;
  return `is moved under the label ${label} (@override); only percent(N) is decided on here`;
}
