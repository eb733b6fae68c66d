import type { SiteId } from "../../plumbing/identifiers.ts";
import { ImportRefused } from "../outcome.ts";
import type { EdexmlRecord } from "./record.ts";
import { readSiteNumber, type School } from "./school.ts";

/** More sites than any school has. */
const MOST_SITES = 500;

/**
 * The sites that a file speaks for: the school's own, and every `vestiging` with a site number
 * (`dependancecode`). A vestiging without one is a location of the school's own site.
 */
export class Sites {
  readonly #numbers = new Map<string, string>();
  readonly #names = new Map<string, string | null>();
  readonly #school: School;

  constructor(school: School) {
    this.#school = school;
    this.#names.set(school.siteNumber, null);
  }

  /** @throws ImportRefused SCHOOL_INVALID where a site has no key or an impossible number */
  add(record: EdexmlRecord): void {
    const own = record.text("dependancecode") === undefined;
    const number = own ? this.#school.siteNumber : readSiteNumber(record);
    const full = this.#numbers.size >= MOST_SITES;
    if (record.key === undefined || number === undefined || full) {
      throw new ImportRefused("SCHOOL_INVALID", record.line);
    }
    this.#numbers.set(record.key, number);
    if (!own) this.#names.set(number, record.text("naam") ?? null);
  }

  /**
   * The number of the site that a key of the file stands for, the school's own where there is no key.
   * Undefined where the file does not know the key.
   */
  numberFor(key: string | null): string | undefined {
    return key === null ? this.#school.siteNumber : this.#numbers.get(key);
  }

  /** Each site number with the site's name, where the file gives one. */
  all(): ReadonlyMap<string, string | null> {
    return this.#names;
  }

  /** The school's own site, in one word: `99ZZ00`. */
  get ownSite(): SiteId {
    return `${this.#school.brin}${this.#school.siteNumber}` as SiteId;
  }
}
