import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { handleProtocols } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import { Credentials } from "../../gateway/upstream/credentials.ts";
import { UpstreamSockets } from "../../gateway/upstream/upstream-sockets.ts";
import { systemClock } from "../../plumbing/clock.ts";
import { caller } from "../../prove/differential/subgraphs.ts";
import { closed, listening } from "./network.ts";

/** A subgraph that tells one event to whoever subscribes, on sockets that the test can close. */
const server = createServer();
const upgrades = new WebSocketServer({ server, handleProtocols });
let sockets: WebSocket[];
let upstream: UpstreamSockets;
let fillerLength: number;
const stack: AsyncDisposable[] = [];

upgrades.on("connection", (socket) => {
  sockets.push(socket);
  socket.on("message", (text) => {
    const { id, type } = JSON.parse(String(text)) as { id?: string; type: string };
    if (type === "connection_init") socket.send('{"type":"connection_ack"}');
    if (type === "subscribe") {
      const payload = { data: { at: sockets.length }, extensions: { filler: "x".repeat(fillerLength) } };
      socket.send(JSON.stringify({ id, type: "next", payload }));
    }
  });
});

beforeEach(async () => {
  sockets = [];
  fillerLength = 0;
  const url = await listening(server);
  stack.push({ [Symbol.asyncDispose]: () => closed(server) });
  upstream = new UpstreamSockets(
    new Map([["one", new URL(`${url}/graphql`)]]),
    new Credentials(undefined, systemClock),
  );
  stack.push(upstream);
});
afterEach(async () => {
  for (const one of stack.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

const subscribe = () =>
  upstream.subscribe("one", { query: "subscription { at }", variables: {} }, caller)[Symbol.asyncIterator]();

describe("a socket to a subgraph", () => {
  test.each([1000, 1001, 1011, 1013, 4400, 4401, 4403, 4408, 4429, 4499, 4500])(
    "that is closed with %i counts as lost, and the next subscription opens another",
    async (code) => {
      const events = subscribe();
      expect(await events.next()).toEqual({ done: false, value: { data: { at: 1 }, extensions: { filler: "" } } });
      const lost = events.next();
      sockets[0]?.close(code);
      await expect(lost).rejects.toMatchObject({ code: "SUBGRAPH_UNAVAILABLE" });
      const others = subscribe();
      expect(await others.next()).toEqual({ done: false, value: { data: { at: 2 }, extensions: { filler: "" } } });
      await others.return?.();
    },
  );

  test("that is cut off without a word counts as lost", async () => {
    const events = subscribe();
    await events.next();
    const lost = events.next();
    sockets[0]?.terminate();
    await expect(lost).rejects.toMatchObject({ code: "SUBGRAPH_UNAVAILABLE" });
  });

  test("that sends more at once than is read counts as lost", async () => {
    fillerLength = 1024 * 1024;
    await expect(subscribe().next()).rejects.toMatchObject({ code: "SUBGRAPH_UNAVAILABLE" });
  });

  test("is one for all subscriptions, and is closed after the last of them", async () => {
    const [one, other] = [subscribe(), subscribe()];
    await Promise.all([one.next(), other.next()]);
    expect(sockets).toHaveLength(1);
    const [socket] = sockets;
    await one.return?.();
    expect(socket?.readyState).toBe(socket?.OPEN);
    await other.return?.();
    if (socket?.readyState !== socket?.CLOSED) await once(socket as WebSocket, "close");
  });
});
