import { buildSubgraphSchema } from "@apollo/subgraph";
import { composeServices } from "@theguild/federation-composition";
import { type DocumentNode, GraphQLError, type GraphQLSchema, graphql, parse } from "graphql";
import type { Caller, Subgraphs } from "../../gateway/upstream/port.ts";

/** A little world of three subgraphs, for tests of the gateway. */

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@tag", "@inaccessible", "@interfaceObject", "@override"
])`;

export interface SubgraphSource {
  readonly name: string;
  readonly typeDefs: string;
  readonly resolvers: object;
}

export interface Subgraph extends SubgraphSource {
  readonly document: DocumentNode;
  readonly schema: GraphQLSchema;
}

export function makeSubgraph(source: SubgraphSource): Subgraph {
  const document = parse(`${federation}\n${source.typeDefs}`);
  return {
    ...source,
    document,
    schema: buildSubgraphSchema([{ typeDefs: document, resolvers: source.resolvers as never }]),
  };
}

export function compose(subgraphs: readonly Subgraph[], urls: ReadonlyMap<string, string> = new Map()): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, document }) => ({ name, typeDefs: document, url: urls.get(name) ?? `http://${name}` })),
  );
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join("\n"));
  return supergraphSdl;
}

export const caller: Caller = { id: "caller", party: "everyone", rights: { sub: "someone" }, until: 4_000_000_000 };

/** A call that a subgraph got, for tests that look at what was asked. */
export interface Call {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** Reaches the subgraphs in the same process, and notes what they were asked. */
export function inProcess(subgraphs: readonly Subgraph[]): Subgraphs & { readonly calls: Call[] } {
  const calls: Call[] = [];
  return {
    calls,
    async call(name, body) {
      const { query, variables } = JSON.parse(body) as Omit<Call, "subgraph">;
      calls.push({ subgraph: name, query, variables });
      const subgraph = subgraphs.find((one) => one.name === name);
      if (subgraph === undefined) throw new Error("No such subgraph");
      const answer = await graphql({ schema: subgraph.schema, source: query, variableValues: variables });
      return JSON.parse(JSON.stringify(answer));
    },
    subscribe() {
      throw new Error("No subscriptions in process");
    },
  };
}

export function refusal(code: string): GraphQLError {
  return new GraphQLError("This text must not reach a client", { extensions: { code } });
}
