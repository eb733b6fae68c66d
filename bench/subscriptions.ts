import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../system/root.ts";
import { quantile } from "./own-system.ts";
import { Worker } from "./subscriptions/worker.ts";

/*
 * npm run bench -- subscriptions [CLIENTS…]: what an idle subscription weighs, and how soon an event that one
 * subgraph tells and another enriches is with the last client. Gateway, subgraphs and clients are processes of
 * their own. The limit of open files must be above the number of clients (ulimit -n). Hive Gateway is measured
 * beside ours where its packages have been installed (npm install in bench/gateway/subscriptions), with 2,000 clients at most.
 */

const query = "subscription { changed { kind at thing { id name description } } }";
const events = 20;
const given = process.argv.slice(2).map(Number);
const counts = given.length > 0 ? given : [2_000, 10_000];

interface Contender {
  readonly name: string;
  /** The file that runs it, relative to the bench's own processes. */
  readonly file: string;
  readonly nodeOptions: readonly string[];
  readonly mostClients: number;
}

const peers = join(root, "bench/gateway/subscriptions");
const contenders: readonly Contender[] = [
  {
    name: "ours",
    file: "gateway-process.js",
    // As its image starts it.
    nodeOptions: ["--max-semi-space-size=16"],
    mostClients: Number.POSITIVE_INFINITY,
  },
  ...(existsSync(join(peers, "node_modules"))
    ? [
        {
          name: "Hive Gateway, Rust planner",
          file: join(peers, "hive-process.mjs"),
          nodeOptions: [],
          mostClients: 2_000,
        },
      ]
    : []),
];

interface Memory {
  /** As it stood when it was asked, in bytes. */
  readonly standing: number;
  /** After a collection, in bytes. */
  readonly rss: number;
  readonly heapUsed: number;
}

interface Measured {
  /** KB for each client: resident as it stands, resident after a collection, on the heap, resident after events. */
  readonly standing: number;
  readonly resident: number;
  readonly heap: number;
  readonly residentLater: number;
  /** Milliseconds from the event to the last client. */
  readonly median: number;
  readonly longest: number;
  readonly upstream: number;
}

for (const count of counts) {
  const rows: [string, Measured][] = [];
  for (const contender of contenders) {
    if (count <= contender.mostClients) rows.push([contender.name, await measure(contender, count)]);
  }
  const ours = rows[0]?.[1];
  for (const [name, row] of rows) {
    const ratio = (of: "resident" | "median") => (ours === undefined ? "" : `${(row[of] / ours[of]).toFixed(1)} ×`);
    console.log(
      [
        `${name}, ${count} clients: resident each ${row.resident.toFixed(1)} KB (${ratio("resident")})`,
        `before a collection ${row.standing.toFixed(1)} KB, heap ${row.heap.toFixed(1)} KB, after ${events} events ${row.residentLater.toFixed(1)} KB`,
        `event to the last client p50 ${row.median.toFixed(1)} ms (${ratio("median")}), max ${row.longest.toFixed(1)} ms`,
        `${row.upstream} upstream`,
      ].join("; "),
    );
  }
}

async function measure({ file: program, nodeOptions }: Contender, count: number): Promise<Measured> {
  await using feed = new Worker("feed-process.js");
  await using gateway = new Worker(program, ["--expose-gc", ...nodeOptions]);
  await using clients = new Worker("clients-process.js");
  const folder = await mkdtemp(join(tmpdir(), "subscriptions-"));
  const file = join(folder, "supergraph.graphql");
  await writeFile(file, (await feed.ask<{ supergraph: string }>({ ask: "serve" })).supergraph);
  const { url } = await gateway.ask<{ url: string }>({ ask: "start", supergraph: file });

  /** An event to all: milliseconds from where it happens to where the last client has it. */
  const tellAll = async (within = 30_000): Promise<number> => {
    await clients.ask({ ask: "expect" });
    const last = clients.ask<{ at: number; missing: number }>({ ask: "received", within });
    const { at } = await feed.ask<{ at: number }>({ ask: "change" });
    const { at: lastAt, missing } = await last;
    return missing === 0 ? lastAt - at : Number.NaN;
  };
  /** The protocol does not say when a subscription has begun: the first event that all get does. */
  const begun = async () => {
    while (Number.isNaN(await tellAll(2_000)));
  };
  const memory = () => gateway.ask<Memory>({ ask: "memory" });

  // What is loaded and compiled for the first clients is no later client's weight.
  await clients.ask({ ask: "open", url, query, count: 100 });
  for (let round = 0; round < 5; round += 1) await begun();
  const before = await memory();
  await clients.ask({ ask: "open", url, query, count: count - 100 });
  const idle = await memory();
  await begun();
  const times: number[] = [];
  for (let round = 0; round < events; round += 1) times.push(await tellAll());
  const after = await memory();
  const { listeners } = await feed.ask<{ listeners: number }>({ ask: "state" });
  await rm(folder, { recursive: true });
  const each = (bytes: number) => bytes / (count - 100) / 1024;
  return {
    standing: each(idle.standing - before.rss),
    resident: each(idle.rss - before.rss),
    heap: each(idle.heapUsed - before.heapUsed),
    residentLater: each(after.rss - before.rss),
    median: quantile(times, 0.5),
    longest: quantile(times, 1),
    upstream: listeners,
  };
}
