import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

/** What somebody asks of a careless server. */
export interface Asked {
  readonly query: string;
  readonly variables?: Record<string, unknown> | undefined;
}

/**
 * A WebSocket as many a first example opens it: to pages of any origin, for frames of any size, as many operations as
 * come, whether or not somebody has signed in, and in whatever protocol.
 */
export function openCarelessSocket(server: Server, run: (asked: Asked) => Promise<unknown>): void {
  const sockets = new WebSocketServer({ server, path: "/graphql", maxPayload: 0 });
  sockets.on("connection", (socket) => {
    socket.on("error", () => undefined);
    socket.on("message", (message) => void answer(socket, String(message), run));
  });
}

async function answer(socket: WebSocket, text: string, run: (asked: Asked) => Promise<unknown>): Promise<void> {
  const say = (message: object) => socket.send(JSON.stringify(message));
  try {
    const { type, id, payload } = JSON.parse(text) as { type: string; id: string; payload: Asked };
    if (type === "connection_init") say({ type: "connection_ack" });
    if (type !== "subscribe" && type !== "start") return;
    say({ id, type: type === "start" ? "data" : "next", payload: await run(payload) });
    say({ id, type: "complete" });
  } catch (error) {
    say({ type: "error", payload: [{ message: String(error) }] });
  }
}
