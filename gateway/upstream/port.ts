/** On whose behalf the gateway asks: a verified access token. */
export interface Caller {
  /** Stands for the token in caches; never the token itself. */
  readonly id: string;
  /** The contract that the caller is served. */
  readonly party: string;
  /** What the subgraphs are told of the caller: the private claims of the token. */
  readonly rights: Readonly<Record<string, unknown>>;
  /** When the right ends, in seconds since 1970. */
  readonly until: number;
}

/** The body of a subscription at a subgraph. */
export interface EventRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** How the executor reaches the subgraphs: over HTTP and WebSocket, or whatever a test puts here. */
export interface Subgraphs {
  /**
   * Sends one operation as JSON text and returns the parsed answer, whatever it is.
   * Rejects where there is none: the subgraph is down, too slow, or does not speak JSON.
   */
  call(subgraph: string, body: string, caller: Caller): Promise<unknown>;
  /** Subscribes, and yields each answer as it came. Throws a Fault where the stream breaks. */
  subscribe(subgraph: string, request: EventRequest, caller: Caller): AsyncIterable<unknown>;
}
