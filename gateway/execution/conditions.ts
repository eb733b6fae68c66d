import { type DirectiveNode, Kind, type SelectionNode, visit } from "graphql";
import { type JsonObject, own } from "./json.ts";
import type { Operation } from "./operation.ts";

/** The values of the variables that decide on @skip and @include. */
export type Conditions = ReadonlyMap<string, boolean>;

/** The variables that an operation's @skip and @include hang on. */
export function conditionVariables({ definition, fragments }: Operation): readonly string[] {
  const names = new Set<string>();
  for (const node of [definition, ...fragments.values()]) {
    visit(node, {
      Directive(directive) {
        const value = conditionOf(directive);
        if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names].sort();
}

export function readConditions(names: readonly string[], variables: JsonObject): Conditions {
  return new Map(names.map((name) => [name, own(variables, name) === true]));
}

/** Equal for variables under which the same is asked for. */
export function outcomeOf(names: readonly string[], variables: JsonObject): string {
  let outcome = "";
  for (const name of names) outcome += own(variables, name) === true ? "1" : "0";
  return outcome;
}

export function isIncluded(selection: SelectionNode, conditions: Conditions): boolean {
  return (selection.directives ?? []).every((directive) => {
    const value = conditionOf(directive);
    if (value === undefined) return true;
    const isMet =
      value.kind === Kind.VARIABLE
        ? conditions.get(value.name.value) === true
        : value.kind === Kind.BOOLEAN && value.value;
    return isMet === (directive.name.value === "include");
  });
}

function conditionOf(directive: DirectiveNode) {
  if (directive.name.value !== "skip" && directive.name.value !== "include") return undefined;
  return directive.arguments?.find((argument) => argument.name.value === "if")?.value;
}
