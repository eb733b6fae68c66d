import { Fault } from "../../plumbing/faults.ts";
import type { SignIn } from "../sign-in.ts";

/**
 * Asks again, while a socket is open, whether its token still holds, and ends what hangs on one that does not. Each
 * replica asks for its own sockets, so nothing has to be told from one to another, nor outlive a restart.
 */
export class Rechecks<T> implements Disposable {
  readonly #signIn: SignIn;
  readonly #onEnd: (one: T) => void;
  readonly #held = new Map<string, { readonly authorization: unknown; readonly all: Set<T> }>();
  readonly #every: number;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  /** @param every how often, in milliseconds. */
  constructor(signIn: SignIn, every: number, onEnd: (one: T) => void) {
    this.#signIn = signIn;
    this.#onEnd = onEnd;
    this.#every = every;
    this.#askIn(every);
  }

  /** @param id of the token: those of one token are asked about once. */
  add(id: string, authorization: unknown, one: T): void {
    const held = this.#held.get(id) ?? { authorization, all: new Set<T>() };
    this.#held.set(id, held);
    held.all.add(one);
  }

  delete(id: string, one: T): void {
    const held = this.#held.get(id);
    if (held?.all.delete(one) && held.all.size === 0) this.#held.delete(id);
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #askIn(milliseconds: number): void {
    this.#timer = setTimeout(() => void this.#ask(), milliseconds).unref();
  }

  async #ask(): Promise<void> {
    const began = performance.now();
    const waiting = [...this.#held.entries()];
    const next = async (): Promise<void> => {
      for (let held = waiting.pop(); held !== undefined; held = waiting.pop()) {
        const [id, { authorization, all }] = held;
        if (await this.#holds(authorization)) continue;
        this.#held.delete(id);
        for (const one of all) this.#onEnd(one);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, next));
    // A provider that is slow is not asked by more and more at once; nor is it left alone for a whole turn longer.
    if (!this.#isOver) this.#askIn(Math.max(0, this.#every - (performance.now() - began)));
  }

  /** While the provider cannot be asked, a right stays what it was: until it ends by itself, an hour at most. */
  async #holds(authorization: unknown): Promise<boolean> {
    try {
      await this.#signIn.verify(authorization);
      return true;
    } catch (error) {
      return !(error instanceof Fault) || error.code === "SUBGRAPH_UNAVAILABLE";
    }
  }
}

/** How many tokens are asked about at once: 5,000 in a second and a half, of a provider that takes 20 ms. */
const atOnce = 64;
