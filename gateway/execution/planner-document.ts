import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { type Conditions, isIncluded } from "./conditions.ts";
import type { Operation } from "./operation.ts";
import { PlannerText } from "./planner-text.ts";
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
