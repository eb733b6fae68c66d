import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type OperationDefinitionNode,
  parse,
  print,
  type TypeNode,
  type ValueNode,
} from "graphql";
import { isSet, textArgument, uses } from "../contracts/directives.ts";
import { clientsName } from "../execution/given-variables.ts";
import { isJsonObject, type JsonObject, own } from "../execution/json.ts";
import { countUses } from "../execution/variables.ts";
import type { Cursor } from "./live-operation.ts";

/** The names by which subgraphs let a stream be resumed. */
export interface CursorNames {
  /** The argument of a subscription field that takes the cursor to begin after. */
  readonly argument: string;
  /** The field of an event that is its cursor. */
  readonly field: string;
  /** The field of a subgraph's Query that tells the cursor of what has happened last, as far as the caller may know. */
  readonly last: string;
}

export const usualNames: CursorNames = { argument: "after", field: "cursor", last: "_lastCursor" };

/** A subgraph's subscription in a form in which it tells its cursors and takes one up. */
export interface Resumption {
  readonly query: string;
  /** The variable that takes the cursor. */
  readonly variable: string;
  /** The client's variable that says where to begin, if it is one. */
  readonly startVariable: string | undefined;
  /** The same as it is sent, where nothing else in the operation names it, so that it need not be. */
  readonly unusedVariable: string | undefined;
  /** Where the client wants to begin. */
  start(variables: JsonObject): Cursor | undefined;
  cursorOf(event: unknown): Cursor | undefined;
  /** A query for the cursor of what has happened last, as JSON text; undefined where the subgraph does not tell it. */
  readonly lastQuery: string | undefined;
  lastOf(answer: unknown): Cursor | undefined;
}

/** A key and a variable of ours; none of the plan's or the client's begins so. */
const cursorKey = "_resume_cursor";
const cursorVariable = "_resume_after";

/** Knows which subscriptions of a supergraph can be resumed. */
export class Resumptions {
  readonly #names: CursorNames;
  readonly #objects = new Map<string, ObjectTypeDefinitionNode>();
  readonly #graphs = new Map<string, string>();
  readonly #roots = { query: "Query", subscription: "Subscription" };
  readonly #compiled = new WeakMap<object, Resumption | "none">();

  constructor(supergraph: DocumentNode, names: CursorNames) {
    this.#names = names;
    for (const definition of supergraph.definitions) {
      if (definition.kind === "ObjectTypeDefinition") this.#objects.set(definition.name.value, definition);
      if (definition.kind === "SchemaDefinition") {
        for (const { operation, type } of definition.operationTypes) {
          if (operation !== "mutation") this.#roots[operation] = type.name.value;
        }
      }
      if (definition.kind !== "EnumTypeDefinition" || definition.name.value !== "join__Graph") continue;
      for (const value of definition.values ?? []) {
        const [graph] = uses(value, "join__graph");
        const name = graph && textArgument(graph, "name");
        if (name !== undefined) this.#graphs.set(name, value.name.value);
      }
    }
  }

  /** @returns undefined where the subscription cannot be resumed. */
  of(node: { readonly serviceName: string; readonly operation: string }): Resumption | undefined {
    const known = this.#compiled.get(node) ?? this.#compile(node.serviceName, node.operation) ?? "none";
    this.#compiled.set(node, known);
    return known === "none" ? undefined : known;
  }

