import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { getStitchedSchemaFromSupergraphSdl } from "@graphql-tools/federation";
import { host, isUnshared, port, supergraphSdl } from "./arguments.mjs";

const schema = getStitchedSchemaFromSupergraphSdl({
  supergraphSdl,
  ...(isUnshared ? { httpExecutorOpts: { deduplicateInflightRequests: false } } : {}),
});
await startStandaloneServer(new ApolloServer({ schema }), { listen: { host, port } });
