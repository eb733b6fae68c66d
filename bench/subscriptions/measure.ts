import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "./worker.ts";

const query = "subscription { changed { kind at thing { id name description } } }";

/** How many clients there are before memory is looked at: what is loaded for the first is no later client's weight. */
const firstClients = 100;

/** A gateway that is measured. */
export interface Contender {
  readonly name: string;
  /** The file that runs it, relative to the bench's own processes. */
  readonly file: string;
  readonly nodeOptions: readonly string[];
  /** How its clients subscribe. */
  readonly transport: "websocket" | "sse";
  readonly mostClients: number;
}

interface Memory {
  /** As it stood when it was asked, in bytes. */
  readonly standing: number;
  /** After a collection, in bytes. */
  readonly rss: number;
  readonly heapUsed: number;
}

export interface Measured {
  /** Bytes for each client: resident after a collection, resident as it stands, on the heap, resident after all events. */
  readonly resident: number;
  readonly standing: number;
  readonly heap: number;
  readonly residentLater: number;
  /** From where an event happens to each client, all events together; milliseconds. */
  readonly deliveries: readonly number[];
  /** From where an event happens to the last of its clients, one for each event; milliseconds. */
  readonly fanOuts: readonly number[];
  /** Subscriptions at the subgraph. */
  readonly upstream: number;
}

/** @param events how many are told to all clients. */
export async function measure(contender: Contender, count: number, events: number): Promise<Measured> {
  await using feed = new Worker("feed-process.js");
  await using gateway = new Worker(contender.file, ["--expose-gc", ...contender.nodeOptions]);
  await using clients = new Worker("clients-process.js");
  const url = await start(gateway, feed);
  const { transport } = contender;
  const open = (number: number) => clients.ask({ ask: "open", url, query, transport, count: number });
  const memory = () => gateway.ask<Memory>({ ask: "memory" });

  await open(firstClients);
  for (let round = 0; round < 5; round += 1) await begun(clients, feed);
  const before = await memory();
  await open(count - firstClients);
  const idle = await memory();
  await begun(clients, feed);
  const deliveries: number[] = [];
  const fanOuts: number[] = [];
  for (let event = 0; event < events; event += 1) {
    const times = await tellAll(clients, feed, 30_000);
    if (times === undefined) throw new Error(`${contender.name} did not tell all clients within half a minute`);
    for (const time of times) deliveries.push(time);
    fanOuts.push(times.at(-1) ?? Number.NaN);
  }
  const after = await memory();
  const { listeners } = await feed.ask<{ listeners: number }>({ ask: "state" });
  const each = (bytes: number) => bytes / (count - firstClients);
  return {
    resident: each(idle.rss - before.rss),
    standing: each(idle.standing - before.rss),
    heap: each(idle.heapUsed - before.heapUsed),
    residentLater: each(after.rss - before.rss),
    deliveries,
    fanOuts,
    upstream: listeners,
  };
}

/** @returns where the gateway is asked. */
async function start(gateway: Worker, feed: Worker): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "subscriptions-"));
  const file = join(folder, "supergraph.graphql");
  try {
    await writeFile(file, (await feed.ask<{ supergraph: string }>({ ask: "serve" })).supergraph);
    return (await gateway.ask<{ url: string }>({ ask: "start", supergraph: file })).url;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The protocol does not say when a subscription has begun: the first event that all get does. */
async function begun(clients: Worker, feed: Worker): Promise<void> {
  while ((await tellAll(clients, feed, 2_000)) === undefined);
}

/**
 * One event to all.
 * @returns the milliseconds from where it happens to each client, in their order; undefined where not all were told in time.
 */
async function tellAll(clients: Worker, feed: Worker, within: number): Promise<readonly number[] | undefined> {
  await clients.ask({ ask: "expect" });
  const received = clients.ask<{ times: readonly number[]; missing: number }>({ ask: "received", within });
  const { at } = await feed.ask<{ at: number }>({ ask: "change" });
  const { times, missing } = await received;
  return missing === 0 ? times.map((time) => time - at) : undefined;
}
