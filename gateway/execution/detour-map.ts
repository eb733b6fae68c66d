import type { RequiresSelection } from "@graphql-hive/router-query-planner";
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
} from "graphql";
import { isSet, textArgument, uses } from "../contracts/directives.ts";
import { InterfaceObjects } from "./interface-objects.ts";
import { typenameField } from "./operation.ts";
import { PossibleTypes } from "./possible-types.ts";

/** How a field of an entity is fetched by a call of its own. */
export interface Detour {
  readonly type: string;
  readonly field: string;
  /** The root field, for the planner only, which stands for this field at its subgraph. */
  readonly entry: string;
  /** Whether it is worked out from other fields; else it is one that the planner may not find below an interface. */
  readonly isRequiring: boolean;
  /** What is asked of the entity in its place. */
  readonly needs: readonly FieldNode[];
  /** The same as a representation takes it from the data. */
  readonly requires: readonly RequiresSelection[];
}

/** The fields of a supergraph that can be fetched by a call of their own. */
export class DetourMap {
  /** The supergraph in which each of them is a root field as well. */
  readonly supergraph: DocumentNode;
  /** The interfaces that some subgraph knows as objects only. */
  readonly interfaceObjects: ReadonlySet<string>;
  readonly #detours = new Map<string, Detour>();
  readonly #entries: FieldDefinitionNode[] = [];

  constructor(supergraph: DocumentNode) {
    this.interfaceObjects = new InterfaceObjects(supergraph).names;
    const types = new PossibleTypes(supergraph);
    const interfaces = supergraph.definitions.filter(
      (type) => type.kind === Kind.INTERFACE_TYPE_DEFINITION && this.interfaceObjects.has(type.name.value),
    ) as readonly InterfaceTypeDefinitionNode[];
    for (const type of supergraph.definitions) {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      const hiding = interfaces.filter(({ name }) => types.fits(type.name.value, name.value));
      for (const field of type.fields ?? []) this.#add(type, field, hiding);
    }
    this.supergraph = withRootFields(supergraph, this.#entries);
  }

  of(type: string, field: string): Detour | undefined {
    return this.#detours.get(`${type}.${field}`);
  }

  /** @param hiding the interfaces by which alone some subgraph knows the type. */
  #add(
    type: ObjectTypeDefinitionNode,
    field: FieldDefinitionNode,
    hiding: readonly InterfaceTypeDefinitionNode[],
  ): void {
    const joins = joinsOf(type, field).filter(isAnswering);
    const requiring = joins.find((one) => textArgument(one, "requires") !== undefined);
    const way = requiring ? wayBy(requiring, type, field, []) : bestWay(joins, type, field, hiding);
    if (way === undefined) return;
    const { join, graph, key } = way;
    const entry = `_take_${type.name.value}_${field.name.value}`;
    const required = textArgument(join, "requires");
    const keyFields = fieldsOf(key);
    const requiredFields = fieldsOf(required ?? "");
    if (keyFields === undefined || requiredFields === undefined) return;
    const needs = [
      ...keyFields.map((one) => ({ asked: one, required: one })),
      ...requiredFields.map((one, index) => ({ asked: withAlias(one, `${entry}_${index}`), required: one })),
    ];
    this.#entries.push({ ...field, name: { kind: Kind.NAME, value: entry }, directives: [answeredBy(graph, join)] });
    this.#detours.set(`${type.name.value}.${field.name.value}`, {
      type: type.name.value,
      field: field.name.value,
      entry,
      isRequiring: required !== undefined,
      needs: [typenameField, ...needs.map(({ asked }) => asked)],
      requires: [
        {
          kind: "InlineFragment",
          typeCondition: type.name.value,
          selections: [
            { kind: "Field", name: "__typename" },
            ...needs.map(
              ({ asked, required: { name, selectionSet } }): RequiresSelection => ({
                kind: "Field",
                // The name under which it stands in the data, and the one under which the subgraph wants it.
                name: asked.alias?.value ?? name.value,
                alias: name.value,
                ...(selectionSet ? { selections: requirementsOf(selectionSet) } : {}),
              }),
            ),
          ],
        },
      ],
    });
  }
}

/** Where a field is: without a word of it, wherever its type is. */
function joinsOf(type: ObjectTypeDefinitionNode, field: FieldDefinitionNode): readonly ConstDirectiveNode[] {
  const own = uses(field, "join__field");
  return own.length > 0 ? own : uses(type, "join__type");
}

function isAnswering(join: ConstDirectiveNode): boolean {
  return (
    !isSet(join, "external") &&
    !isSet(join, "usedOverridden") &&
    textArgument(join, "overrideLabel") === undefined &&
    !join.arguments?.some(({ name }) => name.value === "contextArguments")
  );
}

