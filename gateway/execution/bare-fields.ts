import type { QueryPlan } from "@graphql-hive/router-query-planner";
import {
  type DocumentNode,
  Kind,
  Lexer,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
} from "graphql";
import { namedType } from "../contracts/dangling.ts";
import { typenameField } from "./operation.ts";

/**
 * Mends operations of the planner, version 0.0.38, which at times leaves behind the name of an object's
 * field, or an inline fragment, from which it has moved all selections elsewhere. A subgraph refuses such
 * an operation.
 */
export class BareFields {
  /** The types of fields that hold objects, by type and field. */
  readonly #composite = new Map<string, string>();
  readonly #root: string;

  constructor(supergraph: DocumentNode) {
    const names = new Set<string>();
    let root = "Query";
    for (const type of supergraph.definitions) {
      const isComposite =
        type.kind === Kind.OBJECT_TYPE_DEFINITION ||
        type.kind === Kind.INTERFACE_TYPE_DEFINITION ||
        type.kind === Kind.UNION_TYPE_DEFINITION;
      if (isComposite) names.add(type.name.value);
      if (type.kind === Kind.SCHEMA_DEFINITION) {
        root = type.operationTypes.find(({ operation }) => operation === "query")?.type.name.value ?? root;
      }
    }
    this.#root = root;
    for (const type of supergraph.definitions) {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
      for (const field of type.fields ?? []) {
        const named = namedType(field.type);
        if (names.has(named)) this.#composite.set(`${type.name.value}.${field.name.value}`, named);
      }
    }
  }

  /** The same plan with operations that a subgraph takes. */
  mend(plan: QueryPlan): QueryPlan {
    const mendOne = (key: string, value: unknown) =>
      key === "operation" && typeof value === "string" ? this.#drop(fillFragments(value)) : value;
    return JSON.parse(JSON.stringify(plan), mendOne) as QueryPlan;
  }

  /** @returns the operation without such fields; the very same text where there are none. */
  #drop(operation: string): string {
    const document = parse(operation, { noLocation: true });
    let dropped = false;
    const trim = (set: SelectionSetNode, type: string | undefined): SelectionSetNode => {
      const selections = set.selections.flatMap((selection): SelectionNode[] => {
        if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const condition = selection.typeCondition?.name.value ?? type;
          return [{ ...selection, selectionSet: trim(selection.selectionSet, condition) }];
        }
        const below = this.#composite.get(`${type}.${selection.name.value}`);
        if (selection.selectionSet) return [{ ...selection, selectionSet: trim(selection.selectionSet, below) }];
        if (below === undefined) return [selection];
        dropped = true;
        return [];
      });
      return { ...set, selections: selections.length > 0 ? selections : [typenameField] };
    };
    const definitions = document.definitions.map((definition) => {
      if (definition.kind === Kind.OPERATION_DEFINITION && definition.operation === "query") {
        return { ...definition, selectionSet: trim(definition.selectionSet, this.#root) };
      }
      return definition.kind === Kind.FRAGMENT_DEFINITION
        ? { ...definition, selectionSet: trim(definition.selectionSet, definition.typeCondition.name.value) }
        : definition;
    });
    return dropped ? print({ ...document, definitions }) : operation;
  }
}

/** Gives the name of its type to each inline fragment of which nothing is left but the condition. */
function fillFragments(operation: string): string {
  const lexer = new Lexer(new Source(operation));
  let text = "";
  let copied = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    const [on, spread] = [token.prev, token.prev?.prev];
    const isCondition = on?.value === "on" && spread?.kind === TokenKind.SPREAD && token.kind === TokenKind.NAME;
    const next = isCondition ? lexer.lookahead().kind : undefined;
    if (next === undefined || next === TokenKind.BRACE_L || next === TokenKind.AT) continue;
    text += `${operation.slice(copied, token.end)}{__typename}`;
    copied = token.end;
  }
  return text + operation.slice(copied);
}
