import { WebSocket } from "ws";
import type { Random } from "../random.ts";

const subscription =
  "subscription ($after: String) { signalEvents(after: $after) { cursor kind signal { id pupil { displayName } } } }";

/** How long the gateway may be silent, in milliseconds: it asks each socket every 10 seconds whether it is there. */
const silence = 25_000;

/** One event, as a dashboard was told of it. */
export interface Told {
  readonly cursor: string;
  readonly kind: string;
  readonly signal: { readonly id: string; readonly pupil: { readonly displayName: string } | null };
}

export interface DashboardOptions {
  /** Where the gateway is, `http://…/graphql`. */
  readonly url: string;
  /** A token's, whenever it connects. */
  authorization(): Promise<string>;
  /** How long it waits before it comes back follows from it. */
  readonly random: Random;
  /** The cursor to begin after; without it, it begins now. */
  readonly start?: string;
  /** Is told each event, as it comes. */
  readonly onEvent?: (event: Told) => void;
}

/** A contact's screen: it subscribes, and comes back after its last cursor whenever its connection is lost. */
export class Dashboard {
  /** The cursors of all events, in the order in which they came. */
  readonly cursors: string[] = [];
  /** When each came, by its cursor, in milliseconds. */
  readonly cameAt = new Map<string, number>();
  /** The codes with which its connections were closed. */
  readonly closings: number[] = [];
  readonly #options: DashboardOptions;
  #socket: WebSocket | undefined;
  #isWanted = true;
  #begun = Promise.withResolvers<void>();

  constructor(options: DashboardOptions) {
    this.#options = options;
    void this.#connect();
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

  /** Reads on after a stall, and comes back if its connection was lost meanwhile. */
  wake(): void {
    this.#isWanted = true;
    this.#socket?.resume();
  }

  close(): void {
    this.#isWanted = false;
    this.#socket?.terminate();
  }

  async #connect(): Promise<void> {
    const { url, random } = this.#options;
    const authorization = await this.#options.authorization();
    const socket = new WebSocket(url.replace("http", "ws"), "graphql-transport-ws", { handshakeTimeout: 10_000 });
    this.#socket = socket;
    // A connection that is half open tells nothing, not even that.
    const watch = setTimeout(() => socket.terminate(), silence);
    socket.on("ping", () => watch.refresh());
    socket.on("open", () => socket.send(JSON.stringify({ type: "connection_init", payload: { authorization } })));
    socket.on("message", (message) => {
      watch.refresh();
      this.#hear(socket, JSON.parse(String(message)));
    });
    socket.on("error", () => undefined);
    socket.on("close", (code) => {
      clearTimeout(watch);
      this.closings.push(code);
      if (!this.#isWanted) return;
      // With jitter, so that a crowd does not come back at once.
      setTimeout(() => this.#isWanted && this.#connect(), 100 + random.below(1_000));
    });
  }

  #hear(socket: WebSocket, { type, id, payload }: { type: string; id?: string; payload?: never }): void {
    const say = (operation: string, query: string, variables = {}) =>
      socket.send(JSON.stringify({ id: operation, type: "subscribe", payload: { query, variables } }));
    if (type === "connection_ack") {
      say("events", subscription, { after: this.cursors.at(-1) ?? this.#options.start });
      // What is asked later on the same socket has been answered: the gateway has what was asked before.
      say("begun", "{ __typename }");
    } else if (id === "begun" && type === "next") {
      this.#begun.resolve();
      this.#begun = Promise.withResolvers();
    } else if (id === "events" && type === "next") this.#note(payload as never);
    // An end of the subscription alone is mended as the end of the socket is.
    else if (id === "events") socket.terminate();
  }

  #note({ data }: { data?: { signalEvents?: Told } }): void {
    const event = data?.signalEvents;
    if (event === undefined) return;
    this.cursors.push(event.cursor);
    this.cameAt.set(event.cursor, performance.now());
    this.#options.onEvent?.(event);
  }
}

/** @returns what is wrong with what a dashboard was told; undefined where it is the whole truth, once, in order. */
export function compare(told: readonly string[], truth: readonly string[]): string | undefined {
  const heard = new Set(told);
  if (heard.size !== told.length) return "was told something twice";
  const missing = truth.filter((cursor) => !heard.has(cursor)).length;
  if (missing > 0 || told.length !== truth.length)
    return `missed ${missing} of ${truth.length} events, and had ${told.length}`;
  return told.every((cursor, place) => cursor === truth[place]) ? undefined : "was told out of order";
}
