import { type DefinitionNode, isTypeDefinitionNode, Kind, type TypeDefinitionNode } from "graphql";
import { namedType } from "./dangling.ts";

/** Removes the types that no root field reaches. */
export function dropUnreachable(definitions: readonly DefinitionNode[]): readonly DefinitionNode[] {
  const types = new Map<string, TypeDefinitionNode>();
  const implementers = new Map<string, string[]>();
  const roots: string[] = [];
  for (const definition of definitions) {
    if (definition.kind === "SchemaDefinition") {
      roots.push(...definition.operationTypes.map(({ type }) => type.name.value));
    }
    if (!isTypeDefinitionNode(definition)) continue;
    types.set(definition.name.value, definition);
    if (definition.kind !== "ObjectTypeDefinition" && definition.kind !== "InterfaceTypeDefinition") continue;
    for (const { name } of definition.interfaces ?? []) {
      implementers.set(name.value, [...(implementers.get(name.value) ?? []), definition.name.value]);
    }
  }
  const reached = new Set<string>();
  for (let name = roots.pop(); name !== undefined; name = roots.pop()) {
    const type = types.get(name);
    if (type === undefined || reached.has(name)) continue;
    reached.add(name);
    roots.push(...references(type), ...(implementers.get(name) ?? []));
  }
  return definitions.filter((definition) => !isTypeDefinitionNode(definition) || reached.has(definition.name.value));
}

function references(type: TypeDefinitionNode): string[] {
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [
        ...(type.interfaces ?? []).map(namedType),
        ...(type.fields ?? []).flatMap((field) => [
          namedType(field.type),
          ...(field.arguments ?? []).map((argument) => namedType(argument.type)),
        ]),
      ];
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (type.fields ?? []).map((field) => namedType(field.type));
    case Kind.UNION_TYPE_DEFINITION:
      return (type.types ?? []).map(namedType);
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return [];
  }
}
