import { WebSocket } from "ws";

/** How long a frame that must come may take, in milliseconds. */
const patience = 60_000;

/** The code with which a socket is closed on which nobody has signed in for some seconds. */
const tooLate = "4408";

/** One who listens on a WebSocket, and keeps every frame as it came. */
export class Listener {
  readonly frames: string[] = [];
  /** The code and reason with which it was closed by the other side. */
  closed: string | undefined;
  readonly #socket: WebSocket;
  #wake = Promise.withResolvers<void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (frame, isBinary) => {
      this.frames.push(`${isBinary ? "binary" : "text"} ${(frame as Buffer).toString("latin1")}`);
      this.#ring();
    });
    socket.on("close", (code, reason) => {
      this.closed = `${code} ${reason}`;
      this.#ring();
    });
    socket.on("error", () => undefined);
  }

  /** Opens a socket, signs in, and starts these operations. Settles once they have begun, or the socket has ended. */
  static async open(...given: Parameters<typeof Listener.tryToOpen>): Promise<Listener> {
    for (;;) {
      const listener = await Listener.tryToOpen(...given);
      // On a busy machine signing in may take too long, in one world and not in the other.
      if (listener.closed?.startsWith(tooLate) !== true) return listener;
    }
  }

  private static async tryToOpen(
    url: string,
    authorization: string,
    operations: readonly { readonly query: string; readonly variables: object }[],
  ): Promise<Listener> {
    const socket = new WebSocket(url.replace("http", "ws"), "graphql-transport-ws");
    const listener = new Listener(socket);
    await new Promise<void>((resolve) => {
      socket.once("open", () => resolve());
      socket.once("close", () => resolve());
    });
    listener.say({ type: "connection_init", payload: { authorization } });
    await listener.until((frame) => frame.includes("connection_ack"));
    operations.forEach((payload, place) => {
      listener.say({ id: `s${place}`, type: "subscribe", payload });
    });
    // What is asked later on the same socket has been answered: what was asked before has begun.
    listener.say({ id: "begun", type: "subscribe", payload: { query: "{ __typename }" } });
    await listener.until((frame) => frame.includes('"begun"') && frame.includes('"complete"'));
    return listener;
  }

  say(message: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Waits for a frame, or for the end. @returns whether it came */
  async until(isTheOne: (frame: string) => boolean): Promise<boolean> {
    for (const end = Date.now() + patience; Date.now() < end; ) {
      if (this.frames.some(isTheOne)) return true;
      if (this.closed !== undefined) return false;
      const timer = setTimeout(() => this.#ring(), end - Date.now());
      await this.#wake.promise;
      clearTimeout(timer);
    }
    return false;
  }

  async leave(): Promise<void> {
    if (this.closed !== undefined) return;
    this.#socket.close(1000);
    while (this.closed === undefined) await this.#wake.promise;
  }

  #ring(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }
}
