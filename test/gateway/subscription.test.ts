import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Client, createClient, type ExecutionResult } from "graphql-ws";
import { WebSocket } from "ws";
import { CursorFeed, Wire } from "./cursor-feed.ts";
import { type Network, openNetwork } from "./network.ts";

let feed: CursorFeed;
let wire: Wire;
let network: Network;
let clients: Client[];

beforeEach(async () => {
  feed = new CursorFeed();
  wire = new Wire();
  clients = [];
  network = await openNetwork(feed.subgraphs, { urls: { feed: await wire.open() } });
  wire.target = new URL(network.subgraphs.get("feed")?.url ?? "");
});
afterEach(async () => {
  for (const client of clients) await client.dispose();
  await network[Symbol.asyncDispose]();
  await wire[Symbol.asyncDispose]();
});

const address = () => `${network.url.replace("http", "ws")}/graphql`;
const subscription = "subscription ($after: String) { changed(after: $after) { thing { id name } } }";

interface Events {
  readonly client: Client;
  /** The id of the next thing that changed. */
  next(): Promise<string>;
  leave(): Promise<unknown>;
}

async function subscribe(claims: Record<string, unknown> = {}, after?: string, query = subscription): Promise<Events> {
  const authorization = `Bearer ${await network.provider.token(claims)}`;
  const client = createClient({
    url: address(),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: 0,
  });
  clients.push(client);
  const events = client.iterate<{ changed: { thing: { id: string; name: string } } }>({ query, variables: { after } });
  return {
    client,
    next: async () => {
      const result = (await events.next()).value as ExecutionResult<{ changed: { thing: { id: string } } | null }>;
      return result.data?.changed?.thing.id ?? JSON.stringify(result);
    },
    leave: async () => events.return?.(),
  };
}

/** What is asked later on the same socket has been answered: what was asked before has begun. */
async function hasBegun({ client }: Events): Promise<void> {
  for await (const _ of client.iterate({ query: "{ ping }" })) return;
}

describe("subscriptions that ask the same", () => {
  test("share one upstream operation within equal rights, whichever token says so, and are enriched once", async () => {
    const first = await subscribe({ scope: "read" });
    const early = first.next();
    await feed.opened(1);
    const second = await subscribe({ scope: "read", jti: "another" });
    const late = second.next();
    await hasBegun(second);
    feed.happen();
    expect([await early, await late]).toEqual(["c1", "c1"]);
    expect(feed.openings).toHaveLength(1);
    expect(feed.enriched).toBe(1);
    await first.leave();
    feed.happen();
    expect(await second.next()).toBe("c2");
    await second.leave();
    await feed.listening(0);
  });

  test.each([
    { one: { sub: "someone" }, other: { sub: "another" } },
    { one: { scope: "read" }, other: { scope: "read write" } },
    { one: { schools: ["a"] }, other: { schools: ["a", "b"] } },
    { one: {}, other: { organisation: "x" } },
  ])("share nothing across rights that differ: $one and $other", async ({ one, other }) => {
    const [first, second] = [await subscribe(one), await subscribe(other)];
    const events = [first.next(), second.next()];
    await feed.opened(2);
    feed.happen();
    expect(await Promise.all(events)).toEqual(["c1", "c1"]);
    expect(feed.enriched).toBe(2);
    expect(new Set(feed.openings.map(({ sub }) => sub))).toEqual(
      new Set([one, other].map((claims) => ("sub" in claims ? claims.sub : "someone"))),
    );
  });

  test("share nothing where other variables differ", async () => {
    const query = 'subscription ($after: String) { changed(after: $after, kind: "KIND") { thing { id name } } }';
    const [first, second] = [
      await subscribe({}, undefined, query.replace("KIND", "a")),
      await subscribe({}, undefined, query.replace("KIND", "b")),
    ];
    const events = [first.next(), second.next()];
    await feed.opened(2);
    feed.happen();
    expect(await Promise.all(events)).toEqual(["c1", "c1"]);
  });

  test("each begin after their own cursor", async () => {
    for (let event = 0; event < 3; event += 1) feed.happen();
    const [early, late] = [await subscribe({}, "c1"), await subscribe({}, "c2")];
    expect([await early.next(), await early.next()]).toEqual(["c2", "c3"]);
    expect(await late.next()).toBe("c3");
    feed.happen();
    expect([await early.next(), await late.next()]).toEqual(["c4", "c4"]);
  });
});

describe("a subscription whose root hangs on a condition is refused as invalid", () => {
  test.each([
    "subscription ($on: Boolean!) { changed @include(if: $on) { thing { id } } }",
    "subscription ($on: Boolean!) { ... @skip(if: $on) { changed { thing { id } } } }",
    "subscription ($on: Boolean!) { ...Root } fragment Root on Subscription { changed @skip(if: $on) { thing { id } } }",
    "subscription { changed @include(if: true) { thing { id } } }",
  ])("%s", async (query) => {
    const { next } = await subscribe({}, undefined, query);
    expect(await next()).toContain("GRAPHQL_VALIDATION_FAILED");
  });
});

describe("a subscription whose subgraph is lost", () => {
  test("goes on from the last event, without the client noticing or asking for cursors", async () => {
    const events = await subscribe();
    const first = events.next();
    await feed.opened(1);
    feed.happen();
    expect(await first).toBe("c1");
    wire.cut();
    feed.happen();
    feed.happen();
    expect([await events.next(), await events.next()]).toEqual(["c2", "c3"]);
    expect(feed.openings.map(({ after }) => after)).toEqual([undefined, "c1"]);
  });

  test("ends with a code where nothing says from where to go on", async () => {
    const events = await subscribe();
    const ended = expect(events.next()).rejects.toMatchObject([{ extensions: { code: "SUBGRAPH_UNAVAILABLE" } }]);
    await feed.opened(1);
    wire.cut();
    await ended;
  });

  test("is told that its cursor is not known", async () => {
    const events = await subscribe({}, "lost");
    expect(await events.next()).toContain("CURSOR_UNKNOWN");
  });
});

describe("a slow reader", () => {
  // More than both ends' systems keep for it; no more, as one that is busy for long is taken for one that is gone.
  const events = 32;

  test("is closed with 4408 once too much waits for it, and holds up nobody", async () => {
    feed.textLength = 256 * 1024;
    const query = "subscription { changed { thing { id } text } }";
    const authorization = `Bearer ${await network.provider.token()}`;
    const slow = new WebSocket(address(), "graphql-transport-ws");
    await once(slow, "open");
    slow.send(JSON.stringify({ type: "connection_init", payload: { authorization } }));
    await once(slow, "message");
    slow.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query } }));
    await feed.opened(1);
    slow.pause();
    const healthy = await subscribe({}, undefined, query);
    const begun = healthy.next();
    await hasBegun(healthy);
    feed.happen();
    await begun;
    for (let event = 2; event <= events; event += 1) {
      feed.happen();
      expect(await healthy.next()).toBe(`c${event}`);
    }
    let received = 0;
    slow.on("message", () => {
      received += 1;
    });
    slow.resume();
    const [code] = await once(slow, "close");
    expect(code).toBe(4408);
    expect(received).toBeLessThan(events);
  });
});
