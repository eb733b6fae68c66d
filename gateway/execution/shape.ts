import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { type Conditions, isIncluded } from "./conditions.ts";
import { quote } from "./json.ts";
import { compileLeaf, type PrintLeaf } from "./leaves.ts";
import type { Operation } from "./operation.ts";
import { isIntrospection } from "./planner-document.ts";
import type { SourceKeys } from "./source-keys.ts";

/** What the client asked for, field by field: the answer is built from this and nothing else. */
export interface FieldShape {
  /** The client's key in the answer. */
  readonly key: string;
  /** The key in the data that came from the subgraphs. */
  readonly source: string;
  /** The key as JSON text, with what stands before it in its object. */
  readonly head: string;
  readonly value: ValueShape;
}

export type ValueShape =
  | { readonly kind: "nonNull"; readonly of: ValueShape }
  | { readonly kind: "list"; readonly of: ValueShape }
  | { readonly kind: "leaf"; readonly print: PrintLeaf }
  | { readonly kind: "object"; readonly selection: SelectionShape }
  /** `__typename` as JSON text; unknown where an abstract type's object does not say what it is. */
  | { readonly kind: "typename"; readonly text: string | null }
  /** Answered by the schema itself, under the client's key. */
  | { readonly kind: "local"; readonly key: string };

/** Compiles the shape of an operation, under one assignment of its @skip and @include. */
export function compileShape(
  schema: GraphQLSchema,
  root: GraphQLObjectType,
  operation: Operation,
  keys: SourceKeys,
  conditions: Conditions,
): SelectionShape {
  return new SelectionShape({ schema, operation, keys, conditions }, root, [operation.definition.selectionSet]);
}

interface Scope {
  readonly schema: GraphQLSchema;
  readonly operation: Operation;
  readonly keys: SourceKeys;
  readonly conditions: Conditions;
}

/** The fields asked of an object, worked out once for each type that it turns out to have. */
export class SelectionShape {
  readonly #scope: Scope;
  readonly #type: GraphQLCompositeType;
  readonly #selectionSets: readonly SelectionSetNode[];
  readonly #fields = new Map<string, readonly FieldShape[]>();
  #hasToBeTyped: boolean | undefined;

  constructor(scope: Scope, type: GraphQLCompositeType, selectionSets: readonly SelectionSetNode[]) {
    this.#scope = scope;
    this.#type = type;
    this.#selectionSets = selectionSets;
  }

  /**
   * @param typename what the object says of itself.
   * @returns undefined where the type is none that the client may meet here, or where it is not known
   *   and the selection hangs on it.
   */
  fieldsOf(typename: unknown): readonly FieldShape[] | undefined {
    const name = isObjectType(this.#type) ? this.#type.name : typename;
    const found = typeof name === "string" ? this.#fields.get(name) : undefined;
    if (found !== undefined) return found;
    const type = this.#runtimeType(typename);
    if (type === undefined) return undefined;
    const known = this.#fields.get(type.name);
    if (known !== undefined) return known;
    const fields = collectFields(this.#scope, type, this.#selectionSets);
    this.#fields.set(type.name, fields);
    return fields;
  }

  /** Every type whose fields may be asked for here. */
  get possibleTypes(): readonly GraphQLObjectType[] {
    const type = this.#type;
    return isAbstractType(type) ? this.#scope.schema.getPossibleTypes(type) : [type];
  }

  #runtimeType(typename: unknown): GraphQLCompositeType | undefined {
    const { schema } = this.#scope;
    const expected = this.#type;
    if (isObjectType(expected)) return expected;
    // Where nothing depends on the type, the plan does not ask for it; and a subgraph that knows the
    // interface only as an object (@interfaceObject) answers with the interface's own name.
    if (typeof typename !== "string" || typename === expected.name) {
      this.#hasToBeTyped ??= isNarrowed(this.#scope, expected, this.#selectionSets);
      return this.#hasToBeTyped ? undefined : expected;
    }
    const type = schema.getType(typename);
    return isObjectType(type) && schema.isSubType(expected, type) ? type : undefined;
  }
}

function collectFields(
  scope: Scope,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
): readonly FieldShape[] {
  const groups = new Map<string, FieldNode[]>();
  for (const selectionSet of selectionSets) group(scope, type, selectionSet, groups);
  const fields = [...groups].flatMap(([key, nodes]) => shapeField(scope, type, key, nodes) ?? []);
  return fields.map((field, index) => ({ ...field, head: `${index === 0 ? "{" : ","}${quote(field.key)}:` }));
}

function group(
  scope: Scope,
  type: GraphQLCompositeType,
  selectionSet: SelectionSetNode,
  groups: Map<string, FieldNode[]>,
): void {
  for (const selection of selectionSet.selections) {
    if (!isIncluded(selection, scope.conditions)) continue;
    if (selection.kind === "Field") {
      const key = selection.alias?.value ?? selection.name.value;
      const nodes = groups.get(key);
      if (nodes === undefined) groups.set(key, [selection]);
      else nodes.push(selection);
      continue;
    }
    const fragment = fragmentOf(scope, selection);
    if (fragment !== undefined && applies(scope.schema, type, fragment.typeCondition?.name.value)) {
      group(scope, type, fragment.selectionSet, groups);
    }
  }
}

/** Whether a fragment asks something of some of the types only. */
function isNarrowed(scope: Scope, type: GraphQLCompositeType, selectionSets: readonly SelectionSetNode[]): boolean {
  return selectionSets.some(({ selections }) =>
    selections.some((selection) => {
      const fragment = fragmentOf(scope, selection);
      if (fragment === undefined || !isIncluded(selection, scope.conditions)) return false;
      const isForAll = applies(scope.schema, type, fragment.typeCondition?.name.value);
      return !isForAll || isNarrowed(scope, type, [fragment.selectionSet]);
    }),
  );
}

function fragmentOf({ operation }: Scope, selection: SelectionNode) {
  if (selection.kind === "Field") return undefined;
  return selection.kind === "InlineFragment" ? selection : operation.fragments.get(selection.name.value);
}

function applies(schema: GraphQLSchema, type: GraphQLCompositeType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditionType = schema.getType(condition);
  if (!isAbstractType(conditionType)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(conditionType, type);
}

function shapeField(
  scope: Scope,
  type: GraphQLCompositeType,
  key: string,
  nodes: readonly FieldNode[],
): Omit<FieldShape, "head"> | undefined {
  const [node] = nodes;
  if (node === undefined) return undefined;
  const source = scope.keys.of(node);
  if (node.name.value === "__typename") {
    return { key, source, value: { kind: "typename", text: isObjectType(type) ? quote(type.name) : null } };
  }
  if (isIntrospection(node)) return { key, source: key, value: { kind: "local", key } };
  const field = "getFields" in type ? type.getFields()[node.name.value] : undefined;
  if (field === undefined) return undefined;
  return { key, source, value: shapeValue(scope, field.type, nodes) };
}

function shapeValue(scope: Scope, type: GraphQLOutputType, nodes: readonly FieldNode[]): ValueShape {
  if (isNonNullType(type)) return { kind: "nonNull", of: shapeValue(scope, type.ofType, nodes) };
  if (isListType(type)) return { kind: "list", of: shapeValue(scope, type.ofType, nodes) };
  if (isLeafType(type)) return { kind: "leaf", print: compileLeaf(type) };
  const named = getNamedType(type);
  if (!isCompositeType(named)) throw new Error("A type is neither leaf nor composite");
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return { kind: "object", selection: new SelectionShape(scope, named, selectionSets) };
}
