import { connect, type Socket } from "node:net";

/** The line with which an event begins (GraphQL over SSE, distinct connections mode). */
const marker = "event: next";

/** A client of GraphQL over server-sent events that weighs almost nothing: it counts events, and reads none. */
export class SseClient {
  readonly #socket: Socket;
  readonly #onNext: () => void;
  readonly #subscribed = Promise.withResolvers<void>();
  /** The end of what has come, where a marker may have begun. */
  #rest = "";

  constructor(url: URL, query: string, onNext: () => void) {
    this.#onNext = onNext;
    this.#socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    this.#socket.setEncoding("latin1");
    this.#socket.on("data", (text) => this.#take(String(text)));
    this.#socket.on("error", (error) => this.#subscribed.reject(error));
    this.#socket.on("close", () => this.#subscribed.reject(new Error("The gateway closed a connection")));
    const body = JSON.stringify({ query });
    const head = [
      `POST ${url.pathname} HTTP/1.1`,
      `Host: ${url.host}`,
      "Accept: text/event-stream",
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  }

  /** Settles when the gateway has begun to answer. */
  get subscribed(): Promise<void> {
    return this.#subscribed.promise;
  }

  #take(chunk: string): void {
    if (chunk.startsWith("HTTP/1.1 ")) {
      if (chunk.startsWith("HTTP/1.1 200")) this.#subscribed.resolve();
      else this.#subscribed.reject(new Error(chunk));
    }
    const parts = (this.#rest + chunk).split(marker);
    for (let events = parts.length - 1; events > 0; events -= 1) this.#onNext();
    this.#rest = (parts.at(-1) ?? "").slice(1 - marker.length);
  }
}
