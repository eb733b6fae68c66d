import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  specifiedScalarTypes,
  type TypeDefinitionNode,
  type TypeNode,
} from "graphql";

const builtIn = new Set(specifiedScalarTypes.map((type) => type.name));

/**
 * Removes what refers to a type that is no longer there, and types with nothing left in them,
 * until nothing dangles.
 */
export function dropDangling(definitions: readonly DefinitionNode[]): readonly DefinitionNode[] {
  for (let before = definitions; ; ) {
    const defined = new Set(before.filter(isTypeDefinitionNode).map((type) => type.name.value));
    const stands = (type: TypeNode) => defined.has(namedType(type)) || builtIn.has(namedType(type));
    const after = before.map((definition) => trim(definition, stands)).filter((definition) => !isEmpty(definition));
    if (size(after) === size(before)) return after;
    before = after;
  }
}

/** The name of a type inside its lists and non-nulls. */
export function namedType(type: TypeNode): string {
  return type.kind === "NamedType" ? type.name.value : namedType(type.type);
}

function trim(definition: DefinitionNode, stands: (type: TypeNode) => boolean): DefinitionNode {
  switch (definition.kind) {
    case Kind.SCHEMA_DEFINITION:
      return { ...definition, operationTypes: definition.operationTypes.filter(({ type }) => stands(type)) };
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return {
        ...definition,
        interfaces: definition.interfaces?.filter(stands) ?? [],
        fields:
          definition.fields?.filter(({ type }) => stands(type)).map((field) => trimArguments(field, stands)) ?? [],
      };
    case Kind.UNION_TYPE_DEFINITION:
      return { ...definition, types: definition.types?.filter(stands) ?? [] };
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return { ...definition, fields: definition.fields?.filter(({ type }) => stands(type)) ?? [] };
    default:
      return definition;
  }
}

function trimArguments(field: FieldDefinitionNode, stands: (type: TypeNode) => boolean): FieldDefinitionNode {
  return { ...field, arguments: field.arguments?.filter(({ type }) => stands(type)) ?? [] };
}

function isEmpty(definition: DefinitionNode): boolean {
  const members = membersOf(definition);
  return members !== undefined && members.length === 0;
}

type Member =
  | { readonly kind: string; readonly directives?: readonly ConstDirectiveNode[] | undefined }
  | InputValueDefinitionNode;

function membersOf(definition: DefinitionNode): readonly Member[] | undefined {
  if (!isTypeDefinitionNode(definition)) return undefined;
  const type: TypeDefinitionNode = definition;
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return type.fields ?? [];
    case Kind.UNION_TYPE_DEFINITION:
      return type.types ?? [];
    case Kind.ENUM_TYPE_DEFINITION:
      return type.values ?? [];
    case Kind.SCALAR_TYPE_DEFINITION:
      return undefined;
  }
}

/** Counts all that can be taken away, so that an unchanged count means an unchanged schema. */
export function size(definitions: readonly DefinitionNode[]): number {
  let count = definitions.length;
  for (const definition of definitions) {
    count += membersOf(definition)?.length ?? 0;
    if (definition.kind === "SchemaDefinition") count += definition.operationTypes.length;
    if (definition.kind !== "ObjectTypeDefinition" && definition.kind !== "InterfaceTypeDefinition") continue;
    count += definition.interfaces?.length ?? 0;
    for (const field of definition.fields ?? []) count += field.arguments?.length ?? 0;
  }
  return count;
}
