import { type DocumentNode, isTypeDefinitionNode } from "graphql";

/** Says whether an object of one type fits a condition on another, in the whole supergraph. */
export class PossibleTypes {
  readonly #members = new Map<string, Set<string>>();
  readonly #names = new Set<string>();

  constructor(supergraph: DocumentNode) {
    for (const type of supergraph.definitions) {
      if (isTypeDefinitionNode(type)) this.#names.add(type.name.value);
      if (type.kind === "UnionTypeDefinition") {
        for (const member of type.types ?? []) this.#add(type.name.value, member.name.value);
      }
      if (type.kind === "ObjectTypeDefinition" || type.kind === "InterfaceTypeDefinition") {
        for (const above of type.interfaces ?? []) this.#add(above.name.value, type.name.value);
      }
    }
  }

  knows(typename: string): boolean {
    return this.#names.has(typename);
  }

  /** Whether this is the name of an interface or a union. */
  isAbstract(name: unknown): boolean {
    return typeof name === "string" && this.#members.has(name);
  }

  fits(typename: string, condition: string): boolean {
    return typename === condition || (this.#members.get(condition)?.has(typename) ?? false);
  }

  /** As `fits`, for what an object says of itself: one that says nothing fits every condition. */
  admits(typename: unknown, conditions: readonly string[]): boolean {
    return typeof typename !== "string" || conditions.some((condition) => this.fits(typename, condition));
  }

  #add(abstract: string, member: string): void {
    const members = this.#members.get(abstract) ?? new Set();
    this.#members.set(abstract, members.add(member));
  }
}
