import { inspect } from "node:util";

declare const brand: unique symbol;

/** A text that has passed the test of its kind. */
type Branded<Kind extends string> = string & { readonly [brand]: Kind };

/** Registration number of an institution (BRIN): two digits, two capitals, such as `99ZZ`. */
export type Brin = Branded<"Brin">;

/** One site of an institution: its BRIN and the two digits of the site (vestiging), such as `99ZZ00`. */
export type SiteId = Branded<"SiteId">;

/** Identification number of an organisation (OIN, Logius): twenty digits. */
export type Oin = Branded<"Oin">;

/**
 * Citizen service number (BSN).
 *
 * It masks itself wherever it is printed, so that a stray log line or an error that carries an
 * object does not publish it. Only `reveal` gives the digits. Compare with `equals`: two instances
 * look alike to a generic deep comparison.
 */
export class Bsn {
  readonly #digits: string;

  private constructor(digits: string) {
    this.#digits = digits;
  }

  /**
   * Reads nine digits, or eight that lack the leading zero.
   *
   * @returns undefined unless the number passes the eleven-proof (weights 9 8 7 6 5 4 3 2 −1, sum
   * divisible by 11). `000000000` passes the sum and is nobody's, so it is refused.
   */
  static parse(text: string): Bsn | undefined {
    if (!/^[0-9]{8,9}$/.test(text)) return undefined;
    const digits = text.padStart(9, "0");
    if (digits === "000000000") return undefined;
    return passesElevenProof(digits) ? new Bsn(digits) : undefined;
  }

  /** The nine digits, for a look-up in a registry and nothing else. */
  reveal(): string {
    return this.#digits;
  }

  equals(other: Bsn): boolean {
    return this.#digits === other.#digits;
  }

  toString(): string {
    return "BSN(masked)";
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

function passesElevenProof(nineDigits: string): boolean {
  let sum = 0;
  for (let place = 0; place < 9; place += 1) {
    const weight = place === 8 ? -1 : 9 - place;
    sum += weight * Number(nineDigits[place]);
  }
  return sum % 11 === 0;
}

/** @returns undefined unless the text is written exactly as a BRIN is: capitals, no spaces. */
export function parseBrin(text: string): Brin | undefined {
  return /^[0-9]{2}[A-Z]{2}$/.test(text) ? (text as Brin) : undefined;
}

/** @returns undefined unless the text is a BRIN followed by the two digits of a site. */
export function parseSiteId(text: string): SiteId | undefined {
  return /^[0-9]{2}[A-Z]{2}[0-9]{2}$/.test(text) ? (text as SiteId) : undefined;
}

/** The BRIN of the institution that the site belongs to. */
export function brinOf(site: SiteId): Brin {
  return site.slice(0, 4) as Brin;
}

/** The two digits of the site within its institution: `00` is the main site. */
export function siteNumberOf(site: SiteId): string {
  return site.slice(4);
}

/**
 * Reads an OIN: a prefix of eight digits that names the register, then that register's number,
 * filled up with zeros to twenty positions. In use are 1 (RSIN), 2 (first OINs, "Fi-nummer"),
 * 3 (KvK), 4 (sub-OIN), 5 to 8 (others, of which 7 is BRIN) and 99 (test).
 */
export function parseOin(text: string): Oin | undefined {
  return /^000000(?:0[1-8]|99)[0-9A-Z]{9}[0-9]{3}$/.test(text) ? (text as Oin) : undefined;
}
