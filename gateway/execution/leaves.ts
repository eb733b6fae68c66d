import { type GraphQLLeafType, type GraphQLScalarType, isEnumType, isSpecifiedScalarType } from "graphql";
import { quote } from "./json.ts";

/** Prints a leaf value that a subgraph sent as JSON text; null where the value is not of the type. */
export type PrintLeaf = (value: unknown) => string | null;

/** What a scalar may be specified by (`@specifiedBy`) whose values are texts. */
const textSpecifications = new Set([
  "https://scalars.graphql.org/andimarek/date-time",
  "https://scalars.graphql.org/andimarek/local-date",
  "https://www.rfc-editor.org/rfc/rfc3339",
  "https://www.rfc-editor.org/rfc/rfc4122",
  "https://www.rfc-editor.org/rfc/rfc9562",
]);

/**
 * Scalars of GraphQL itself are checked, and so are those that are known to be texts, so that no object can stand where
 * a string belongs. An enum value must be one that the client may see. Of any other scalar only its subgraph knows.
 */
export function compileLeaf(type: GraphQLLeafType): PrintLeaf {
  if (isEnumType(type)) {
    const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, quote(name)]));
    return (value) => texts.get(value) ?? null;
  }
  if (type.specifiedByURL && textSpecifications.has(type.specifiedByURL)) return printString;
  if (!isSpecifiedScalarType(type)) return (value) => JSON.stringify(value) ?? null;
  const print = usual[type.name];
  return (value) => print?.(value) ?? coerced(type, value);
}

/** The values that a subgraph is expected to send for a scalar; of any other, graphql-js decides. */
const usual: Readonly<Record<string, PrintLeaf>> = {
  ID: printString,
  String: printString,
  Boolean: (value) => (typeof value === "boolean" ? String(value) : null),
  Int: (value) => (typeof value === "number" && (value | 0) === value ? String(value) : null),
  Float: (value) => (typeof value === "number" && Number.isFinite(value) ? String(value) : null),
};

function printString(value: unknown): string | null {
  return typeof value === "string" ? quote(value) : null;
}

function coerced(type: GraphQLScalarType, value: unknown): string | null {
  try {
    return JSON.stringify(type.serialize(value)) ?? null;
  } catch {
    return null;
  }
}
