import { GraphQLError } from "graphql";
import { type Client, createClient, type SubscribePayload } from "graphql-ws";
import { WebSocket } from "ws";
import { codeOf, Fault, faultText } from "../../plumbing/faults.ts";
import type { ClientTls } from "../../plumbing/tls.ts";
import { newTraceparent, traceHeader } from "../../plumbing/trace-context.ts";
import type { Credentials } from "./credentials.ts";
import { EventQueue } from "./event-queue.ts";
import type { Caller, EventRequest } from "./port.ts";

/** What may wait for one reader, and the largest message that is read, in bytes. */
const waitingLimits = { events: 256, characters: 4 * 1024 * 1024 } as const;
const messageLimit = 1024 * 1024;

/** How often a silent subgraph is asked whether it is still there, and how long it may take; milliseconds. */
const keepAlive = 10_000;
const pongWithin = 5_000;

/** How long it may take to open the socket, and then to be let in; milliseconds. */
const openWithin = 5_000;

/** One socket to each subgraph, opened by the first subscription and shared by all. */
export class UpstreamSockets implements AsyncDisposable {
  readonly #urls: ReadonlyMap<string, URL>;
  readonly #credentials: Credentials;
  readonly #sockets = new Map<string, SharedSocket>();

  constructor(urls: ReadonlyMap<string, URL>, credentials: Credentials) {
    this.#urls = urls;
    this.#credentials = credentials;
  }

  /**
   * Events as they come. A lost upstream is not dialled anew here: events may have been missed, so
   * the stream gets a Fault SUBGRAPH_UNAVAILABLE and resumes by its cursor.
   */
  subscribe(subgraph: string, { query, variables }: EventRequest, caller: Caller): AsyncIterable<unknown> {
    let leave: (() => void) | undefined;
    let hasLeft = false;
    const queue = new EventQueue<unknown>(waitingLimits, () => {
      hasLeft = true;
      leave?.();
    });
    this.#credentials
      .of(caller, subgraph)
      .then((claims) => {
        if (hasLeft) return;
        const payload = {
          query,
          variables: { ...variables },
          ...(claims && { extensions: { claims, [traceHeader]: newTraceparent() } }),
        };
        leave = this.#socket(subgraph).subscribe(payload, queue);
      })
      .catch(() => queue.end(new Fault("SUBGRAPH_UNAVAILABLE")));
    return queue;
  }

  #socket(subgraph: string): SharedSocket {
    const known = this.#sockets.get(subgraph);
    if (known !== undefined) return known;
    const url = this.#urls.get(subgraph);
    if (url === undefined) throw new Fault("SUBGRAPH_UNAVAILABLE");
    const socket = new SharedSocket(
      url,
      { claims: () => this.#credentials.ofGateway(subgraph), tls: this.#credentials.tls },
      () => this.#sockets.delete(subgraph),
    );
    this.#sockets.set(subgraph, socket);
    return socket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#sockets.values()].map((socket) => socket[Symbol.asyncDispose]()));
  }
}

/**
 * One socket, for as long as it is open and somebody subscribes over it. graphql-ws would open another by
 * itself after some closings (1000), and subscribe again as before, whatever has been missed meanwhile.
 */
class SharedSocket implements AsyncDisposable {
  readonly #client: Client;
  readonly #onGone: () => void;
  /** Who subscribes, and how each leaves. */
  readonly #readers = new Map<EventQueue<unknown>, () => void>();
  #isGone = false;

  constructor(url: URL, opening: Opening, onGone: () => void) {
    this.#client = openClient(url, opening, () => this.#lose());
    this.#onGone = onGone;
  }

  /** @returns what ends the subscription. */
  subscribe(payload: SubscribePayload, queue: EventQueue<unknown>): () => void {
    const end = (reason?: unknown) => {
      queue.end(reason);
      this.#leave(queue);
    };
    const leave = this.#client.subscribe(payload, {
      next: (event) => {
        if (!queue.push(event)) end(new Fault("SLOW_CONSUMER"));
      },
      error: (reason) => end(faultOf(reason)),
      complete: () => end(),
    });
    this.#readers.set(queue, leave);
    return () => this.#leave(queue);
  }

  #leave(queue: EventQueue<unknown>): void {
    const leave = this.#readers.get(queue);
    this.#readers.delete(queue);
    leave?.();
    if (this.#readers.size === 0) this.#end();
  }

  #lose(): void {
    this.#end();
    for (const [queue, leave] of this.#readers) {
      queue.end(new Fault("SUBGRAPH_UNAVAILABLE"));
      leave();
    }
    this.#readers.clear();
  }

  #end(): void {
    if (!this.#isGone) this.#onGone();
    this.#isGone = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.dispose();
  }
}

/** A subgraph refuses with a list of errors, of which the code goes on; all else is a broken socket. */
function faultOf(reason: unknown): GraphQLError {
  if (!Array.isArray(reason)) return new Fault("SUBGRAPH_UNAVAILABLE");
  const code = codeOf(reason[0]);
  return new GraphQLError(faultText(code), { extensions: { code } });
}

/** How a socket is opened: with what the gateway states, and with what it shows over TLS. */
interface Opening {
  readonly tls: ClientTls | undefined;
  claims(): Promise<string | undefined>;
}

function openClient(url: URL, { claims, tls }: Opening, onClosed: () => void): Client {
  let pongTimer: NodeJS.Timeout | undefined;
  const client = createClient({
    url: url.href.replace(/^http/, "ws"),
    webSocketImpl: patientSocket(tls),
    connectionAckWaitTimeout: openWithin,
    connectionParams: async () => {
      const statement = await claims();
      return statement === undefined ? undefined : { claims: statement };
    },
    retryAttempts: 0,
    keepAlive,
    on: {
      // A half-open connection tells nothing: without a pong in time it counts as lost.
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), pongWithin);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: () => {
        clearTimeout(pongTimer);
        onClosed();
      },
    },
  });
  return client;
}

/** A socket to a subgraph. What answers nothing at all must not be waited for without end. */
function patientSocket(tls: ClientTls | undefined) {
  return class PatientSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, {
        handshakeTimeout: openWithin,
        perMessageDeflate: false,
        maxPayload: messageLimit,
        ...tls,
      });
    }
  };
}
