import type { ErasableChild } from "./children.ts";

/** A text, and where it stands. */
export interface PlacedText {
  readonly place: string;
  readonly text: string;
}

/** That a child was found. It says by what, and never by which value. */
export interface Finding {
  readonly place: string;
  readonly by: string;
  readonly child: ErasableChild;
}

interface Term {
  readonly by: string;
  readonly child: ErasableChild;
}

/** Looks for children by all that names them, in whatever form it would be written. */
export class Search {
  readonly #folded = new Map<string, Term>();
  readonly #exact = new Map<string, Term>();

  /** @param recognisers digests and keys that stand for the child too: where one is left, the child can be recognised. */
  constructor(children: readonly ErasableChild[], recognisers: (child: ErasableChild) => readonly string[]) {
    for (const child of children) {
      const { bsn, givenName, familyName, birthDate, key, numbers } = child;
      const [year, month, day] = birthDate.split("-");
      const names = { BSN: bsn, "given name": givenName, "family name": familyName, key };
      for (const [by, value] of Object.entries(names)) {
        this.#folded.set(value.toLowerCase(), { by, child });
        this.#folded.set(Buffer.from(value).toString("hex"), { by: `${by} in hexadecimal`, child });
        for (const text of base64Forms(value)) this.#exact.set(text, { by: `${by} in base64`, child });
      }
      for (const written of [birthDate, `${year}${month}${day}`, `${day}-${month}-${year}`]) {
        this.#folded.set(written, { by: "birth date", child });
      }
      for (const number of numbers) this.#folded.set(number, { by: "number in a registry", child });
      for (const text of recognisers(child)) this.#exact.set(text, { by: "recogniser", child });
    }
  }

  /** Each child at most once in a text. */
  findIn(texts: Iterable<PlacedText>): Finding[] {
    const folded = anyOf(this.#folded, "gi");
    const exact = anyOf(this.#exact, "g");
    const found: Finding[] = [];
    for (const { place, text } of texts) {
      const here = new Map<ErasableChild, Finding>();
      for (const [match] of text.matchAll(folded)) note(this.#folded.get(match.toLowerCase()));
      for (const [match] of text.matchAll(exact)) note(this.#exact.get(match));
      found.push(...here.values());
      function note(term: Term | undefined): void {
        if (term !== undefined && !here.has(term.child)) here.set(term.child, { place, ...term });
      }
    }
    return found;
  }
}

/** Digits count where no more of a number, or of a hash, stands beside them. */
function anyOf(terms: ReadonlyMap<string, Term>, flags: string): RegExp {
  const written = [...terms.keys()].map((term) => {
    const pattern = term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return /^\d{1,14}$/.test(term) ? `(?<![0-9a-f])${pattern}(?![0-9a-f])` : pattern;
  });
  return new RegExp(written.length > 0 ? written.join("|") : "(?!)", flags);
}

/** What is the same of a text in base64, wherever in a longer one it begins. */
function base64Forms(value: string): string[] {
  return [0, 1, 2].map((before) => {
    const whole = Buffer.from(" ".repeat(before) + value)
      .toString("base64")
      .replaceAll("=", "");
    const from = before === 0 ? 0 : before + 1;
    return whole.slice(from, Math.floor(((before + value.length) * 8) / 6));
  });
}
