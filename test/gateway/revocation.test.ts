import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { exportJWK, generateKeyPair } from "jose";
import { WebSocket } from "ws";
import { type Feed, makeFeed } from "./feed.ts";
import { type Network, openNetwork, openProvider, type Provider } from "./network.ts";

let feed: Feed;
let provider: Provider;
/** Two replicas of one gateway, which know nothing of each other. */
let replicas: Network[];

beforeEach(async () => {
  feed = makeFeed();
  provider = await openProvider();
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const introspection = { clientId: "gateway", clientKey: await exportJWK(privateKey), every: 200 };
  const open = () => openNetwork(feed.subgraphs, { provider, introspection });
  replicas = [await open(), await open()];
});
afterEach(async () => {
  for (const replica of replicas) await replica[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

interface Listener {
  readonly events: string[];
  /** Settles with the code once it is closed. */
  readonly closed: Promise<number>;
  readonly socket: WebSocket;
}

async function listenAt(replica: Network, token: string): Promise<Listener> {
  const socket = new WebSocket(`${replica.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  const events: string[] = [];
  const closed = once(socket, "close").then(([code]) => code as number);
  socket.on("message", (message) => {
    const { type, id } = JSON.parse(String(message));
    if (type === "next" && id === "events") events.push(String(message));
  });
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }));
  await once(socket, "message");
  const payload = { query: "subscription { changed { it: thing { id } } }" };
  socket.send(JSON.stringify({ type: "subscribe", id: "events", payload }));
  return { events, closed, socket };
}

describe("a token that its provider has revoked", () => {
  test("closes its sockets at every replica, and no others, and no event comes after", async () => {
    const [gone, stays] = [await provider.token({ sub: "gone" }), await provider.token({ sub: "stays" })];
    const leaving = await Promise.all(replicas.map((replica) => listenAt(replica, gone)));
    const [staying] = await Promise.all(replicas.map((replica) => listenAt(replica, stays)));
    await feed.listening(4);
    provider.revoke(gone);
    expect(await Promise.all(leaving.map(({ closed }) => closed))).toEqual([4403, 4403]);
    await feed.listening(2);
    feed.change("1");
    if (staying === undefined) throw new Error("Nobody stays");
    await once(staying.socket, "message");
    expect(staying.events).toHaveLength(1);
    expect(leaving.map(({ events }) => events.length)).toEqual([0, 0]);
  });

  test("opens no door any more", async () => {
    const token = await provider.token();
    provider.revoke(token);
    for (const replica of replicas) expect((await replica.ask("{ ping }", { token })).status).toBe(401);
    const socket = new WebSocket(`${replicas[0]?.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    await once(socket, "open");
    socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }));
    expect((await once(socket, "close"))[0]).toBe(4403);
  });
});
