const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Which ids that were drawn by chance stand for one another in the two worlds. Such an id tells nothing by itself, only
 * where else it stands: so one of A may be another of B, as long as each always stands for the same one.
 */
export class Renaming {
  readonly #isDrawn: (id: string) => boolean;
  #inB = new Map<string, string>();
  #inA = new Map<string, string>();

  /** @param isDrawn whether an id was drawn by chance, and not made of anything */
  constructor(isDrawn: (id: string) => boolean) {
    this.#isDrawn = isDrawn;
  }

  /** The same text with B's ids in the place of A's, for a question to B. */
  inB(text: string): string {
    return this.#inB.size === 0 ? text : text.replace(uuid, (id) => this.#inB.get(id) ?? id);
  }

  /** What was seen in B, with A's ids in the place of B's. New ids that stand in the same place are taken for one another. */
  inA(A: string, B: string): string {
    if (A === B) return B;
    const [ofA, ofB] = [A.match(uuid) ?? [], B.match(uuid) ?? []];
    if (ofA.length === ofB.length) for (const [place, a] of ofA.entries()) this.#meet(a, ofB[place] ?? "");
    return B.replace(uuid, (id) => this.#inA.get(id) ?? id);
  }

  forget(): void {
    this.#inB = new Map();
    this.#inA = new Map();
  }

  #meet(a: string, b: string): void {
    if (a === b || this.#inB.has(a) || this.#inA.has(b) || !this.#isDrawn(a) || !this.#isDrawn(b)) return;
    this.#inB.set(a, b);
    this.#inA.set(b, a);
  }
}
