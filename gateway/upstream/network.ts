import type { Credentials } from "./credentials.ts";
import { type Deadlines, HttpCalls, type InProcess, type OwnHeaders } from "./http-calls.ts";
import type { Caller, EventRequest, Subgraphs } from "./port.ts";
import { UpstreamSockets } from "./upstream-sockets.ts";

/** The subgraphs over the network: calls over HTTP, but for those in this process, and events over WebSocket. */
export class NetworkSubgraphs implements Subgraphs, AsyncDisposable {
  readonly #calls: HttpCalls;
  readonly #sockets: UpstreamSockets;

  constructor(
    urls: ReadonlyMap<string, URL>,
    credentials: Credentials,
    deadline: number | Deadlines,
    ownHeaders?: OwnHeaders,
    inProcess?: InProcess,
  ) {
    this.#calls = new HttpCalls(urls, credentials, deadline, ownHeaders, inProcess);
    this.#sockets = new UpstreamSockets(urls, credentials);
  }

  call(subgraph: string, body: string, caller: Caller): Promise<unknown> {
    return this.#calls.call(subgraph, body, caller);
  }

  subscribe(subgraph: string, request: EventRequest, caller: Caller): AsyncIterable<unknown> {
    return this.#sockets.subscribe(subgraph, request, caller);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#sockets[Symbol.asyncDispose](), this.#calls[Symbol.asyncDispose]()]);
  }
}
