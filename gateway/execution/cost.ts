import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  typeFromAST,
  type ValueNode,
} from "graphql";
import { type JsonObject, own } from "./json.ts";
import type { Operation } from "./operation.ts";

/** How many items a list is taken to have where nobody says how many are wanted. */
const usualLength = 10;

/** The arguments by which clients say how much of a list they want. */
const slicing = ["first", "last"];

/** The most fields that an answer may have, unless it is set otherwise (`COST_LIMIT`). */
export const usualCostLimit = 50_000;

/** What an operation comes to under its variables: the fields of its answer, were all lists as long as was asked for. */
export type Cost = (variables: JsonObject) => number;

/**
 * Works out once what depends on the document only. `first` and `last` say how long a field's own list is or, of a field
 * that is none, the lists right below it, as in a connection; a list of which nobody says it counts as ten. What `@skip` and
 * `@include` leave out counts in full.
 */
export function compileCost(schema: GraphQLSchema, { definition, fragments }: Operation): Cost {
  const root = schema.getRootType(definition.operation);
  if (!root) return () => 0;
  const measured = new Map<string, Measured>();

  function ofSelections(set: SelectionSetNode, parent: GraphQLCompositeType): Measured {
    return sum(
      set.selections.map((selection) => {
        switch (selection.kind) {
          case Kind.FIELD:
            return ofField(selection, parent);
          case Kind.INLINE_FRAGMENT: {
            const type = selection.typeCondition && typeFromAST(schema, selection.typeCondition);
            return ofSelections(selection.selectionSet, isCompositeType(type) ? type : parent);
          }
          case Kind.FRAGMENT_SPREAD:
            return ofFragment(selection.name.value);
          default:
            return selection satisfies never;
        }
      }),
    );
  }

  /** Each fragment is measured once, however often it is spread. */
  function ofFragment(name: string): Measured {
    const known = measured.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    const type = fragment && typeFromAST(schema, fragment.typeCondition);
    const cost = fragment && isCompositeType(type) ? ofSelections(fragment.selectionSet, type) : nothing;
    measured.set(name, cost);
    return cost;
  }

  function ofField(node: FieldNode, parent: GraphQLCompositeType): Measured {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    // What the schema says of itself has a limit of its own.
    if (field === undefined) return one;
    const type = getNamedType(field.type);
    const below = node.selectionSet && isCompositeType(type) ? ofSelections(node.selectionSet, type) : nothing;
    const length = lengthAsked(node, field);
    if (isListType(getNullableType(field.type))) {
      const each = (variables: JsonObject) => 1 + below(variables, usualLength);
      return (variables, length_) => (length?.(variables) ?? length_) * each(variables);
    }
    return (variables) => 1 + below(variables, length?.(variables) ?? usualLength);
  }

  const whole = ofSelections(definition.selectionSet, root);
  return (variables) => whole(variables, usualLength);
}

/** @param length of the lists right here, of which nothing else says it. */
type Measured = (variables: JsonObject, length: number) => number;

const nothing: Measured = () => 0;
const one: Measured = () => 1;

function sum(all: readonly Measured[]): Measured {
  return (variables, length) => all.reduce((total, cost) => total + cost(variables, length), 0);
}

/** How long a list is asked to be; undefined where a field has no such argument, and so may its value be. */
function lengthAsked(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
): ((variables: JsonObject) => number | undefined) | undefined {
  const argument = field.args.find(({ name }) => slicing.includes(name) && given(node, name) !== undefined);
  const usual = field.args.find(({ name, defaultValue }) => slicing.includes(name) && typeof defaultValue === "number");
  if (argument === undefined && usual === undefined) return undefined;
  const value = argument && given(node, argument.name);
  return (variables) => lengthOf(value, variables) ?? lengthOf(usual?.defaultValue, variables);
}

function given(node: FieldNode, name: string): ValueNode | undefined {
  return node.arguments?.find((argument) => argument.name.value === name)?.value;
}

function lengthOf(value: unknown, variables: JsonObject): number | undefined {
  const length = isValueNode(value) ? readLength(value, variables) : value;
  return typeof length === "number" ? Math.max(0, length) : undefined;
}

function isValueNode(value: unknown): value is ValueNode {
  return typeof value === "object" && value !== null && "kind" in value;
}

function readLength(value: ValueNode, variables: JsonObject): unknown {
  if (value.kind === Kind.VARIABLE) return own(variables, value.name.value);
  return value.kind === Kind.INT ? Number(value.value) : undefined;
}
