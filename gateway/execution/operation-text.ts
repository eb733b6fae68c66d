import type { FlattenNodePathSegment } from "@graphql-hive/router-query-planner";
import {
  type FieldNode,
  type GraphQLCompositeType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  type OperationDefinitionNode,
  print,
  visit,
} from "graphql";

/** Leads to objects in the data. */
export type Path = readonly FlattenNodePathSegment[];

/** The key under which a field of an operation, as the planner is given it, stands in the data. */
export function keyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

/** Where the objects of a field stand, and of which type they are; undefined where it has none. */
export function below(field: FieldNode, type: GraphQLCompositeType, path: Path) {
  const returned = "getFields" in type ? type.getFields()[field.name.value]?.type : undefined;
  const named = getNamedType(returned);
  if (!returned || !isCompositeType(named)) return undefined;
  const isList = isListType(getNullableType(returned));
  return { type: named, path: [...path, { Field: keyOf(field) }, ...(isList ? ["@" as const] : [])] };
}

/** As text, with those of its variables that it uses. */
export function printOperation(operation: OperationDefinitionNode): string {
  const used = new Set<string>();
  visit(operation.selectionSet, {
    Variable({ name }) {
      used.add(name.value);
    },
  });
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value));
  return print({ ...operation, variableDefinitions: variableDefinitions ?? [] });
}
