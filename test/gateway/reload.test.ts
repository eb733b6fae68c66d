import { rm, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import { pino } from "pino";
import { WebSocket } from "ws";
import type { Gateway } from "../../gateway/part.ts";
import { makeSubgraph, type Subgraph } from "../../prove/differential/subgraphs.ts";
import { until } from "../until.ts";
import { type Feed, makeFeed } from "./feed.ts";
import { type OpenHouse, openHouse, post } from "./open-house.ts";

/** Answers when it is let. */
function makeSlow() {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<string>();
  const resolvers = {
    Query: {
      slow: () => {
        asked.resolve();
        return answer.promise;
      },
    },
  };
  const subgraph = makeSubgraph({ name: "slow", typeDefs: "type Query { slow: String }", resolvers });
  return { subgraph, asked: asked.promise, answer: answer.resolve };
}

const added = makeSubgraph({
  name: "added",
  typeDefs: "type Query { more: Int }",
  resolvers: { Query: { more: () => 1 } },
});

let feed: Feed;
let slow: ReturnType<typeof makeSlow>;
let house: OpenHouse;
let gateway: Gateway;
let lines: { code?: string; reason?: string }[];
let subgraphs: readonly Subgraph[];

beforeEach(async () => {
  feed = makeFeed();
  slow = makeSlow();
  lines = [];
  subgraphs = [...feed.subgraphs, slow.subgraph];
  house = await openHouse(subgraphs);
  const log = pino({ level: "info" }, { write: (line: string) => lines.push(JSON.parse(line)) });
  gateway = await house.start({ OPERATOR_PORT: "0" }, { log });
});
afterEach(async () => {
  slow.answer("late");
  await house[Symbol.asyncDispose]();
});

const metrics = async () => (await fetch(`${gateway.operatorUrl}/metrics`)).text();
const more = () => post(gateway.url, { query: "{ more }" });

describe("a supergraph that changes", () => {
  test("is served from then on, while a request that has begun is answered by the old", async () => {
    const begun = post(gateway.url, { query: "{ slow }" });
    await slow.asked;
    expect((await more()).status).toBe(400);
    await house.recompose([...feed.subgraphs, added]);
    expect(await gateway.reload()).toBe(true);
    expect((await more()).body).toEqual({ data: { more: 1 } });
    expect((await post(gateway.url, { query: "{ slow }" })).status).toBe(400);
    slow.answer("done");
    expect((await begun).body).toEqual({ data: { slow: "done" } });
    expect(lines.some(({ code }) => code === "RELOADED")).toBe(true);
    expect(await metrics()).toContain('gateway_reloads_total{outcome="served"} 1');
  });

  test("leaves sockets open: a subscription goes on, and the next operation meets the new", async () => {
    const client = createClient({
      url: `${gateway.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazy: false,
    });
    const events = client.iterate({ query: "subscription { changed { thing { id name } } }" });
    const first = events.next();
    await feed.listening(1);
    feed.change("1");
    expect((await first).value).toMatchObject({ data: { changed: { thing: { id: "1" } } } });
    await house.recompose([...feed.subgraphs, added]);
    expect(await gateway.reload()).toBe(true);
    const second = events.next();
    feed.change("2");
    expect((await second).value).toMatchObject({ data: { changed: { thing: { id: "2", name: "thing 2" } } } });
    expect((await client.iterate({ query: "{ more }" }).next()).value).toEqual({ data: { more: 1 } });
    await events.return?.();
    await client.dispose();
  });

  test("is noticed by itself", async () => {
    await house.recompose([...feed.subgraphs, added]);
    await until("the new supergraph to be served", async () => (await more()).status === 200);
    expect((await more()).body).toEqual({ data: { more: 1 } });
  });

  test.each<[string, () => Promise<void>, RegExp]>([
    ["is broken", () => writeFile(house.supergraph, "type {"), /not GraphQL/],
    ["is gone", () => rm(house.supergraph), /cannot be read/],
    ["leaves no schema", () => writeFile(house.supergraph, "type Query { a: Missing }"), /no valid schema/],
  ])("but %s is refused and logged, and the old stays", async (_, change, reason) => {
    await change();
    expect(await gateway.reload()).toBe(false);
    expect(lines).toContainEqual(
      expect.objectContaining({ code: "RELOAD_REFUSED", reason: expect.stringMatching(reason) }),
    );
    expect(await metrics()).toMatch(/gateway_reloads_total\{outcome="refused"\} [1-9]/);
    expect((await post(gateway.url, { query: "{ ping }" })).body).toEqual({ data: { ping: "pong" } });
    await house.recompose([...feed.subgraphs, added]);
    expect(await gateway.reload()).toBe(true);
    expect((await more()).body).toEqual({ data: { more: 1 } });
  });

  test("not at all is not served anew", async () => {
    await writeFile(`${house.supergraph}.other`, "x");
    expect(await gateway.reload()).toBe(true);
    expect(lines.filter(({ code }) => code === "RELOADED")).toEqual([]);
  });
});

describe("a gateway that is stopped in the middle of a request", () => {
  test("answers it, and takes no other", async () => {
    const begun = post(gateway.url, { query: "{ slow }" });
    await slow.asked;
    const ready = () => fetch(`${gateway.operatorUrl}/ready`).then(({ status }) => status);
    expect(await ready()).toBe(200);
    const stopped = gateway[Symbol.asyncDispose]();
    expect(await ready()).toBe(503);
    await expect(post(gateway.url, { query: "{ ping }" })).rejects.toThrow();
    slow.answer("done");
    expect(await begun).toEqual({ status: 200, body: { data: { slow: "done" } } });
    await stopped;
    await expect(ready()).rejects.toThrow();
  });
});
