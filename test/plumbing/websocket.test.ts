import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@jest/globals";
import { WebSocket } from "ws";
import { openLog } from "../../plumbing/log.ts";
import { openSocketDoor } from "../../plumbing/websocket.ts";

test("a fault of the door's own closes the socket with 1013: 4500 would be final for clients", async () => {
  const http = createServer();
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const door = openSocketDoor(
    http,
    { frameLimit: 1024, allowsOrigin: () => false, log: openLog("test", "silent") },
    {
      onSubscribe: () => {
        throw new Error("A fault");
      },
    },
  );
  const socket = new WebSocket(
    `ws://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`,
    "graphql-transport-ws",
  );
  await once(socket, "open");
  socket.send('{"type":"connection_init"}');
  await once(socket, "message");
  socket.send('{"id":"one","type":"subscribe","payload":{"query":"{ here }"}}');
  const [code, reason] = await once(socket, "close");
  expect([code, String(reason)]).toEqual([1013, "Try again later"]);
  await door[Symbol.asyncDispose]();
  http.close();
});
