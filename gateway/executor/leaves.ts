import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from "graphql";

/** Reads a leaf value that a subgraph sent. Throws where the value is not of the type. */
export type Leaf = (value: unknown) => unknown;

/**
 * Scalars of GraphQL itself are checked, so that no object can stand where a string belongs.
 * An enum value must be one that the client may see. Of a custom scalar only its subgraph knows.
 */
export function compileLeaf(type: GraphQLLeafType): Leaf {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => {
      if (typeof value === "string" && names.has(value)) return value;
      throw new TypeError("Not a value of the enum");
    };
  }
  return isSpecifiedScalarType(type) ? (value) => type.serialize(value) : (value) => value;
}
