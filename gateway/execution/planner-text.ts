import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import { type Conditions, isIncluded } from "./conditions.ts";
import { asGiven } from "./given-variables.ts";
import { type Operation, typenameField } from "./operation.ts";
import type { SourceKeys } from "./source-keys.ts";

/** Objects that a selection can be about, in the order of the schema. */
type Objects = readonly GraphQLObjectType[];

/** What is asked of objects of one type, by the keys in the data. */
interface Asked {
  readonly type: GraphQLCompositeType;
  readonly fields: Map<string, Set<FieldNode>>;
}

/**
 * Writes an operation for the planner as plainly as it can be, for much of what is allowed confuses it: with the
 * outcome of conditions worked in, each field of an object asked once, and of fragments only one level, of those
 * that some object fits. So what was a few lines cannot unfold to thousands either.
 */
export class PlannerText {
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
    const selectionSet = root ? this.#set([operation.selectionSet], root) : operation.selectionSet;
    const variableDefinitions = operation.variableDefinitions?.map((one) => visit(one, { Variable: asGiven }));
    return print({ ...operation, variableDefinitions: variableDefinitions ?? [], selectionSet });
  }

  #set(sets: readonly SelectionSetNode[], type: GraphQLCompositeType): SelectionSetNode {
    const selections: SelectionNode[] = [];
    for (const asked of this.#collect(sets, type)) {
      const fields = [...asked.fields].map(([key, nodes]) => this.#field(key, [...nodes], asked.type));
      if (asked.type === type) selections.push(...fields);
      else selections.push(fragmentOn(asked.type, fields));
    }
    // The planner fails on an object of which nothing is asked.
    return { kind: Kind.SELECTION_SET, selections: selections.length > 0 ? selections : [typenameField] };
  }

  /** What is asked of objects that are met as `type`, by the types on which it has to be asked. */
  #collect(sets: readonly SelectionSetNode[], type: GraphQLCompositeType): Iterable<Asked> {
    const all = this.#objects(type);
    const asked = new Map<string, Asked>([[type.name, { type, fields: new Map() }]]);
    const seen = new Set<string>();
    let isNarrowed = false;
    const collect = (set: SelectionSetNode, on: GraphQLCompositeType, objects: Objects): void => {
      for (const selection of set.selections) {
        if (!isIncluded(selection, this.#conditions)) continue;
        if (selection.kind === Kind.FIELD) {
          for (const each of this.#typesFor(on, objects, type, all))
            add(asked, each, this.#keys.of(selection), selection);
          continue;
        }
        const isNamed = selection.kind === Kind.FRAGMENT_SPREAD;
        const fragment = isNamed ? this.#fragments.get(selection.name.value) : selection;
        const condition = this.#schema.getType(fragment?.typeCondition?.name.value ?? on.name);
        if (fragment === undefined || !isCompositeType(condition)) continue;
        isNarrowed ||= condition !== type;
        const fitting = this.#objects(condition).filter((one) => objects.includes(one));
        if (fitting.length === 0) continue;
        if (isNamed) {
          // The same again adds nothing, and might be there a thousand times.
          const use = `${selection.name.value} ${fitting.join(" ")}`;
          if (seen.has(use)) continue;
          seen.add(use);
        }
        collect(fragment.selectionSet, condition, fitting);
      }
    };
    for (const set of sets) collect(set, type, all);
    // What an object shows hangs on its type, even where nothing is left of the fragments that ask for it.
    if (isNarrowed && asked.size === 1 && isAbstractType(type)) add(asked, type, "__typename", typenameField);
    return asked.values();
  }

  /** The types on which a field of `on` is asked where only some objects are meant: as few as can be. */
  #typesFor(
    on: GraphQLCompositeType,
    objects: Objects,
    type: GraphQLCompositeType,
    all: Objects,
  ): readonly GraphQLCompositeType[] {
    const hasField = on === type || (isAbstractType(on) && !isUnionType(type) && this.#schema.isSubType(on, type));
    if (hasField && objects.length === all.length) return [type];
    const met = this.#objects(on).filter((one) => all.includes(one));
    return objects.length === met.length ? [on] : objects;
  }

  #field(key: string, nodes: readonly FieldNode[], parent: GraphQLCompositeType): FieldNode {
    const name = nodes[0]?.name.value ?? "";
    const type = "getFields" in parent ? getNamedType(parent.getFields()[name]?.type) : undefined;
    const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return {
      kind: Kind.FIELD,
      name: { kind: Kind.NAME, value: name },
      ...(key === name ? {} : { alias: { kind: Kind.NAME, value: key } }),
      arguments: nodes[0]?.arguments?.map((argument) => visit(argument, { Variable: asGiven })) ?? [],
      ...(isCompositeType(type) ? { selectionSet: this.#set(below, type) } : {}),
    };
  }

  #objects(type: GraphQLCompositeType): Objects {
    return isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type];
  }
}

function add(asked: Map<string, Asked>, type: GraphQLCompositeType, key: string, field: FieldNode): void {
  const { fields } = asked.get(type.name) ?? { fields: new Map<string, Set<FieldNode>>() };
  asked.set(type.name, { type, fields: fields.set(key, (fields.get(key) ?? new Set()).add(field)) });
}

function fragmentOn(type: GraphQLCompositeType, selections: readonly SelectionNode[]): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}
