import {
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { Failure } from "../execution/failure.ts";
import { isJsonObject, type JsonObject, own, put } from "../execution/json.ts";
import type { Operation } from "../execution/operation.ts";
import type { SourceKeys } from "../execution/source-keys.ts";
import type { Denial } from "./operation-policy.ts";

/** The one code of all that the gateway denies. */
export const deniedCode = "FORBIDDEN";

/**
 * Puts a failure in the place of each value that is denied, whether it was fetched (for a key, or as
 * an object of a type that showed only then) or not. From there on it is told as any failure is.
 */
export type MarkDenied = (data: JsonObject) => void;

interface Scope {
  readonly schema: GraphQLSchema;
  readonly fragments: Operation["fragments"];
  readonly keys: SourceKeys;
  readonly denial: Denial;
  /** The marks of each fragment, worked out once however often it is spread. */
  readonly marked: Map<string, readonly Mark[]>;
}

/** Marks what is denied in one object, which says of itself to be of a type. */
type Mark = (object: JsonObject, typename: unknown) => void;

export function compileDenied(
  schema: GraphQLSchema,
  { definition, fragments }: Operation,
  keys: SourceKeys,
  denial: Denial,
): MarkDenied {
  const root = schema.getRootType(definition.operation);
  const scope: Scope = { schema, fragments, keys, denial, marked: new Map() };
  const marks = root ? compileSet(scope, root, definition.selectionSet) : [];
  return (data) => {
    for (const mark of marks) mark(data, root?.name);
  };
}

function compileSet(scope: Scope, parent: GraphQLCompositeType, set: SelectionSetNode): readonly Mark[] {
  return set.selections.flatMap((selection) => compileSelection(scope, parent, selection));
}

function compileSelection(scope: Scope, parent: GraphQLCompositeType, selection: SelectionNode): readonly Mark[] {
  switch (selection.kind) {
    case Kind.FIELD: {
      const name = selection.name.value;
      if (name.startsWith("__") || !(isObjectType(parent) || isInterfaceType(parent))) return [];
      const source = scope.keys.of(selection);
      const mark = compileField(scope, parent, name, source);
      const type = getNamedType(parent.getFields()[name]?.type);
      if (!isCompositeType(type) || selection.selectionSet === undefined) return mark;
      return [...mark, ...compileBelow(scope, type, selection.selectionSet, source)];
    }
    case Kind.INLINE_FRAGMENT: {
      const on = selection.typeCondition?.name.value;
      return narrowed(scope, on, compileSet(scope, typeOf(scope, on) ?? parent, selection.selectionSet));
    }
    case Kind.FRAGMENT_SPREAD:
      return compileFragment(scope, selection.name.value);
    default:
      return selection satisfies never;
  }
}

function compileFragment(scope: Scope, name: string): readonly Mark[] {
  const known = scope.marked.get(name);
  if (known !== undefined) return known;
  const fragment = scope.fragments.get(name);
  const on = fragment?.typeCondition.name.value;
  const type = typeOf(scope, on);
  const marks = fragment && type ? narrowed(scope, on, compileSet(scope, type, fragment.selectionSet)) : [];
  scope.marked.set(name, marks);
  return marks;
}

/** Marks a field itself, in objects of those types that deny it. */
function compileField(scope: Scope, parent: GraphQLCompositeType, name: string, source: string): readonly Mark[] {
  const { denial } = scope;
  const possible = possibleNames(scope, parent);
  const denied = new Set(
    denial.deniesField(parent.name, name) ? possible : possible.filter((type) => denial.deniesField(type, name)),
  );
  if (denied.size === 0) return [];
  const isSpared = (typename: unknown) =>
    typeof typename === "string" && possible.includes(typename) && !denied.has(typename);
  return [
    (object, typename) => {
      if (!isSpared(typename)) put(object, source, Failure.of(deniedCode));
    },
  ];
}

/** Marks what is denied below a field: whole objects, by the type that they turn out to have, and fields of the rest. */
function compileBelow(
  scope: Scope,
  type: GraphQLCompositeType,
  set: SelectionSetNode,
  source: string,
): readonly Mark[] {
  const possible = possibleNames(scope, type);
  const denied = new Set(possible.filter((name) => scope.denial.deniesType(name)));
  const marks = compileSet(scope, type, set);
  if (denied.size === 0 && marks.length === 0) return [];
  const within = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) value[index] = within(item);
      return value;
    }
    if (!isJsonObject(value)) return value;
    const typename = isAbstractType(type) ? own(value, "__typename") : type.name;
    const isKnown = typeof typename === "string" && possible.includes(typename);
    // Where something of this type is denied, what does not say what it is might be it.
    if (denied.size > 0 && (!isKnown || denied.has(typename))) return Failure.of(deniedCode);
    for (const mark of marks) mark(value, typename);
    return value;
  };
  return [
    (object) => {
      const value = own(object, source);
      if (value !== undefined) put(object, source, within(value));
    },
  ];
}

/** Marks that hold for objects of one type only; for one that does not say what it is they hold, too. */
function narrowed(scope: Scope, on: string | undefined, marks: readonly Mark[]): readonly Mark[] {
  const type = typeOf(scope, on);
  if (type === undefined || marks.length === 0) return marks;
  const possible = new Set([type.name, ...possibleNames(scope, type)]);
  return [
    (object, typename) => {
      const isAnother = typeof typename === "string" && isObjectType(scope.schema.getType(typename));
      if (isAnother && !possible.has(typename)) return;
      for (const mark of marks) mark(object, typename);
    },
  ];
}

function typeOf({ schema }: Scope, name: string | undefined): GraphQLCompositeType | undefined {
  const type = name === undefined ? undefined : schema.getType(name);
  return isCompositeType(type) ? type : undefined;
}

function possibleNames({ schema }: Scope, type: GraphQLCompositeType): readonly string[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name];
}
