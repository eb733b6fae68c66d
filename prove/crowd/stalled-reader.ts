import { once } from "node:events";
import { WebSocket } from "ws";

/** As many as one socket may have, and as much of each event as one operation may ask for. */
const subscriptions = 50;
const aliases = Array.from({ length: 45 }, (_, place) => `m${place}: message`).join(" ");
const subscription = `subscription { signalEvents { cursor signal { id ${aliases} } } }`;

/** How often it says that it is there, in milliseconds: who is silent is cut off for that. */
const sign = 2_000;

/** A client that asks for very much, says that it is there, and reads nothing of what it is told: not even its end. */
export class StalledReader implements Disposable {
  readonly #socket: WebSocket;
  readonly #signs: NodeJS.Timeout;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#signs = setInterval(() => socket.send(JSON.stringify({ type: "ping" })), sign);
  }

  /** @returns once it is subscribed and reads no more. */
  static async open(url: string, authorization: string): Promise<StalledReader> {
    const socket = new WebSocket(url.replace("http", "ws"), "graphql-transport-ws");
    socket.on("error", () => undefined);
    await once(socket, "open");
    const say = (message: object) => socket.send(JSON.stringify(message));
    say({ type: "connection_init", payload: { authorization } });
    await once(socket, "message");
    const begun = new Promise<void>((resolve) =>
      socket.on("message", (message) => JSON.parse(String(message)).id === "begun" && resolve()),
    );
    for (let number = 1; number < subscriptions; number += 1) {
      say({ id: `events ${number}`, type: "subscribe", payload: { query: subscription } });
    }
    say({ id: "begun", type: "subscribe", payload: { query: "{ __typename }" } });
    await begun;
    socket.pause();
    return new StalledReader(socket);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#signs);
    this.#socket.terminate();
  }
}
