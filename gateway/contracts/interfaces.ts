import type { DefinitionNode, InterfaceTypeDefinitionNode, ObjectTypeDefinitionNode } from "graphql";

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * Takes from a type each interface of which it lacks a field: where the contract lets in the
 * interface's field and not the type's own, the type can no longer be met through the interface.
 */
export function dropBrokenInterfaces(definitions: readonly DefinitionNode[]): readonly DefinitionNode[] {
  const interfaces = new Map<string, InterfaceTypeDefinitionNode>();
  for (const type of definitions) if (type.kind === "InterfaceTypeDefinition") interfaces.set(type.name.value, type);
  const keeps = (type: Composite, name: string, seen: readonly string[] = []): boolean => {
    const contract = interfaces.get(name);
    if (contract === undefined || seen.includes(name)) return false;
    const own = new Set(type.fields?.map((field) => field.name.value));
    const hasFields = contract.fields?.every((field) => own.has(field.name.value)) ?? true;
    // An interface's own interfaces must be listed by the type as well, so they must hold, too.
    return hasFields && (contract.interfaces ?? []).every((above) => keeps(type, above.name.value, [...seen, name]));
  };
  return definitions.map((type) =>
    type.kind === "ObjectTypeDefinition" || type.kind === "InterfaceTypeDefinition"
      ? { ...type, interfaces: type.interfaces?.filter(({ name }) => keeps(type, name.value)) ?? [] }
      : type,
  );
}
