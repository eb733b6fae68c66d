import { Agent, request } from "undici";
import type { ClientTls } from "../../plumbing/tls.ts";
import type { ContractDefinition } from "../contracts/definition.ts";

/** How long a subgraph may take to say how it is, and how long what it said holds; milliseconds. */
const patience = 2_000;
const freshFor = 2_000;

/** What a federation is made of. */
export interface FederationParts {
  readonly contracts: ReadonlyMap<string, ContractDefinition>;
  /** By name. */
  readonly addresses: ReadonlyMap<string, URL>;
}

/** `READY` and `NOT_READY` are the subgraph's own word; `UNREACHABLE` is one that gives none. */
export type Health = "READY" | "NOT_READY" | "UNREACHABLE";

/** Who is served by which subgraphs, and how these are: nothing of what passes through. */
export interface FederationState {
  readonly contracts: readonly { readonly name: string; readonly subgraphs: readonly string[] }[];
  readonly subgraphs: readonly { readonly name: string; readonly health: Health }[];
}

/** Tells the state of a federation, and asks each subgraph at its `GET /ready` at most once in a while. */
export class Federation implements AsyncDisposable {
  readonly #parts: () => FederationParts;
  readonly #way: Agent;
  #last: { readonly at: number; readonly state: Promise<FederationState> } | undefined;

  /**
   * @param parts those of the moment.
   * @param tls as the gateway calls subgraphs: one that asks for a certificate would seem out of reach without.
   */
  constructor(parts: () => FederationParts, tls?: ClientTls) {
    this.#parts = parts;
    this.#way = new Agent(tls && { connect: tls });
  }

  state(): Promise<FederationState> {
    const now = performance.now();
    if (this.#last === undefined || now - this.#last.at > freshFor) this.#last = { at: now, state: this.#look() };
    return this.#last.state;
  }

  async #look(): Promise<FederationState> {
    const { contracts, addresses } = this.#parts();
    const names = [...addresses.keys()].sort();
    return {
      contracts: [...contracts].map(([name, { graphs = names }]) => ({ name, subgraphs: [...graphs].sort() })),
      subgraphs: await Promise.all(
        [...addresses]
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(async ([name, url]) => ({ name, health: await healthOf(url, this.#way) })),
      ),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#way.destroy();
  }
}

async function healthOf(address: URL, way: Agent): Promise<Health> {
  try {
    const { statusCode, body } = await request(new URL("/ready", address), {
      dispatcher: way,
      signal: AbortSignal.timeout(patience),
    });
    await body.dump();
    return statusCode === 200 ? "READY" : "NOT_READY";
  } catch {
    return "UNREACHABLE";
  }
}
