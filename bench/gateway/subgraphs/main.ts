import { createServer, type IncomingMessage } from "node:http";
import { accounts } from "./accounts.ts";
import { Answerer } from "./answerer.ts";
import { inventory } from "./inventory.ts";
import { products } from "./products.ts";
import { reviews } from "./reviews.ts";

/* The four subgraphs in one process, on the ports given, in the order of their names: accounts inventory products reviews. */

const ports = process.argv.slice(2).map(Number);

for (const [index, subgraph] of [accounts, inventory, products, reviews].entries()) {
  const answerer = new Answerer(subgraph);
  const server = createServer((request, response) => {
    readText(request, (body) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
      const text = answerer.answer(query, variables ?? {});
      response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
      response.end(text);
    });
  });
  // Longer than any gateway keeps a connection that it does not use, so that none finds its own closed.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(ports[index], "127.0.0.1", resolve));
}
console.log("ready");

function readText(request: IncomingMessage, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => done((chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString() ?? ""));
}
