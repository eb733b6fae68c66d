import type { Server } from "graphql-ws";
import { WebSocket } from "ws";

/** The close codes of the house. 4401 and 4500 are left out: clients take them for final. */
export const closeCodes = {
  badRequest: 4400,
  forbidden: 4403,
  slowConsumer: 4408,
  tooManyOperations: 4429,
  goingAway: 1001,
  /** Of RFC 6455's registry. */
  tryAgainLater: 1013,
} as const;

/** From how many unsent bytes on the protocol waits before it sends more of the same operation. */
const waitFrom = 64 * 1024;

/** What all sockets of a door are begun with: one object for all of them. */
export interface SocketTerms {
  /** What may wait unsent, in bytes. */
  readonly backlogLimit: number;
  /** A message could not be handled: a fault of our own, and the end of the socket. */
  onFailure(error: unknown): void;
  onGone(socket: DoorSocket): void;
  /** A client was too slow for what it asked, and is closed. */
  onSlow?: (() => void) | undefined;
}

/**
 * The server's end of one WebSocket, in the form in which graphql-ws takes it. What adapters usually
 * keep in closures and timers for each socket stands in its fields: ten thousand may be idle at once.
 */
export class DoorSocket extends WebSocket {
  /** Whether anything has been heard since it was last asked. */
  isAlive = true;
  /** Its place in the pulse. */
  beat = 0;
  #terms: SocketTerms | undefined;
  #receive: ((text: string) => Promise<void>) | undefined;
  #closed: ((code: number, reason: string) => Promise<void>) | undefined;

  begin(protocol: Server<{ readonly socket: DoorSocket }>, terms: SocketTerms): void {
    this.#terms = terms;
    // One function for all sockets, each of which is its `this`.
    this.on("message", onMessage);
    this.on("pong", onPong);
    this.on("close", onClose);
    // An error is followed by the close.
    this.on("error", ignore);
    this.#closed = protocol.opened(this, { socket: this });
  }

  /** Called by graphql-ws, once. */
  onMessage(receive: (text: string) => Promise<void>): void {
    this.#receive = receive;
  }

  /** Sends one text message. The promise, where there is one, is for those who can wait. */
  override send(text: string | Buffer): Promise<void> | undefined {
    if (this.readyState !== WebSocket.OPEN) return undefined;
    const waiting = this.bufferedAmount;
    if (waiting > (this.#terms?.backlogLimit ?? 0)) {
      // The code stands behind what waits; who does not come to it in time is cut off.
      this.close(closeCodes.slowConsumer, "Slow consumer");
      this.#terms?.onSlow?.();
      return undefined;
    }
    if (waiting < waitFrom) {
      super.send(text, asText);
      return undefined;
    }
    return new Promise((resolve) => super.send(text, asText, () => resolve()));
  }

  handle(message: unknown): void {
    this.isAlive = true;
    this.#receive?.(String(message)).catch((error: unknown) => {
      // What only a server says is the client's fault, and none of ours to note.
      if (error instanceof Error && error.message.startsWith("Unexpected message")) {
        this.close(closeCodes.badRequest, "Invalid message");
        return;
      }
      this.#terms?.onFailure(error);
      this.close(closeCodes.tryAgainLater, "Try again later");
    });
  }

  conclude(code: number, reason: string): void {
    this.#terms?.onGone(this);
    this.#closed?.(code, reason).catch((error: unknown) => this.#terms?.onFailure(error));
  }
}

function onMessage(this: WebSocket, message: unknown): void {
  (this as DoorSocket).handle(message);
}

function onPong(this: WebSocket): void {
  (this as DoorSocket).isAlive = true;
}

function onClose(this: WebSocket, code: number, reason: Buffer): void {
  (this as DoorSocket).conclude(code, String(reason));
}

const asText = { binary: false } as const;

function ignore(): void {}
