import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { operation } from "../../dashboard/api/ask.ts";
import { type Follow, type Followed, followAs } from "../../dashboard/api/follow.ts";
import type { Session } from "../../dashboard/session/session.ts";
import { FakeSocket } from "./fake-socket.ts";

const events = operation<{ readonly it: Followed }, { readonly after?: string }>("subscription { it { cursor } }");

let token: () => Promise<string>;
let follow: Follow;
let heard: string[];
const given = { WebSocket: globalThis.WebSocket };

beforeEach(() => {
  jest.useFakeTimers();
  FakeSocket.made = [];
  heard = [];
  token = async () => "a-token";
  const page = new EventTarget();
  Object.assign(globalThis, {
    WebSocket: FakeSocket,
    location: { origin: "http://school.example" },
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
    dispatchEvent: page.dispatchEvent.bind(page),
  });
  Object.defineProperty(navigator, "onLine", { configurable: true, value: true });
  follow = followAs({ token: () => token(), renew: async () => undefined } as unknown as Session);
});

afterEach(() => {
  jest.useRealTimers();
  Object.assign(globalThis, given);
});

function listen(name = ""): () => void {
  return follow(events, {}, ({ it }) => it, {
    onEvent: ({ cursor }) => heard.push(`${name}${cursor}`),
    onLive: () => heard.push(`${name}live`),
    onLost: () => heard.push(`${name}lost`),
  });
}

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

/** Answers as the gateway does, whatever has been asked so far. */
async function connect(): Promise<FakeSocket> {
  await pass(0);
  const socket = FakeSocket.last;
  socket.open();
  await pass(0);
  socket.receive({ type: "connection_ack" });
  await pass(0);
  return socket;
}

describe("what a page follows", () => {
  test("comes over one connection, however much it is, which ends with the last", async () => {
    const stops = [listen("a-"), listen("b-")];
    const socket = await connect();
    stops.push(listen("c-"));
    await pass(0);
    expect(FakeSocket.made.length).toBe(1);
    const asked = socket.sentOf("subscribe");
    expect(asked.length).toBe(3);
    expect(heard).toEqual(["a-live", "b-live", "c-live"]);
    for (const [at, { id }] of asked.entries()) {
      socket.receive({ id, type: "next", payload: { data: { it: { cursor: `${at}` } } } });
    }
    expect(heard.slice(3)).toEqual(["a-0", "b-1", "c-2"]);
    for (const stop of stops) stop();
    await pass(0);
    expect(socket.readyState).toBe(FakeSocket.CLOSED);
  });

  test("is read again once the gateway has the subscription, where it began without a cursor", async () => {
    listen();
    const socket = await connect();
    const [ping] = socket.sentOf("ping");
    expect(socket.sent.indexOf(ping)).toBeGreaterThan(socket.sent.findIndex(({ type }) => type === "subscribe"));
    socket.receive({ type: "pong", payload: ping.payload });
    await pass(5_000);
    expect(heard).toEqual(["live", "live", "live"]);
  });

  test("goes on after the last event where the connection has ended", async () => {
    listen();
    const first = await connect();
    first.receive({ id: first.sentOf("subscribe")[0].id, type: "next", payload: { data: { it: { cursor: "7" } } } });
    await pass(3_000);
    first.close(1001);
    await pass(500);
    expect(FakeSocket.made.length).toBe(2);
    expect((await connect()).sentOf("subscribe")[0].payload.variables).toEqual({ after: "7" });
    // The first try has brought it back.
    expect(heard).not.toContain("lost");
  });
});

describe("that the connection is lost is said", () => {
  test("within 15 seconds of a network that swallows all, and not before the gateway is late", async () => {
    listen();
    const socket = await connect();
    await pass(14_900);
    expect(socket.sentOf("ping").length).toBeGreaterThan(0);
    expect(heard).toEqual(["live"]);
    await pass(200);
    expect(heard).toEqual(["live", "lost"]);
  });

  test("where a connection is never made, or never accepted", async () => {
    listen();
    await pass(5_100);
    expect(heard).toEqual(["lost"]);
    await pass(1_000);
    FakeSocket.last.open();
    await pass(10_000);
    expect(FakeSocket.made.length).toBeGreaterThan(2);
    expect(heard).not.toContain("live");
  });

  test("where each one ends as soon as it is there, however long it took to come", async () => {
    listen();
    await pass(4_000);
    (await connect()).close(1001);
    await pass(0);
    expect(heard).toEqual(["live", "lost"]);
  });

  test("at once where the device says so", async () => {
    listen();
    await connect();
    dispatchEvent(new Event("offline"));
    await pass(0);
    expect(heard).toEqual(["live", "lost"]);
  });
});

test("whoever leaves while a token is being fetched leaves no connection behind", async () => {
  const fetched = Promise.withResolvers<string>();
  token = () => fetched.promise;
  listen()();
  fetched.resolve("a-token");
  await pass(1_000);
  expect(FakeSocket.made).toEqual([]);
});
