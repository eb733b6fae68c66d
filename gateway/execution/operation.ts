import { type FieldNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode } from "graphql";

/** One operation of a document and the fragments beside it. */
export interface Operation {
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

export const typenameField: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };
