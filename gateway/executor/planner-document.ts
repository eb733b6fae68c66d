import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import { type Conditions, isIncluded } from "./conditions.ts";
import { asGiven } from "./given-variables.ts";
import type { Operation } from "./operation.ts";
import type { SourceKeys } from "./source-keys.ts";

/** An operation in two: what the subgraphs answer, and what the schema itself answers. */
export interface SplitOperation {
  /** Text for the planner; undefined where no subgraph has to be asked. */
  readonly remote: string | undefined;
  /** A document for graphql-js; undefined where nothing is asked of the schema. */
  readonly local: DocumentNode | undefined;
}

/** Splits an operation under one outcome of its @skip and @include. */
export function splitOperation(
  schema: GraphQLSchema,
  { definition, fragments }: Operation,
  keys: SourceKeys,
  conditions: Conditions,
): SplitOperation {
  const rootOf = (keep: (field: FieldNode) => boolean) =>
    filterRoot(definition.selectionSet, { fragments, conditions, keep });
  const remote = rootOf((field) => !field.name.value.startsWith("__"));
  const local = rootOf(isIntrospection);
  return {
    remote: remote && new PlannerText(schema, fragments, keys, conditions).of({ ...definition, selectionSet: remote }),
    local: local && {
      kind: Kind.DOCUMENT,
      definitions: [{ ...definition, selectionSet: local }, ...fragments.values()],
    },
  };
}

export function isIntrospection(field: FieldNode): boolean {
  return field.name.value === "__schema" || field.name.value === "__type";
}

/** Where a selection stands: in what type, and of which objects it can be at all. */
interface Place {
  readonly type: GraphQLCompositeType;
  readonly possible: readonly GraphQLObjectType[];
}

/**
 * Writes an operation as plainly as it can be: with the outcome of its conditions worked in, its fragments
 * written out, and without those that no object fits. So the planner never meets a condition, of which its
 * own way makes invalid operations at times, as it does of fragments that narrow one another to nothing.
 */
class PlannerText {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Operation["fragments"];
  readonly #keys: SourceKeys;
  readonly #conditions: Conditions;

  constructor(schema: GraphQLSchema, fragments: Operation["fragments"], keys: SourceKeys, conditions: Conditions) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#keys = keys;
    this.#conditions = conditions;
  }

  of(operation: OperationDefinitionNode): string {
    const root = this.#schema.getRootType(operation.operation);
    const selectionSet = root ? this.#set(operation.selectionSet, this.#placeIn(root)) : operation.selectionSet;
    const variableDefinitions = operation.variableDefinitions?.map((one) => visit(one, { Variable: asGiven }));
    return print({ ...operation, variableDefinitions: variableDefinitions ?? [], selectionSet });
  }

  #set(set: SelectionSetNode, place: Place): SelectionSetNode {
    const selections = this.#selections(set, place);
    // The planner fails on an object of which nothing is asked.
    return { kind: Kind.SELECTION_SET, selections: selections.length > 0 ? selections : [typenameField] };
  }

  #selections(set: SelectionSetNode, place: Place): SelectionNode[] {
    return set.selections.flatMap((selection) => {
      if (!isIncluded(selection, this.#conditions)) return [];
      if (selection.kind === Kind.FIELD) return [this.#field(selection, place.type)];
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
      if (fragment === undefined) return [];
      const { typeCondition, selectionSet } = fragment;
      const type = typeCondition && this.#schema.getType(typeCondition.name.value);
      if (typeCondition === undefined || !isCompositeType(type)) return this.#selections(selectionSet, place);
      const possible = this.#placeIn(type).possible.filter((one) => place.possible.includes(one));
      if (possible.length === 0) return [];
      return [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: this.#set(selectionSet, { type, possible }) }];
    });
  }

  #field(field: FieldNode, parent: GraphQLCompositeType): FieldNode {
    const { name, selectionSet } = field;
    const key = this.#keys.of(field);
    const type = "getFields" in parent ? getNamedType(parent.getFields()[name.value]?.type) : undefined;
    return {
      kind: Kind.FIELD,
      name,
      ...(key === name.value ? {} : { alias: { kind: Kind.NAME, value: key } }),
      arguments: field.arguments?.map((argument) => visit(argument, { Variable: asGiven })) ?? [],
      ...(selectionSet && isCompositeType(type) ? { selectionSet: this.#set(selectionSet, this.#placeIn(type)) } : {}),
    };
  }

  #placeIn(type: GraphQLCompositeType): Place {
    return { type, possible: isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type] };
  }
}

export const typenameField: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

interface RootFilter {
  readonly fragments: Operation["fragments"];
  readonly conditions: Conditions;
  readonly keep: (field: FieldNode) => boolean;
}

/** Keeps some of the root fields. Fragments at the root are written out, as others may use them whole. */
function filterRoot(selectionSet: SelectionSetNode, filter: RootFilter): SelectionSetNode | undefined {
  const selections = selectionSet.selections.flatMap((selection): readonly SelectionNode[] => {
    if (!isIncluded(selection, filter.conditions)) return [];
    if (selection.kind === Kind.FIELD) return filter.keep(selection) ? [selection] : [];
    // A fragment on the root can but be on the root's own type, so its fields are the root's.
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : filter.fragments.get(selection.name.value);
    return (fragment && filterRoot(fragment.selectionSet, filter)?.selections) ?? [];
  });
  return selections.length === 0 ? undefined : { kind: Kind.SELECTION_SET, selections };
}
