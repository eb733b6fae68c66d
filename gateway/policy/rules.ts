import {
  type DocumentNode,
  type FieldDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  type SelectionSetNode,
  type TypeDefinitionNode,
} from "graphql";
import { namedType } from "../contracts/dangling.ts";
import { textArgument, uses } from "../contracts/directives.ts";
import { type Clause, clauseReader, type ReadClauses } from "./clauses.ts";
import { dependenciesOf } from "./dependencies.ts";
import { withoutDerived } from "./derived.ts";

const nothing: ReadonlySet<Clause> = new Set();

/**
 * What a supergraph asks of the caller for each field and type. Every reading is the strict one:
 * - a rule on an interface, or on a field of it, holds for whatever implements it, however it is reached;
 * - a rule on a type holds for each of its fields and for each field that returns it;
 * - a field that rests on others (`@requires`, `@fromContext`) asks for what these ask for.
 */
export class AccessRules {
  readonly #read: ReadClauses;
  readonly #types = new Map<string, TypeDefinitionNode>();
  readonly #members = new Map<string, string[]>();
  readonly #contexts = new Map<string, string[]>();
  readonly #clauses = new Map<string, Clause>();
  readonly #ofTypes = new Map<string, ReadonlySet<Clause>>();
  readonly #ofFields = new Map<string, ReadonlySet<Clause>>();
  /** Whether anything is protected at all. */
  readonly isEmpty: boolean;

  /** @throws ContractError where a rule cannot be read. */
  constructor(supergraph: DocumentNode) {
    this.#read = clauseReader(supergraph);
    for (const type of supergraph.definitions.filter(isTypeDefinitionNode)) {
      const name = type.name.value;
      this.#types.set(name, type);
      const above = "interfaces" in type ? (type.interfaces ?? []) : [];
      for (const one of above) add(this.#members, one.name.value, name);
      if (type.kind === Kind.UNION_TYPE_DEFINITION) {
        this.#members.set(name, type.types?.map((member) => member.name.value) ?? []);
      }
      for (const use of uses(type, "context")) add(this.#contexts, textArgument(use, "name") ?? "", name);
    }
    // All are read at once, so that one which cannot be read stops the start and not a request.
    for (const type of this.#types.values()) {
      this.ofType(type.name.value);
      for (const field of fieldsOf(type)) this.ofField(type.name.value, field.name.value);
    }
    this.isEmpty = this.#clauses.size === 0;
  }

  /** What an object of the type asks for, or a value of the scalar or enum. */
  ofType(name: string): ReadonlySet<Clause> {
    const known = this.#ofTypes.get(name);
    if (known !== undefined) return known;
    const type = this.#types.get(name);
    if (type === undefined) return nothing;
    const clauses = this.#authored(name);
    for (const above of this.#interfacesOf(name)) addAll(clauses, this.#authored(above));
    this.#ofTypes.set(name, clauses);
    return clauses;
  }

  ofField(typeName: string, fieldName: string): ReadonlySet<Clause> {
    const key = `${typeName}.${fieldName}`;
    const known = this.#ofFields.get(key);
    if (known !== undefined) return known;
    const clauses = this.#collect(typeName, fieldName, new Set());
    this.#ofFields.set(key, clauses);
    return clauses;
  }

  /** @param seen the fields on the way here: those that need each other ask for the same. */
  #collect(typeName: string, fieldName: string, seen: Set<string>): ReadonlySet<Clause> {
    const key = `${typeName}.${fieldName}`;
    const field = this.#field(typeName, fieldName);
    if (field === undefined || seen.has(key)) return nothing;
    seen.add(key);
    const clauses = new Set(this.#authored(typeName, fieldName));
    addAll(clauses, [...this.ofType(typeName), ...this.ofType(namedType(field.type))]);
    for (const above of this.#interfacesOf(typeName)) addAll(clauses, this.#authored(above, fieldName));
    for (const { on, selectionSet } of dependenciesOf(typeName, field)) {
      const types = "type" in on ? [on.type] : (this.#contexts.get(on.context) ?? []);
      for (const type of types) this.#collectSelection(clauses, type, selectionSet, seen);
    }
    return clauses;
  }

  #collectSelection(clauses: Set<Clause>, typeName: string, set: SelectionSetNode, seen: Set<string>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition?.name.value ?? typeName;
        addAll(clauses, this.ofType(on));
        this.#collectSelection(clauses, on, selection.selectionSet, seen);
      }
      if (selection.kind !== Kind.FIELD) continue;
      // Which type it will be is not known yet: what any of them asks for is asked.
      for (const type of [typeName, ...(this.#members.get(typeName) ?? [])]) {
        addAll(clauses, this.#collect(type, selection.name.value, seen));
        const field = this.#field(type, selection.name.value);
        if (field === undefined || selection.selectionSet === undefined) continue;
        const below = namedType(field.type);
        for (const member of this.#members.get(below) ?? []) addAll(clauses, this.ofType(member));
        this.#collectSelection(clauses, below, selection.selectionSet, seen);
      }
    }
  }

  /** The clauses that somebody has written on a type or on a field of it. */
  #authored(typeName: string, fieldName?: string): Set<Clause> {
    const of = (name: string) => {
      const node = fieldName === undefined ? this.#types.get(name) : this.#field(name, fieldName);
      return node === undefined ? new Set<Clause>() : this.#own(node);
    };
    if (this.#types.get(typeName)?.kind !== Kind.INTERFACE_TYPE_DEFINITION) return of(typeName);
    const implementers = (this.#members.get(typeName) ?? []).filter(
      (name) => this.#types.get(name)?.kind === Kind.OBJECT_TYPE_DEFINITION,
    );
    return new Set(withoutDerived(of(typeName), new Set(implementers.flatMap((name) => [...of(name)]))));
  }

  /** The clauses written on one definition. Equal ones are one object, whatever they are written on. */
  #own(node: TypeDefinitionNode | FieldDefinitionNode): Set<Clause> {
    const clauses = this.#read(node).map((clause) => {
      const key = JSON.stringify(clause);
      const shared = this.#clauses.get(key) ?? clause;
      this.#clauses.set(key, shared);
      return shared;
    });
    return new Set(clauses);
  }

  #field(typeName: string, fieldName: string): FieldDefinitionNode | undefined {
    const type = this.#types.get(typeName);
    return type && fieldsOf(type).find((field) => field.name.value === fieldName);
  }

  #interfacesOf(name: string, seen = new Set<string>()): ReadonlySet<string> {
    const type = this.#types.get(name);
    for (const { name: above } of (type && "interfaces" in type && type.interfaces) || []) {
      if (seen.has(above.value)) continue;
      seen.add(above.value);
      this.#interfacesOf(above.value, seen);
    }
    return seen;
  }
}

function fieldsOf(type: TypeDefinitionNode): readonly FieldDefinitionNode[] {
  const hasFields = type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION;
  return hasFields ? (type.fields ?? []) : [];
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

function addAll<T>(set: Set<T>, more: Iterable<T>): void {
  for (const item of more) set.add(item);
}
