import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { exportJWK, generateKeyPair } from "jose";
import { WebSocket } from "ws";
import { type Feed, makeFeed } from "./feed.ts";
import { type Network, openNetwork, openProvider, type Provider } from "./network.ts";

let feed: Feed;
let provider: Provider;
let gateway: Network;

beforeEach(async () => {
  feed = makeFeed();
  provider = await openProvider();
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  // As in docker-compose.yml.
  const introspection = { clientId: "gateway", clientKey: await exportJWK(privateKey), every: 3_000 };
  gateway = await openNetwork(feed.subgraphs, { provider, introspection });
});
afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

/** Listens while something happens all the time. @returns once it is closed: when that was, by which code, and what came after. */
async function listenUntilClosed(token: string, subscribed: () => void) {
  const socket = new WebSocket(`${gateway.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  let last = 0;
  socket.on("message", (message) => {
    if (JSON.parse(String(message)).type === "next") last = Date.now();
  });
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }));
  await once(socket, "message");
  const payload = { query: "subscription { changed { it: thing { id } } }" };
  socket.send(JSON.stringify({ type: "subscribe", id: "events", payload }));
  await feed.listening(1);
  const happening = setInterval(() => feed.change("1"), 20);
  subscribed();
  const [code] = await once(socket, "close");
  const closed = Date.now();
  clearInterval(happening);
  return { code, closed, last };
}

test("a token that expires closes its socket within a second, until which events come", async () => {
  const expires = (Math.floor(Date.now() / 1000) + 3) * 1000;
  const token = await provider.token({ exp: expires / 1000 });
  const { code, closed, last } = await listenUntilClosed(token, () => undefined);
  expect(code).toBe(4403);
  expect(closed - expires).toBeLessThanOrEqual(1_000);
  expect(last).toBeGreaterThan(0);
  expect(last).toBeLessThanOrEqual(expires + 1_000);
});

test("one that is revoked does within five, until which events come", async () => {
  const token = await provider.token();
  let revoked = 0;
  const { code, closed, last } = await listenUntilClosed(token, () => {
    provider.revoke(token);
    revoked = Date.now();
  });
  expect(code).toBe(4403);
  expect(closed - revoked).toBeLessThanOrEqual(5_000);
  expect(last).toBeGreaterThan(0);
  expect(last).toBeLessThanOrEqual(revoked + 5_000);
}, 20_000);
