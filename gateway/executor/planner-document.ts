import {
  type DocumentNode,
  type FieldNode,
  Kind,
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

/**
 * Splits an operation, with the outcome of its @skip and @include worked in. So the planner never
 * meets a condition: a plan under one outcome is smaller, and the planner's own way with nested
 * conditions makes invalid operations at times.
 */
export function splitOperation(operation: Operation, keys: SourceKeys, conditions: Conditions): SplitOperation {
  const { definition, fragments } = operation;
  const rootOf = (keep: (field: FieldNode) => boolean) =>
    filterRoot(definition.selectionSet, { fragments, conditions, keep });
  const remote = rootOf((field) => !field.name.value.startsWith("__"));
  const local = rootOf(isIntrospection);
  const withSelection = (selectionSet: SelectionSetNode): DocumentNode => ({
    kind: Kind.DOCUMENT,
    definitions: [{ ...definition, selectionSet }, ...fragments.values()],
  });
  return {
    remote: remote && print(forPlanner(withSelection(remote), keys, conditions)),
    local: local && withSelection(local),
  };
}

export function isIntrospection(field: FieldNode): boolean {
  return field.name.value === "__schema" || field.name.value === "__type";
}

function forPlanner(document: DocumentNode, keys: SourceKeys, conditions: Conditions): DocumentNode {
  const unconditional = <T extends SelectionNode>(node: T) =>
    isIncluded(node, conditions) ? { ...node, directives: [] } : null;
  return visit(document, {
    InlineFragment: unconditional,
    FragmentSpread: unconditional,
    Variable: asGiven,
    Field(field) {
      const key = keys.of(field);
      const { alias: _, ...unaliased } = field;
      return unconditional(
        key === field.name.value ? unaliased : { ...unaliased, alias: { kind: Kind.NAME, value: key } },
      );
    },
    SelectionSet: {
      // The planner fails on an object of which nothing is asked.
      leave: (node) => (node.selections.length === 0 ? { ...node, selections: [typenameField] } : undefined),
    },
  });
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
