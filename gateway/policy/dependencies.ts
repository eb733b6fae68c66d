import { type FieldDefinitionNode, Kind, parse, type SelectionSetNode } from "graphql";
import { ContractError } from "../contracts/definition.ts";
import { isSet, textArgument, uses } from "../contracts/directives.ts";

/** Fields that the gateway fetches for the sake of another: what they hold shows in its value. */
export interface Dependency {
  /** The type on which the selection stands, or the context whose types are meant. */
  readonly on: { readonly type: string } | { readonly context: string };
  readonly selectionSet: SelectionSetNode;
}

/** What a field needs by `@requires` and `@fromContext`, as the supergraph states it. */
export function dependenciesOf(type: string, field: FieldDefinitionNode): readonly Dependency[] {
  return uses(field, "join__field").flatMap((join) => {
    if (isSet(join, "external")) return [];
    const requires = textArgument(join, "requires");
    const required = requires === undefined ? [] : [{ on: { type }, selectionSet: readSelection(requires) }];
    return [...required, ...contextDependencies(join)];
  });
}

function contextDependencies(join: ReturnType<typeof uses>[number]): Dependency[] {
  const given = join.arguments?.find((argument) => argument.name.value === "contextArguments")?.value;
  if (given?.kind !== Kind.LIST) return [];
  return given.values.map((item) => {
    const text = (name: string) => {
      const value = item.kind === Kind.OBJECT && item.fields.find((field) => field.name.value === name)?.value;
      return value && value.kind === Kind.STRING ? value.value : "";
    };
    return { on: { context: text("context") }, selectionSet: readSelection(text("selection")) };
  });
}

/** @throws ContractError where it is no selection: what a field rests on must be known. */
function readSelection(text: string): SelectionSetNode {
  try {
    const [definition] = parse(/^\s*\{/.test(text) ? text : `{ ${text} }`, { noLocation: true }).definitions;
    if (definition?.kind === Kind.OPERATION_DEFINITION) return definition.selectionSet;
  } catch {
    // Said below.
  }
  throw new ContractError("What a field of the supergraph requires cannot be read");
}