/** By which subgraph and which key a field can be had. */
interface Way {
  readonly join: ConstDirectiveNode;
  readonly graph: string;
  readonly key: string;
  /** Whether an object has that key where nothing is known of it but an interface. */
  readonly isMet: boolean;
}

/** Of an object that is met by an interface only: best by a key that the interface has, too. */
function bestWay(
  joins: readonly ConstDirectiveNode[],
  type: ObjectTypeDefinitionNode,
  field: FieldDefinitionNode,
  hiding: readonly InterfaceTypeDefinitionNode[],
): Way | undefined {
  if (hiding.length === 0) return undefined;
  const met = new Set(hiding.flatMap((one) => keysOf(one).map(({ key }) => key)));
  // What the interface's own key is made of is known already.
  if ([...met].some((key) => namesField(key, field))) return undefined;
  const ways = joins.flatMap((join) => wayBy(join, type, field, met) ?? []);
  return ways.find(({ isMet }) => isMet) ?? ways[0];
}

/** @param met the keys that are the easiest to come by; after them, those that the most subgraphs know. */
function wayBy(
  join: ConstDirectiveNode,
  type: ObjectTypeDefinitionNode,
  field: FieldDefinitionNode,
  met: Iterable<string>,
): Way | undefined {
  const graph = textArgument(join, "graph");
  if (graph === undefined) return undefined;
  const keys = keysOf(type);
  const easy = new Set(met);
  const rank = (key: string) => (easy.has(key) ? keys.length : 0) + keys.filter((one) => one.key === key).length;
  const [best] = keys
    // A key that names the field itself cannot be had without it.
    .filter((one) => one.graph === graph && one.isResolvable && !namesField(one.key, field))
    .map(({ key }) => key)
    .sort((one, other) => rank(other) - rank(one));
  return best === undefined ? undefined : { join, graph, key: best, isMet: easy.has(best) };
}

function keysOf(type: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode) {
  return uses(type, "join__type").flatMap((join) => {
    const key = textArgument(join, "key");
    const isResolvable = !join.arguments?.some(({ name, value }) => name.value === "resolvable" && !isTrue(value));
    return key === undefined ? [] : [{ key, isResolvable, graph: textArgument(join, "graph") }];
  });
}

function namesField(key: string, { name }: FieldDefinitionNode): boolean {
  return fieldsOf(key)?.some((one) => one.name.value === name.value) ?? true;
}

function isTrue(value: { readonly kind: string; readonly value?: unknown }): boolean {
  return value.kind === Kind.BOOLEAN && value.value === true;
}

/** @returns undefined where the selection is not of fields alone. */
function fieldsOf(selection: string): readonly FieldNode[] | undefined {
  if (selection === "") return [];
  const [definition] = parse(`{ ${selection} }`, { noLocation: true }).definitions;
  const selections = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
  const fields = selections.filter((one) => one.kind === Kind.FIELD);
  return fields.length === selections.length ? fields : undefined;
}

function withAlias(field: FieldNode, alias: string): FieldNode {
  return { ...field, alias: { kind: Kind.NAME, value: alias } };
}

function requirementsOf({ selections }: SelectionSetNode): RequiresSelection[] {
  return selections.flatMap((selection): RequiresSelection[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    const below = selection.selectionSet ? requirementsOf(selection.selectionSet) : [];
    if (selection.kind === Kind.FIELD) return [{ kind: "Field", name: selection.name.value, selections: below }];
    return [{ kind: "InlineFragment", typeCondition: selection.typeCondition?.name.value ?? "", selections: below }];
  });
}

/** Says that a root field is answered by one subgraph, with what it gives along. */
function answeredBy(graph: string, join: ConstDirectiveNode): ConstDirectiveNode {
  const kept = join.arguments?.filter(({ name }) => name.value === "provides") ?? [];
  const name = { kind: Kind.NAME, value: "graph" } as const;
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: "join__field" },
    arguments: [{ kind: Kind.ARGUMENT, name, value: { kind: Kind.ENUM, value: graph } }, ...kept],
  };
}

function withRootFields(supergraph: DocumentNode, fields: readonly FieldDefinitionNode[]): DocumentNode {
  const schema = supergraph.definitions.find((one) => one.kind === Kind.SCHEMA_DEFINITION);
  const query = schema?.operationTypes.find(({ operation }) => operation === "query")?.type.name.value ?? "Query";
  const definitions = supergraph.definitions.map((type) =>
    type.kind === Kind.OBJECT_TYPE_DEFINITION && type.name.value === query
      ? { ...type, fields: [...(type.fields ?? []), ...fields] }
      : type,
  );
  return { ...supergraph, definitions };
}
