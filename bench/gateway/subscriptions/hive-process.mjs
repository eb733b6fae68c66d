import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createGatewayRuntime, getGraphQLWSOptions } from "@graphql-hive/gateway-runtime";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import http from "@graphql-mesh/transport-http";
import ws from "@graphql-mesh/transport-ws";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";

/* Hive Gateway with its Rust planner, as the bench of subscriptions runs it: WebSocket to clients and subgraphs. */

const answers = {
  async start({ supergraph }) {
    const gateway = createGatewayRuntime({
      supergraph: readFileSync(supergraph, "utf8"),
      logging: false,
      transports: { http, ws },
      transportEntries: { "*.http": { options: { subscriptions: { kind: "ws", location: "/graphql" } } } },
      unifiedGraphHandler,
    });
    const server = createServer(gateway);
    useServer(
      getGraphQLWSOptions(gateway, ({ extra }) => ({ req: extra.request, socket: extra.socket })),
      new WebSocketServer({ server, path: "/graphql", perMessageDeflate: false }),
    );
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${server.address().port}/graphql`;
    // It reads the supergraph at its first request over HTTP, and answers none over WebSocket before.
    const body = JSON.stringify({ query: "{ __typename }" });
    await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
    return { url };
  },
  async memory() {
    const standing = process.memoryUsage.rss();
    for (let round = 0; round < 4; round += 1) {
      globalThis.gc({ type: "major", execution: "sync", flavor: "last-resort" });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { rss, heapUsed } = process.memoryUsage();
    return { standing, rss, heapUsed };
  },
};

process.on("disconnect", () => process.exit());
process.on("message", async (question) => {
  process.send((await answers[question.ask](question)) ?? {});
});
