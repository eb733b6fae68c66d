import type { ClaimsSigner, SignedClaims } from "../../plumbing/claims.ts";
import type { Clock } from "../../plumbing/clock.ts";
import type { ClientTls } from "../../plumbing/tls.ts";
import { RecentMap } from "../recent.ts";
import type { Caller } from "./port.ts";

/** The most statements that are kept: one for each token and subgraph in use. */
const kept = 20_000;

const nothing = Promise.resolve(undefined);

/** The signed statements that subgraphs ask for: who is asking, and that the gateway has verified it. */
export class Credentials {
  readonly #signer: ClaimsSigner | undefined;
  readonly #clock: Clock;
  readonly #signed = new RecentMap<SignedClaims>(kept);

  /** With which connections to subgraphs are made, where they are reached by https. */
  readonly tls: ClientTls | undefined;

  /** @param signer without one nothing is stated: the subgraphs are such as ask for nothing. */
  constructor(signer: ClaimsSigner | undefined, clock: Clock, tls?: ClientTls) {
    this.tls = tls;
    this.#signer = signer;
    this.#clock = clock;
  }

  /** A statement about a caller for one subgraph, which must not use it at another. */
  of(caller: Caller, subgraph: string): Promise<string | undefined> {
    return this.#signer === undefined ? nothing : this.#stated(this.#signer, caller, subgraph);
  }

  async #stated(signer: ClaimsSigner, caller: Caller, subgraph: string): Promise<string> {
    const key = `${caller.id}\n${subgraph}`;
    const known = this.#signed.get(key);
    if (known !== undefined && known.staleAt > this.#now()) return known.jws;
    const signed = await signer.sign(caller.rights, subgraph.toLowerCase(), caller.until);
    this.#signed.set(key, signed);
    return signed.jws;
  }

  /** The gateway's own statement, with which it opens a socket before anyone has asked. */
  async ofGateway(subgraph: string): Promise<string | undefined> {
    const until = this.#now() + 60;
    const signed = await this.#signer?.sign({ sub: "gateway", party: "gateway" }, subgraph.toLowerCase(), until);
    return signed?.jws;
  }

  #now(): number {
    return this.#clock.now().getTime() / 1000;
  }
}
