import { startGateway } from "../../gateway/part.ts";
import { answerParent } from "./worker.ts";

/* Our gateway, as the bench of subscriptions runs it: without sign-in. */

answerParent({
  async start({ supergraph }: { readonly supergraph: string }) {
    const gateway = await startGateway({
      listen: { host: "127.0.0.1", port: 0 },
      supergraph,
      subgraphUrls: new Map(),
      allowedOrigins: [],
      deadline: 10_000,
      logLevel: "error",
    });
    return { url: `${gateway.url}/graphql` };
  },
  async memory() {
    const standing = process.memoryUsage.rss();
    // The last resort moves what lives together, as V8 does by itself once a process is idle.
    for (let round = 0; round < 4; round += 1) {
      globalThis.gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { rss, heapUsed } = process.memoryUsage();
    return { standing, rss, heapUsed };
  },
});
