import { type ASTNode, type GraphQLSchema, getVariableValues, type VariableDefinitionNode, visit } from "graphql";
import { Fault } from "../../plumbing/faults.ts";
import { isJsonObject, type JsonObject } from "./json.ts";

/**
 * Coerces what the client sent to the variables' types, defaults included.
 * @throws Fault BAD_USER_INPUT, which does not repeat the value as graphql-js's own errors do.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: unknown,
): JsonObject {
  const given = variables ?? {};
  // graphql-js would lose a variable of this name, as it sets the prototype by it.
  const isUnnameable = definitions.some(({ variable }) => variable.name.value === "__proto__");
  if (!isJsonObject(given) || isUnnameable) throw new Fault("BAD_USER_INPUT");
  const { coerced } = getVariableValues(schema, definitions, given, { maxErrors: 1 });
  if (coerced === undefined) throw new Fault("BAD_USER_INPUT");
  return coerced;
}

/** How many places of a part of a document name a variable. */
export function countUses(part: ASTNode, variable: string): number {
  let uses = 0;
  visit(part, {
    Variable: ({ name }) => {
      if (name.value === variable) uses += 1;
    },
  });
  return uses;
}
