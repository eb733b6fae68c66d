import type { Credentials } from "../upstream/credentials.ts";
import type { Deadlines, InProcess, OwnHeaders } from "../upstream/http-calls.ts";
import { NetworkSubgraphs } from "../upstream/network.ts";
import type { Subgraphs } from "../upstream/port.ts";

/**
 * The ways to the subgraphs. They stay open when a new supergraph leads elsewhere, as requests and
 * subscriptions may be on them; one that nobody uses any more holds no connection.
 */
export class Reach implements AsyncDisposable {
  readonly #credentials: Credentials;
  readonly #deadlines: Deadlines;
  readonly #headers: OwnHeaders | undefined;
  readonly #inProcess: InProcess | undefined;
  readonly #ways = new Map<string, NetworkSubgraphs>();

  constructor(credentials: Credentials, deadlines: Deadlines, headers?: OwnHeaders, inProcess?: InProcess) {
    this.#credentials = credentials;
    this.#deadlines = deadlines;
    this.#headers = headers;
    this.#inProcess = inProcess;
  }

  at(addresses: ReadonlyMap<string, URL>): Subgraphs {
    const key = JSON.stringify([...addresses].map(([name, { href }]) => [name, href]).sort());
    const known = this.#ways.get(key);
    if (known !== undefined) return known;
    const way = new NetworkSubgraphs(addresses, this.#credentials, this.#deadlines, this.#headers, this.#inProcess);
    this.#ways.set(key, way);
    return way;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#ways.values()].map((way) => way[Symbol.asyncDispose]()));
  }
}
