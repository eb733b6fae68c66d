import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { WebSocket } from "ws";
import { CursorFeed } from "./cursor-feed.ts";
import { type Network, openNetwork, openProvider } from "./network.ts";

/* The protocol graphql-transport-ws, message by message, as its document says. */

let feed: CursorFeed;
let network: Network;
let socket: WebSocket;

beforeAll(async () => {
  feed = new CursorFeed();
  network = await openNetwork(feed.subgraphs);
});
afterAll(async () => network[Symbol.asyncDispose]());
afterEach(() => socket.terminate());

type Message = Record<string, unknown>;

/** What has come and not been looked at: two messages may come at once. */
let inbox: Message[];

async function open(protocol: string[] = ["graphql-transport-ws"], url = network.url): Promise<void> {
  socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, protocol);
  inbox = [];
  socket.on("message", (text) => inbox.push(JSON.parse(String(text)) as Message));
  await once(socket, "open");
}

const send = (message: Message | string) =>
  socket.send(typeof message === "string" ? message : JSON.stringify(message));

async function received(): Promise<Message | undefined> {
  if (inbox.length === 0) await once(socket, "message");
  return inbox.shift();
}

async function closed(): Promise<{ code: number; reason: string }> {
  const [code, reason] = await once(socket, "close");
  return { code: code as number, reason: String(reason) };
}

async function init(): Promise<Message | undefined> {
  const authorization = `Bearer ${await network.provider.token()}`;
  send({ type: "connection_init", payload: { authorization } });
  return received();
}

const subscribe = (id: string, query: string) => send({ id, type: "subscribe", payload: { query } });
const changed = "subscription { changed { thing { id } } }";

describe("a socket", () => {
  test("of another subprotocol is refused with 4406", async () => {
    await open([]);
    expect(await closed()).toEqual({ code: 4406, reason: "Subprotocol not acceptable" });
  });

  test("is acknowledged", async () => {
    await open();
    expect(await init()).toEqual({ type: "connection_ack" });
  });

  test("that never begins is closed with 4408", async () => {
    await open();
    expect(await closed()).toEqual({ code: 4408, reason: "Connection initialisation timeout" });
  });

  test("whose token cannot be judged now is closed with 1013, after which clients try again", async () => {
    const provider = await openProvider();
    const authorization = `Bearer ${await provider.token()}`;
    await provider[Symbol.asyncDispose]();
    await using cut = await openNetwork(feed.subgraphs, { provider });
    await open(undefined, cut.url);
    send({ type: "connection_init", payload: { authorization } });
    expect(await closed()).toEqual({ code: 1013, reason: "Try again later" });
  });

  test.each([1000, 1001, 4400, 4499, 4500])("that its client closes with %i leaves nothing behind", async (code) => {
    await open();
    await init();
    const opened = feed.openings.length + 1;
    subscribe("one", changed);
    await feed.opened(opened);
    const gone = closed();
    socket.close(code);
    expect((await gone).code).toBe(code);
    await feed.listening(0);
  });

  test("that begins twice is closed with 4429", async () => {
    await open();
    await init();
    send({ type: "connection_init" });
    expect(await closed()).toEqual({ code: 4429, reason: "Too many initialisation requests" });
  });

  test("without a valid token is closed with 4403", async () => {
    await open();
    send({ type: "connection_init", payload: { authorization: "Bearer x.y.z" } });
    expect(await closed()).toEqual({ code: 4403, reason: "Forbidden" });
  });

  test("that asks before it is acknowledged is closed with 4401", async () => {
    await open();
    subscribe("1", "{ ping }");
    expect(await closed()).toEqual({ code: 4401, reason: "Unauthorized" });
  });

  test.each([
    "",
    "{",
    "null",
    "[]",
    '{"type":"unknown"}',
    '{"type":"subscribe"}',
    '{"id":"","type":"complete"}',
    '{"id":"1","type":"subscribe","payload":{"query":1}}',
  ])("is closed with 4400 on a message that is none: %s", async (message) => {
    await open();
    await init();
    send(message);
    expect(await closed()).toEqual({ code: 4400, reason: "Invalid message received" });
  });

  test("is closed with 1009 on a message that is too large", async () => {
    await open();
    send("x".repeat(64 * 1024 + 1));
    expect((await closed()).code).toBe(1009);
  });

  test("answers a ping with a pong, and its payload, whether it has begun or not", async () => {
    await open();
    send({ type: "ping" });
    expect(await received()).toEqual({ type: "pong" });
    await init();
    send({ type: "ping", payload: { at: 1 } });
    expect(await received()).toEqual({ type: "pong", payload: { at: 1 } });
    send({ type: "pong" });
    socket.ping();
    await once(socket, "pong");
  });
});

describe("an operation", () => {
  test("is answered by its id, and completed", async () => {
    await open();
    await init();
    subscribe("one", "{ ping }");
    expect(await received()).toEqual({ id: "one", type: "next", payload: { data: { ping: "pong" } } });
    expect(await received()).toEqual({ id: "one", type: "complete" });
    subscribe("one", "{ ping }");
    expect(await received()).toMatchObject({ id: "one", type: "next" });
  });

  test("that is no document is answered with an error, and with nothing after it", async () => {
    await open();
    await init();
    subscribe("one", "{");
    expect(await received()).toMatchObject({
      id: "one",
      type: "error",
      payload: [{ extensions: { code: "GRAPHQL_PARSE_FAILED" } }],
    });
    subscribe("one", "{ ping }");
    expect(await received()).toMatchObject({ id: "one", type: "next" });
  });

  test("of an id that is in use closes the socket with 4409", async () => {
    await open();
    await init();
    subscribe("one", changed);
    subscribe("one", changed);
    expect(await closed()).toEqual({ code: 4409, reason: "Subscriber for one already exists" });
    await feed.listening(0);
  });

  test("is ended by the client's complete, and tells nothing more", async () => {
    await open();
    await init();
    const opened = feed.openings.length + 1;
    subscribe("one", changed);
    await feed.opened(opened);
    feed.happen();
    expect(await received()).toMatchObject({ id: "one", type: "next" });
    send({ id: "one", type: "complete" });
    await feed.listening(0);
    feed.happen();
    send({ type: "ping" });
    expect(await received()).toEqual({ type: "pong" });
    send({ id: "stranger", type: "complete" });
    send({ type: "ping" });
    expect(await received()).toEqual({ type: "pong" });
  });

  test("keeps an id of odd characters", async () => {
    await open();
    await init();
    const id = '"\\ \u2028é😀';
    const opened = feed.openings.length + 1;
    subscribe(id, changed);
    await feed.opened(opened);
    feed.happen();
    expect(await received()).toMatchObject({ id, type: "next" });
  });
});
