import {
  buildASTSchema,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  Kind,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";
import type { BenchSubgraph, Resolver } from "./subgraph.ts";

type Variables = Readonly<Record<string, unknown>>;

/** Writes a value as JSON text. */
type Print = (value: unknown, variables: Variables) => string;

/**
 * Answers operations as JSON text, and does as little as it can: a document is compiled once, an object is printed
 * once for each selection. What is measured is the gateway, so its subgraphs should cost next to nothing.
 */
export class Answerer {
  readonly #subgraph: BenchSubgraph;
  readonly #schema: GraphQLSchema;
  readonly #compiled = new Map<string, Print>();

  constructor(subgraph: BenchSubgraph) {
    this.#subgraph = subgraph;
    this.#schema = buildASTSchema(parse(withEntities(subgraph)), { assumeValidSDL: true });
  }

  answer(query: string, variables: Variables): string {
    let print = this.#compiled.get(query);
    if (print === undefined) {
      print = this.#compile(query);
      this.#compiled.set(query, print);
    }
    return `{"data":${print({}, variables)}}`;
  }

  #compile(query: string): Print {
    const document = parse(query);
    const operation = getOperationAST(document);
    const root = this.#schema.getQueryType();
    if (!operation || !root) throw new Error("No operation");
    const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
    return this.#object(root, operation.selectionSet, new Map(fragments.map((node) => [node.name.value, node])));
  }

  #object(type: GraphQLObjectType, selectionSet: SelectionSetNode, fragments: Fragments): Print {
    const fields = [...fieldsOf(type.name, selectionSet, fragments)].map(([key, nodes]) =>
      this.#field(type, key, nodes, fragments),
    );
    const print: Print = (value, variables) => `{${fields.map((field) => field(value, variables)).join(",")}}`;
    return type.name === "Query" ? print : onceForEach(print);
  }

  #field(type: GraphQLObjectType, key: string, nodes: readonly FieldNode[], fragments: Fragments): Print {
    const name = nodes[0]?.name.value ?? "";
    const head = `${JSON.stringify(key)}:`;
    if (name === "__typename") return () => `${head}${JSON.stringify(type.name)}`;
    const field = type.getFields()[name];
    if (field === undefined) throw new Error(`${type.name} has no field ${name}`);
    const selections = nodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
    const print = this.#value(field.type, { kind: Kind.SELECTION_SET, selections }, fragments);
    const resolve = this.#resolverOf(type.name, name);
    const given = nodes[0]?.arguments ?? [];
    return (value, variables) => {
      const args = Object.fromEntries(
        given.map((node) => [node.name.value, valueFromASTUntyped(node.value, variables)]),
      );
      return head + print(resolve(value as never, args), variables);
    };
  }

  #resolverOf(type: string, field: string): Resolver {
    const { entities, resolvers, typeDefs } = this.#subgraph;
    if (type === "_Service") return () => typeDefs;
    if (type === "Query" && field === "_service") return () => ({});
    if (type === "Query" && field === "_entities") {
      return (_, { representations }) =>
        (representations as { __typename: string }[]).map((representation) => ({
          typename: representation.__typename,
          entity: entities[representation.__typename]?.(representation),
        }));
    }
    return resolvers[type]?.[field] ?? ((parent: Record<string, unknown>) => parent[field]);
  }

  #value(type: GraphQLOutputType, selectionSet: SelectionSetNode, fragments: Fragments): Print {
    if (type instanceof GraphQLNonNull) return this.#value(type.ofType, selectionSet, fragments);
    if (type instanceof GraphQLList) {
      const print = this.#value(type.ofType, selectionSet, fragments);
      return orNull((items, variables) => `[${(items as unknown[]).map((item) => print(item, variables)).join(",")}]`);
    }
    const named = getNamedType(type);
    if (named instanceof GraphQLObjectType) return orNull(this.#object(named, selectionSet, fragments));
    if (named.name !== "_Entity") return (value) => JSON.stringify(value ?? null);
    const prints = new Map(
      Object.keys(this.#subgraph.entities).map((name) => {
        const entityType = this.#schema.getType(name) as GraphQLObjectType;
        return [name, orNull(this.#object(entityType, selectionSet, fragments))];
      }),
    );
    return (value, variables) => {
      const { typename, entity } = value as { typename: string; entity: unknown };
      return prints.get(typename)?.(entity, variables) ?? "null";
    };
  }
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The fields asked of an object of a type, by their keys. There are no abstract types but `_Entity`. */
function fieldsOf(type: string, selectionSet: SelectionSetNode, fragments: Fragments): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        fields.set(key, [...(fields.get(key) ?? []), selection]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const condition = fragment?.typeCondition?.name.value ?? type;
      if (fragment && (condition === type || condition === "_Entity")) collect(fragment.selectionSet);
    }
  };
  collect(selectionSet);
  return fields;
}

/** Prints each object once. No field below the root takes an argument, so its text depends on nothing else. */
function onceForEach(print: Print): Print {
  const printed = new WeakMap<object, string>();
  return (value, variables) => {
    const known = printed.get(value as object);
    if (known !== undefined) return known;
    const text = print(value, variables);
    printed.set(value as object, text);
    return text;
  };
}

function orNull(print: Print): Print {
  return (value, variables) => (value === null || value === undefined ? "null" : print(value, variables));
}

/** The schema with what the federation specification adds to every subgraph. */
function withEntities({ typeDefs, entities }: BenchSubgraph): string {
  const query = typeDefs.includes("type Query") ? "extend type Query" : "type Query";
  return `${typeDefs.replaceAll("extend type", "type")}
    scalar _Any
    union _Entity = ${Object.keys(entities).join(" | ") || "_Service"}
    type _Service { sdl: String }
    ${query} {
      _service: _Service!
      _entities(representations: [_Any!]!): [_Entity]!
    }`;
}
