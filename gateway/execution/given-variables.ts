import { Kind, type VariableNode } from "graphql";

/**
 * A client's variable travels to the subgraphs under a name of its own, as the plan and the gateway have
 * variables too (`representations`, for one), and no client knows which.
 */
const prefix = "_given_";

export function asGiven({ name }: VariableNode): VariableNode {
  return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: prefix + name.value } };
}

/** The client's own name of a variable that it has given. */
export function clientsName(variable: string): string {
  return variable.slice(prefix.length);
}
