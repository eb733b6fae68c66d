import { WebSocket } from "ws";

const subscription =
  "subscription ($after: String) { signalEvents(after: $after) { cursor kind signal { id status } } }";

/** A contact's screen: it subscribes, and comes back after its last cursor whenever its connection is lost. */
export class Dashboard {
  /** The cursors of all events, in the order in which they came. */
  readonly cursors: string[] = [];
  /** When each came, by its cursor, in milliseconds. */
  readonly cameAt = new Map<string, number>();
  /** The signal of each event, by its cursor. */
  readonly signalOf = new Map<string, string>();
  readonly #url: string;
  readonly #authorization: string;
  readonly #start: string | undefined;
  #socket: WebSocket | undefined;
  #isWanted = true;
  #begun = Promise.withResolvers<void>();

  /** @param start the cursor to begin after; without it, it begins now. */
  constructor(url: string, authorization: string, start?: string) {
    this.#url = url.replace("http", "ws");
    this.#authorization = authorization;
    this.#start = start;
    this.#connect();
  }

  /** Settles when it is subscribed the next time: for the first time, or once its connection was lost. */
  comesBack(): Promise<void> {
    return this.#begun.promise;
  }

  /** Reads nothing any more, and keeps its connection: what a laptop that falls asleep does. */
  stall(): void {
    this.#isWanted = false;
    this.#socket?.pause();
  }

  close(): void {
    this.#isWanted = false;
    this.#socket?.terminate();
  }

  #connect(): void {
    const socket = new WebSocket(this.#url, "graphql-transport-ws");
    this.#socket = socket;
    socket.on("open", () =>
      socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: this.#authorization } })),
    );
    socket.on("message", (message) => this.#hear(socket, JSON.parse(String(message))));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      if (!this.#isWanted) return;
      // With jitter, so that a crowd does not come back at once.
      setTimeout(() => this.#isWanted && this.#connect(), 100 + Math.random() * 1_000);
    });
  }

  #hear(socket: WebSocket, { type, id, payload }: { type: string; id?: string; payload?: never }): void {
    const say = (operation: string, query: string, variables = {}) =>
      socket.send(JSON.stringify({ id: operation, type: "subscribe", payload: { query, variables } }));
    if (type === "connection_ack") {
      say("events", subscription, { after: this.cursors.at(-1) ?? this.#start });
      // What is asked later on the same socket has been answered: what was asked before has begun.
      say("begun", "{ __typename }");
    } else if (id === "begun" && type === "next") {
      this.#begun.resolve();
      this.#begun = Promise.withResolvers();
    } else if (id === "events" && type === "next") this.#note(payload as never);
    // An end of the subscription alone is mended as the end of the socket is.
    else if (id === "events") socket.terminate();
  }

  #note({ data }: { data?: { signalEvents?: { cursor: string; signal: { id: string } } } }): void {
    const event = data?.signalEvents;
    if (event === undefined) return;
    this.cursors.push(event.cursor);
    this.cameAt.set(event.cursor, performance.now());
    this.signalOf.set(event.cursor, event.signal.id);
  }
}
