import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ApolloServer } from "@apollo/server";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";
import { type GatewayConfig, startGateway } from "../../gateway/part.ts";
import { openHttpDoor } from "../../plumbing/http.ts";
import { openLog } from "../../plumbing/log.ts";

/* A subgraph behind the house's own door, and two gateways before it: one over HTTP, one within the process. */

const [scratch = "", overPort, withinPort] = process.argv.slice(2);
const log = openLog("bench", "error");
const typeDefs = parse("type Query { username(id: Int!): String }");

const server = new ApolloServer({
  schema: buildSubgraphSchema([
    { typeDefs, resolvers: { Query: { username: (_: unknown, { id }: { id: number }) => `user_${id}` } } },
  ]),
  stopOnTerminationSignals: false,
});
await server.start();
const subgraph = await openHttpDoor(
  { host: "127.0.0.1", port: 0 },
  { log, ready: async () => true, admit: async () => ({ server, context: {} }) },
);

const supergraph = join(scratch, "supergraph.graphql");
const { supergraphSdl = "" } = composeServices([{ name: "accounts", typeDefs, url: `${subgraph.url}/graphql` }]);
await writeFile(supergraph, supergraphSdl);
const config: Omit<GatewayConfig, "listen"> = {
  supergraph,
  subgraphUrls: new Map(),
  allowedOrigins: [],
  deadline: 10_000,
  logLevel: "error",
};
await startGateway({ ...config, listen: { host: "127.0.0.1", port: Number(overPort) } });
const inProcess = new Map([["accounts", subgraph.post]]);
await startGateway({ ...config, listen: { host: "127.0.0.1", port: Number(withinPort) } }, { inProcess });
