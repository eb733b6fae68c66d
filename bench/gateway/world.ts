import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../system/ports.ts";
import type { Contender, Mode, World } from "./contenders.ts";
import type { Runner } from "./measure.ts";
import { hashOf, operations } from "./operations.ts";
import { startNode } from "./processes.ts";
import { composeBenchSupergraph, subgraphs } from "./supergraph.ts";

/** @param scratch a folder for the supergraph. */
export async function startWorld(scratch: string): Promise<World & AsyncDisposable> {
  const addresses: Record<string, string> = {};
  const ports: number[] = [];
  for (const { name } of subgraphs) {
    const port = await freePort();
    ports.push(port);
    addresses[name] = `http://127.0.0.1:${port}/graphql`;
  }
  const supergraph = join(scratch, "supergraph.graphql");
  await writeFile(supergraph, composeBenchSupergraph(addresses));
  const documents = join(scratch, "documents.json");
  const texts = Object.fromEntries(operations.map((operation) => [hashOf(operation), operation.query]));
  await writeFile(documents, JSON.stringify({ everything: texts }));
  const main = fileURLToPath(new URL(`subgraphs/main${import.meta.url.slice(-3)}`, import.meta.url));
  const last = addresses[subgraphs.at(-1)?.name ?? ""] ?? "";
  const process = await startNode([main, ...ports.map(String)], () => answers(last));
  return { supergraph, documents, addresses, [Symbol.asyncDispose]: () => process[Symbol.asyncDispose]() };
}

/** Starts a gateway over the subgraphs. */
export async function startRunner(contender: Contender, world: World, mode: Mode): Promise<Runner> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/graphql`;
  const environment = contender.asking.naming === "hash" ? { TRUSTED_DOCUMENTS: world.documents } : {};
  const process = await startNode(contender.command(world, port, mode), () => answers(url), environment);
  return { contender, process, url };
}

/** Whether anything answers there, be it that the document is not registered. */
async function answers(url: string): Promise<boolean> {
  const body = JSON.stringify({ query: "{ __typename }" });
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  return response.status === 200 || response.status === 400;
}
