import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/**
 * The newest answer of each connection, so that a door that closes can make those under way the last of theirs.
 *
 * They are kept by their connections, which stay, and not in a set that each enters and leaves. V8 makes the table of such
 * a set anew every few changes, and each old table leads to the next: once one of them has grown old, all that follow
 * are kept until the next full collection, and so is every answer in them, with its request. That took a busy gateway
 * half as much memory again, and six times as long for each collection.
 */
export class NewestAnswers {
  readonly #newest = new Map<Socket, ServerResponse>();

  /** Takes the place of the answer before it on the same connection. */
  begin(socket: Socket, response: ServerResponse): void {
    if (!this.#newest.has(socket)) socket.once("close", () => this.#newest.delete(socket));
    this.#newest.set(socket, response);
  }

  /** Lets each connection end with the answer that is under way on it; else it would be kept alive, and hold up the end. */
  makeLast(): void {
    for (const response of this.#newest.values()) {
      if (!response.headersSent) response.setHeader("connection", "close");
    }
  }
}