  #compile(subgraph: string, operation: string): Resumption | undefined {
    const document = parse(operation, { noLocation: true });
    const definition = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
    const field = definition?.selectionSet.selections[0];
    if (definition === undefined || field?.kind !== Kind.FIELD) return undefined;
    const argumentType = this.#argumentType(subgraph, field.name.value);
    const given = field.arguments?.find(({ name }) => name.value === this.#names.argument);
    if (argumentType === undefined || !isReadable(given?.value)) return undefined;
    const key = field.alias?.value ?? field.name.value;
    const resumable = this.#resumableField(field);
    const start = given?.value.kind === Kind.VARIABLE ? given.value.name.value : undefined;
    const unusedVariable = start !== undefined && countUses(resumable, start) > 0 ? undefined : start;
    const query = print({
      ...document,
      definitions: document.definitions.map((one) =>
        one === definition ? resumableOperation(definition, resumable, argumentType, unusedVariable) : one,
      ),
    });
    return {
      query,
      variable: cursorVariable,
      startVariable: start && clientsName(start),
      unusedVariable,
      start: (variables) => readValue(given?.value, variables),
      cursorOf: (event) => cursorAt(event, ["data", key, cursorKey]),
      lastQuery: this.#lastQuery(subgraph),
      lastOf: (answer) => cursorAt(answer, ["data", this.#names.last]),
    };
  }

  #lastQuery(subgraph: string): string | undefined {
    const field = this.#fieldOf(this.#roots.query, this.#names.last, subgraph);
    return field && JSON.stringify({ query: `{ ${field.name.value} }`, variables: {} });
  }

  /** The type of the argument that takes a cursor, where the field has one and its events have theirs. */
  #argumentType(subgraph: string, fieldName: string): TypeNode | undefined {
    const field = this.#fieldOf(this.#roots.subscription, fieldName, subgraph);
    const argument = field?.arguments?.find(({ name }) => name.value === this.#names.argument);
    if (field === undefined || argument === undefined) return undefined;
    const event = this.#fieldOf(named(field.type), this.#names.field, subgraph);
    return event === undefined ? undefined : argument.type;
  }

  #fieldOf(type: string | undefined, name: string, subgraph: string) {
    const field =
      type === undefined ? undefined : this.#objects.get(type)?.fields?.find((one) => one.name.value === name);
    if (field === undefined) return undefined;
    const joins = uses(field, "join__field").filter((join) => !isSet(join, "external"));
    const isThere =
      uses(field, "join__field").length === 0 ||
      joins.some((join) => [undefined, this.#graphs.get(subgraph)].includes(textArgument(join, "graph")));
    return isThere ? field : undefined;
  }

  /** The field with a variable for its cursor, asking for the cursor of each event. */
  #resumableField(field: FieldNode): FieldNode {
    const argument: ArgumentNode = { kind: Kind.ARGUMENT, name: nameNode(this.#names.argument), value: variableNode };
    const others = field.arguments?.filter(({ name }) => name.value !== this.#names.argument) ?? [];
    const cursor: FieldNode = { kind: Kind.FIELD, alias: nameNode(cursorKey), name: nameNode(this.#names.field) };
    const selections = [...(field.selectionSet?.selections ?? []), cursor];
    return {
      ...field,
      arguments: [...others, argument],
      selectionSet: { kind: Kind.SELECTION_SET, selections },
    };
  }
}

function resumableOperation(
  definition: OperationDefinitionNode,
  field: FieldNode,
  type: TypeNode,
  unusedVariable: string | undefined,
): OperationDefinitionNode {
  const others = definition.variableDefinitions?.filter(({ variable }) => variable.name.value !== unusedVariable) ?? [];
  return {
    ...definition,
    variableDefinitions: [...others, { kind: Kind.VARIABLE_DEFINITION, variable: variableNode, type }],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
}

const nameNode = (value: string) => ({ kind: Kind.NAME, value }) as const;
const variableNode = { kind: Kind.VARIABLE, name: nameNode(cursorVariable) } as const;

function cursorAt(answer: unknown, path: readonly string[]): Cursor | undefined {
  let value = answer;
  for (const key of path) value = isJsonObject(value) ? own(value, key) : undefined;
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

function named(type: TypeNode): string | undefined {
  // A list of events has no one cursor.
  if (type.kind === Kind.NON_NULL_TYPE) return named(type.type);
  return type.kind === Kind.NAMED_TYPE ? type.name.value : undefined;
}

function isReadable(value: ValueNode | undefined): boolean {
  if (value === undefined) return true;
  return [Kind.VARIABLE, Kind.STRING, Kind.INT, Kind.NULL].includes(value.kind);
}

function readValue(value: ValueNode | undefined, variables: JsonObject): Cursor | undefined {
  switch (value?.kind) {
    case Kind.STRING:
      return value.value;
    case Kind.INT:
      return Number(value.value);
    case Kind.VARIABLE: {
      const given = own(variables, clientsName(value.name.value));
      return typeof given === "string" || typeof given === "number" ? given : undefined;
    }
    default:
      return undefined;
  }
}
