import { EventEmitter, on } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { composeServices } from "@theguild/federation-composition";
import { type GraphQLSchema, graphql, parse } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { answerParent, sharedNow } from "./worker.ts";

/* Two subgraphs for the bench of subscriptions: one tells of changes, the other knows more of what has changed. */

const changes = new EventEmitter();
let position = 0;

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;

const feed: Source = {
  typeDefs: `${federation}
    type Query { ping: String }
    type Subscription { changed(after: String): Change }
    type Change { cursor: String! kind: String! at: String! thing: Thing! }
    type Thing @key(fields: "id") { id: ID! }
  `,
  resolvers: {
    Subscription: {
      changed: {
        async *subscribe() {
          for await (const [cursor] of on(changes, "change")) {
            yield { changed: { cursor, kind: "CHANGED", at: "2026-11-22T00:00:00.000Z", thing: { id: cursor } } };
          }
        },
      },
    },
  },
};

const names: Source = {
  typeDefs: `${federation}
    type Thing @key(fields: "id") { id: ID! name: String! description: String! }`,
  resolvers: {
    Thing: { name: ({ id }: { id: string }) => `thing ${id}`, description: () => "what it is ".repeat(20) },
  },
};

let calls = 0;

interface Source {
  readonly typeDefs: string;
  readonly resolvers: object;
}

async function serve({ typeDefs, resolvers }: Source): Promise<string> {
  const schema: GraphQLSchema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolvers as never }]);
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string; variables: object };
    calls += 1;
    const answer = await graphql({ schema, source: query, variableValues: { ...variables } });
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  useServer({ schema }, new WebSocketServer({ server, path: "/graphql" }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

answerParent({
  async serve() {
    const { supergraphSdl } = composeServices([
      { name: "feed", typeDefs: parse(feed.typeDefs), url: await serve(feed) },
      { name: "names", typeDefs: parse(names.typeDefs), url: await serve(names) },
    ]);
    return { supergraph: supergraphSdl };
  },
  change() {
    position += 1;
    const at = sharedNow();
    changes.emit("change", String(position));
    return { at };
  },
  state: () => ({ listeners: changes.listenerCount("change"), calls }),
});
changes.setMaxListeners(0);
