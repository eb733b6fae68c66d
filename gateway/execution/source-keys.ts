import type { DocumentNode, FieldNode } from "graphql";

/**
 * The keys under which the values of fields stand in the data, as opposed to the client's answer.
 *
 * A key or a @requires may need a field whose name the client uses as the alias of another, or which
 * the client asks for with other arguments. So aliases, and fields that take arguments, are set apart
 * from the plain names. It also means that no alias of a client is ever looked up in an object, and
 * that none reaches a hidden field.
 */
export class SourceKeys {
  readonly #takingArguments = new Set<string>();

  constructor(supergraph: DocumentNode) {
    for (const type of supergraph.definitions) {
      if (type.kind !== "ObjectTypeDefinition" && type.kind !== "InterfaceTypeDefinition") continue;
      for (const field of type.fields ?? []) {
        if (field.arguments && field.arguments.length > 0) this.#takingArguments.add(field.name.value);
      }
    }
  }

  of(field: FieldNode): string {
    const name = field.name.value;
    if (name === "__typename") return name;
    const alias = field.alias?.value ?? name;
    return alias === name && !this.#takingArguments.has(name) ? name : `_as_${alias}`;
  }
}
