import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import http from "@graphql-mesh/transport-http";
import { host, isUnshared, port, supergraphSdl } from "./arguments.mjs";

/** @param {object} options what tells one Hive Gateway from the other. */
export function serveHive(options) {
  const gateway = createGatewayRuntime({
    supergraph: supergraphSdl,
    logging: false,
    transports: { http },
    ...(isUnshared ? { transportEntries: { "*.http": { options: { deduplicateInflightRequests: false } } } } : {}),
    ...options,
  });
  createServer(gateway).listen(port, host);
}
