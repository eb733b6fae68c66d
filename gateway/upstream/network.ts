import type { Credentials } from "./credentials.ts";
import { type CallOptions, HttpCalls } from "./http-calls.ts";
import type { Caller, EventRequest, Subgraphs } from "./port.ts";
import { UpstreamSockets } from "./upstream-sockets.ts";

/** The subgraphs over the network: calls over HTTP, but for those in this process, and events over WebSocket. */
export class NetworkSubgraphs implements Subgraphs, AsyncDisposable {
  readonly #calls: HttpCalls;
  readonly #sockets: UpstreamSockets;

  constructor(urls: ReadonlyMap<string, URL>, credentials: Credentials, options: CallOptions) {
    this.#calls = new HttpCalls(urls, credentials, options);
    this.#sockets = new UpstreamSockets(urls, credentials);
  }

  call(subgraph: string, body: string, caller: Caller): Promise<unknown> {
    return this.#calls.call(subgraph, body, caller);
  }

  subscribe(subgraph: string, request: EventRequest, caller: Caller): AsyncIterable<unknown> {
    return this.#sockets.subscribe(subgraph, request, caller);
  }

  /** Whether the circuit of each subgraph is open, by its name. */
  circuits(): ReadonlyMap<string, boolean> {
    return this.#calls.circuits();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#sockets[Symbol.asyncDispose](), this.#calls[Symbol.asyncDispose]()]);
  }
}
