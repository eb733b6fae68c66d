/** What an observer is told of an operation: never its text, nor its variables. */
export interface Observed {
  readonly contract: string;
  /** Computed when it is asked for: the SHA-256 of the document's text, in hexadecimal. */
  hash(): string;
}

/** Is around what the gateway does: counts it, times it, or traces it. It changes nothing. */
export interface Observer {
  /** @param codesOf the codes of the errors in an answer. */
  operation<T>(observed: Observed, run: () => Promise<T>, codesOf: (answer: T) => readonly string[]): Promise<T>;
  /** One event of a subscription, from where it came to the answer for all who are told of it. */
  event<T>(observed: Observed, run: () => Promise<T>, codesOf: (answer: T) => readonly string[]): Promise<T>;
  plan<T>(run: () => Promise<T>): Promise<T>;
  call<T>(subgraph: string, run: () => Promise<T>): Promise<T>;
  /** A subscription at a subgraph has begun. @returns what is called when it has ended. */
  subscription(subgraph: string): () => void;
}

/** Several observers, the first outermost; undefined where there is none. */
export function inTurn(observers: readonly Observer[]): Observer | undefined {
  return observers.length === 0 ? undefined : observers.reduceRight((inner, outer) => around(outer, inner));
}

function around(outer: Observer, inner: Observer): Observer {
  return {
    operation: (observed, run, codesOf) =>
      outer.operation(observed, () => inner.operation(observed, run, codesOf), codesOf),
    event: (observed, run, codesOf) => outer.event(observed, () => inner.event(observed, run, codesOf), codesOf),
    plan: (run) => outer.plan(() => inner.plan(run)),
    call: (subgraph, run) => outer.call(subgraph, () => inner.call(subgraph, run)),
    subscription: (subgraph) => {
      const ends = [outer.subscription(subgraph), inner.subscription(subgraph)];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
