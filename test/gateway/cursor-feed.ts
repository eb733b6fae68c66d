import { EventEmitter, once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { makeSubgraph, refusal, type Subgraph } from "../../prove/differential/subgraphs.ts";

/** What a subscription at the feed was opened with. */
export interface FeedOpening {
  readonly after: string | undefined;
  /** Whom the gateway named. */
  readonly sub: string | undefined;
}

/** Two subgraphs, of which the one tells of changes by cursors, and the other knows more of what has changed. */
export class CursorFeed {
  readonly subgraphs: readonly Subgraph[];
  readonly openings: FeedOpening[] = [];
  /** How many times a thing was enriched. */
  enriched = 0;
  listeners = 0;
  /** The length of the text in each event. */
  textLength = 0;
  readonly #events: string[] = [];
  readonly #bell = new EventEmitter().setMaxListeners(0);

  constructor() {
    const feed = makeSubgraph({
      name: "feed",
      typeDefs: `
        type Query @tag(name: "everyone") { ping: String _lastCursor: String @inaccessible }
        type Subscription @tag(name: "everyone") { changed(after: String, kind: String): Change }
        type Change @tag(name: "everyone") { cursor: String! thing: Thing! text: String! }
        type Thing @key(fields: "id") @tag(name: "everyone") { id: ID! }
      `,
      resolvers: {
        Query: { ping: () => "pong", _lastCursor: () => this.#events.at(-1) },
        Subscription: {
          changed: {
            subscribe: (_: unknown, { after }: { after?: string }, { claims }: { claims?: { sub: string } }) =>
              this.#follow(after, claims?.sub),
          },
        },
      },
    });
    const names = makeSubgraph({
      name: "names",
      typeDefs: `type Thing @key(fields: "id") @tag(name: "everyone") { id: ID! name: String! }`,
      resolvers: {
        Thing: {
          name: ({ id }: { id: string }) => {
            this.enriched += 1;
            return `thing ${id}`;
          },
        },
      },
    });
    this.subgraphs = [feed, names];
  }

  happen(): void {
    this.#events.push(`c${this.#events.length + 1}`);
    this.#bell.emit("rung");
  }

  /** Settles when so many subscriptions have been opened, from the first on. */
  async opened(count: number): Promise<void> {
    while (this.openings.length < count) await once(this.#bell, "opened");
  }

  async listening(count: number): Promise<void> {
    while (this.listeners !== count) await once(this.#bell, "opened");
  }

  #follow(after: string | undefined, sub: string | undefined): AsyncIterableIterator<unknown> {
    let position = after === undefined ? this.#events.length : this.#events.indexOf(after) + 1;
    if (after !== undefined && position === 0) throw refusal("CURSOR_UNKNOWN");
    this.openings.push({ after, sub });
    this.listeners += 1;
    this.#bell.emit("opened");
    const left = new AbortController();
    const done: IteratorReturnResult<undefined> = { done: true, value: undefined };
    const iterator: AsyncIterableIterator<unknown> = {
      [Symbol.asyncIterator]: () => iterator,
      next: async () => {
        try {
          while (position >= this.#events.length) await once(this.#bell, "rung", { signal: left.signal });
        } catch {
          return done;
        }
        const cursor = this.#events[position++];
        return {
          done: false,
          value: { changed: { cursor, thing: { id: cursor }, text: "x".repeat(this.textLength) } },
        };
      },
      return: async () => {
        if (!left.signal.aborted) this.listeners -= 1;
        left.abort();
        this.#bell.emit("opened");
        return done;
      },
    };
    return iterator;
  }
}

/** A way to a server that can be cut. */
export class Wire implements AsyncDisposable {
  target: URL | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => {
    const onward = connect({ host: this.target?.hostname, port: Number(this.target?.port) } as never);
    for (const end of [socket, onward]) {
      this.#sockets.add(end);
      end.on("error", () => undefined);
      end.on("close", () => {
        this.#sockets.delete(end);
        socket.destroy();
        onward.destroy();
      });
    }
    socket.pipe(onward).pipe(socket);
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
