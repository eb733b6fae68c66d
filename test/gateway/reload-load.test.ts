import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Client, createClient } from "graphql-ws";
import { pino } from "pino";
import { WebSocket } from "ws";
import type { Gateway } from "../../gateway/part.ts";
import { makeSubgraph } from "../../prove/differential/subgraphs.ts";
import { type Feed, makeFeed } from "./feed.ts";
import { type OpenHouse, openHouse, post } from "./open-house.ts";

const rounds = 4;
const query = "{ thing { id name } ping }";
const answer = { data: { thing: { id: "1", name: "thing 1" }, ping: "pong" } };

let feed: Feed;
let house: OpenHouse;
let gateway: Gateway;
let lines: { level: number; code?: string }[];

beforeEach(async () => {
  feed = makeFeed();
  lines = [];
  house = await openHouse(feed.subgraphs);
  const log = pino({ level: "info" }, { write: (line: string) => lines.push(JSON.parse(line)) });
  gateway = await house.start({}, { log });
});
afterEach(async () => {
  await house[Symbol.asyncDispose]();
});

/** A client that subscribes and, over the same socket, asks again and again. */
class Watcher {
  readonly ids: string[] = [];
  readonly #client: Client;
  readonly #events;
  readonly #reading: Promise<void>;
  #told = Promise.withResolvers<void>();

  constructor(url: string) {
    this.#client = createClient({
      url: `${url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazy: false,
    });
    this.#events = this.#client.iterate<{ changed: { thing: { id: string } } }>({
      query: "subscription { changed { thing { id name } } }",
    });
    this.#reading = this.#read();
  }

  /** @returns whether it was answered as it should be. */
  async ask(): Promise<unknown> {
    for await (const result of this.#client.iterate({ query })) return result;
    return undefined;
  }

  async has(id: string): Promise<void> {
    while (!this.ids.includes(id)) await this.#told.promise;
  }

  /** Rejects where the subscription was ended by anybody but us. */
  async leave(): Promise<void> {
    await this.#events.return?.();
    await this.#reading;
    await this.#client.dispose();
  }

  async #read(): Promise<void> {
    for await (const { data } of this.#events) {
      this.ids.push(data?.changed.thing.id ?? "none");
      this.#told.resolve();
      this.#told = Promise.withResolvers();
    }
  }
}

/** A round's supergraph has a field that no other has. */
function round(nth: number) {
  const name = `round${nth}`;
  return makeSubgraph({ name, typeDefs: `type Query { ${name}: Int }`, resolvers: { Query: { [name]: () => nth } } });
}

test("a supergraph that is replaced again and again drops no request, no socket and no event", async () => {
  const over = new AbortController();
  const repeat = async (ask: () => Promise<unknown>, expected: unknown): Promise<number> => {
    let answered = 0;
    for (; !over.signal.aborted; answered += 1) expect(await ask()).toEqual(expected);
    return answered;
  };
  const watchers = Array.from({ length: 5 }, () => new Watcher(gateway.url));
  // What is asked later on the same socket has been answered: the subscription has begun.
  for (const watcher of watchers) expect(await watcher.ask()).toEqual(answer);
  const atWork = [
    ...Array.from({ length: 4 }, () => repeat(() => post(gateway.url, { query }), { status: 200, body: answer })),
    ...watchers.map((watcher) => repeat(() => watcher.ask(), answer)),
  ];
  for (let nth = 0; nth < rounds; nth += 1) {
    await house.recompose([...feed.subgraphs, round(nth)]);
    expect(await gateway.reload()).toBe(true);
    expect((await post(gateway.url, { query: `{ round${nth} }` })).body).toEqual({ data: { [`round${nth}`]: nth } });
    feed.change(String(nth));
    for (const watcher of watchers) await watcher.has(String(nth));
  }
  over.abort();
  for (const answered of await Promise.all(atWork)) expect(answered).toBeGreaterThan(rounds);
  const ids = Array.from({ length: rounds }, (_, nth) => String(nth));
  for (const watcher of watchers) expect(watcher.ids).toEqual(ids);
  for (const watcher of watchers) await watcher.leave();
  await feed.listening(0);
  expect(lines.filter(({ code }) => code === "RELOADED")).toHaveLength(rounds);
  expect(lines.filter(({ level }) => level >= 40)).toEqual([]);
}, 120_000);
