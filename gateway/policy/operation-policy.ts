import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Operation } from "../execution/operation.ts";
import type { Caller } from "../upstream/port.ts";
import type { Clause } from "./clauses.ts";
import { type PolicyPort, unmetClauses } from "./policies.ts";
import type { AccessRules } from "./rules.ts";

/** What one caller is denied of one operation. */
export interface Denial {
  /** Equal for callers who are denied the same. */
  readonly key: string;
  deniesField(typeName: string, fieldName: string): boolean;
  deniesType(typeName: string): boolean;
}

/** The clauses that an operation touches, worked out once however often it is run. */
export class OperationPolicy {
  readonly #rules: AccessRules;
  readonly #clauses: readonly Clause[];

  private constructor(rules: AccessRules, clauses: readonly Clause[]) {
    this.#rules = rules;
    this.#clauses = clauses;
  }

  /** @returns undefined where nothing that the operation asks for is protected. */
  static of(rules: AccessRules, schema: GraphQLSchema, operation: Operation): OperationPolicy | undefined {
    if (rules.isEmpty) return undefined;
    const clauses = clausesOf(rules, schema, operation);
    return clauses.length === 0 ? undefined : new OperationPolicy(rules, clauses);
  }

  /** @returns undefined where the caller is denied nothing of it. */
  async denialOf(caller: Caller, port: PolicyPort): Promise<Denial | undefined> {
    const unmet = new Set(await unmetClauses(this.#clauses, caller, port));
    if (unmet.size === 0) return undefined;
    const rules = this.#rules;
    return {
      key: this.#clauses.map((clause) => Number(unmet.has(clause))).join(""),
      deniesField: (typeName, fieldName) => !unmet.isDisjointFrom(rules.ofField(typeName, fieldName)),
      deniesType: (typeName) => !unmet.isDisjointFrom(rules.ofType(typeName)),
    };
  }
}

function clausesOf(rules: AccessRules, schema: GraphQLSchema, { definition, fragments }: Operation): Clause[] {
  const found = new Set<Clause>();
  const types = new TypeInfo(schema);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [definition, ...fragments.values()] };
  const addType = (type: GraphQLNamedType | undefined | null) => {
    if (type) for (const name of namesOf(schema, type)) for (const clause of rules.ofType(name)) found.add(clause);
  };
  const reader = visitWithTypeInfo(types, {
    Field(field) {
      const parent = types.getParentType();
      for (const name of parent ? namesOf(schema, parent) : []) {
        for (const clause of rules.ofField(name, field.name.value)) found.add(clause);
      }
      addType(getNamedType(types.getType()));
    },
    InlineFragment: () => addType(getNamedType(types.getType())),
    FragmentDefinition: () => addType(getNamedType(types.getType())),
  });
  visit(document, reader);
  return [...found];
}

/** The type and, where it is abstract, all that it may turn out to be. */
function namesOf(schema: GraphQLSchema, type: GraphQLNamedType): string[] {
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  return [type.name, ...possible.map(({ name }) => name)];
}
