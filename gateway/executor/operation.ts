import type { FragmentDefinitionNode, OperationDefinitionNode } from "graphql";

/** One operation of a document and the fragments beside it. */
export interface Operation {
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}
