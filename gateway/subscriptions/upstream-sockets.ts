import { GraphQLError } from "graphql";
import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { Fault, faultText } from "../../plumbing/faults.ts";
import type { ClientTls } from "../../plumbing/tls.ts";
import { newTraceparent, traceHeader } from "../../plumbing/trace-context.ts";
import { codeOf } from "../executor/answers.ts";
import type { Credentials } from "../upstream/credentials.ts";
import type { Caller, EventRequest } from "../upstream/port.ts";
import { EventQueue } from "./event-queue.ts";

/** How many events may wait for one reader. */
const waitingLimit = 256;

/** How often a silent subgraph is asked whether it is still there, and how long it may take; milliseconds. */
const keepAlive = 10_000;
const pongWithin = 5_000;

/** How long it may take to open the socket, and then to be let in; milliseconds. */
const openWithin = 5_000;

/** One socket to each subgraph, opened by the first subscription and shared by all. */
export class UpstreamSockets implements AsyncDisposable {
  readonly #urls: ReadonlyMap<string, URL>;
  readonly #credentials: Credentials;
  readonly #clients = new Map<string, Client>();

  constructor(urls: ReadonlyMap<string, URL>, credentials: Credentials) {
    this.#urls = urls;
    this.#credentials = credentials;
  }

  /**
   * Events as they come. A lost upstream is not dialled anew here: events may have been missed, so
   * the stream gets a Fault SUBGRAPH_UNAVAILABLE and resumes by its cursor.
   */
  subscribe(subgraph: string, request: EventRequest, caller: Caller): AsyncIterable<unknown> {
    let leave: (() => void) | undefined;
    let hasLeft = false;
    const queue = new EventQueue<unknown>(waitingLimit, () => {
      hasLeft = true;
      leave?.();
    });
    this.#credentials
      .of(caller, subgraph)
      .then((claims) => {
        if (hasLeft) return;
        leave = this.#client(subgraph).subscribe(
          {
            query: request.query,
            variables: { ...request.variables },
            ...(claims && { extensions: { claims, [traceHeader]: newTraceparent() } }),
          },
          {
            next: (event) => {
              if (queue.push(event)) return;
              queue.end(new Fault("SLOW_CONSUMER"));
              leave?.();
            },
            error: (reason) => queue.end(faultOf(reason)),
            complete: () => queue.end(),
          },
        );
      })
      .catch(() => queue.end(new Fault("SUBGRAPH_UNAVAILABLE")));
    return queue;
  }

  #client(subgraph: string): Client {
    const known = this.#clients.get(subgraph);
    if (known !== undefined) return known;
    const url = this.#urls.get(subgraph);
    if (url === undefined) throw new Fault("SUBGRAPH_UNAVAILABLE");
    const client = openClient(url, () => this.#credentials.ofGateway(subgraph), this.#credentials.tls);
    this.#clients.set(subgraph, client);
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.dispose()));
  }
}

/** A subgraph refuses with a list of errors, of which the code goes on; all else is a broken socket. */
function faultOf(reason: unknown): GraphQLError {
  if (!Array.isArray(reason)) return new Fault("SUBGRAPH_UNAVAILABLE");
  const code = codeOf(reason[0]);
  return new GraphQLError(faultText(code), { extensions: { code } });
}

function openClient(url: URL, claims: () => Promise<string | undefined>, tls: ClientTls | undefined): Client {
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
      closed: () => clearTimeout(pongTimer),
    },
  });
  return client;
}

/** A socket to a subgraph. What answers nothing at all must not be waited for without end. */
function patientSocket(tls: ClientTls | undefined) {
  return class PatientSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { handshakeTimeout: openWithin, perMessageDeflate: false, ...tls });
    }
  };
}
