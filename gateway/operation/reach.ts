import type { Credentials } from "../upstream/credentials.ts";
import type { CallOptions } from "../upstream/http-calls.ts";
import { NetworkSubgraphs } from "../upstream/network.ts";
import type { Subgraphs } from "../upstream/port.ts";

/** The ways to subgraphs at certain addresses, for one who uses them until it disposes of them. */
export interface Ways extends AsyncDisposable {
  readonly subgraphs: Subgraphs;
}

/** Ways that several may use. */
interface Shared {
  readonly subgraphs: NetworkSubgraphs;
  users: number;
}

/**
 * The ways to the subgraphs, by where these are. A new supergraph that leads to the same addresses goes on with the
 * same connections; those that lead elsewhere are closed once nobody uses them any more.
 */
export class Reach implements AsyncDisposable {
  readonly #credentials: Credentials;
  readonly #options: CallOptions;
  readonly #shared = new Map<string, Shared>();

  constructor(credentials: Credentials, options: CallOptions) {
    this.#credentials = credentials;
    this.#options = options;
  }

  at(addresses: ReadonlyMap<string, URL>): Ways {
    const key = JSON.stringify([...addresses].map(([name, { href }]) => [name, href]).sort());
    const shared = this.#shared.get(key) ?? {
      subgraphs: new NetworkSubgraphs(addresses, this.#credentials, this.#options),
      users: 0,
    };
    this.#shared.set(key, shared);
    shared.users += 1;
    let isUsed = true;
    return {
      subgraphs: shared.subgraphs,
      [Symbol.asyncDispose]: async () => {
        if (!isUsed) return;
        isUsed = false;
        await this.#leave(key, shared);
      },
    };
  }

  /** Whether the circuit of each subgraph is open, by its name, at whichever of its addresses. */
  circuits(): ReadonlyMap<string, boolean> {
    const open = new Map<string, boolean>();
    for (const { subgraphs } of this.#shared.values()) {
      for (const [name, isOpen] of subgraphs.circuits()) open.set(name, isOpen || open.get(name) === true);
    }
    return open;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.#shared.values()];
    this.#shared.clear();
    await Promise.all(all.map(({ subgraphs }) => subgraphs[Symbol.asyncDispose]()));
  }

  async #leave(key: string, shared: Shared): Promise<void> {
    shared.users -= 1;
    if (shared.users > 0 || this.#shared.get(key) !== shared) return;
    this.#shared.delete(key);
    await shared.subgraphs[Symbol.asyncDispose]();
  }
}
