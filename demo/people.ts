import { NAME_LISTS, type NameList } from "./name-lists.ts";
import type { SeededRandom } from "./random.ts";

/** 1 male, 2 female: EDEXML's own codes. */
export type Gender = "1" | "2";

/** A fictional person's name, in the parts that Dutch registries keep. */
export interface DemoName {
  readonly familyName: string;
  readonly prefix: string | undefined;
  /** All given names, the first one first. */
  readonly givenNames: string;
  readonly callName: string;
}

/** A fictional child. */
export interface DemoChild {
  readonly name: DemoName;
  readonly gender: Gender;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
}

/** Makes up people, some of them of one family; no two of the same name and birth date. */
export class People {
  readonly #random: SeededRandom;
  readonly #known = new Set<string>();
  #family: { list: NameList; name: string } | undefined;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Keeps a child's name and birth date from being made up once more. */
  reserve(child: Pick<DemoChild, "name" | "birthDate">): void {
    this.#known.add(identityOf(child));
  }

  child(bornFrom: string, bornTo: string): DemoChild {
    for (;;) {
      const sibling = this.#family !== undefined && this.#random.chance(0.2);
      if (!sibling) this.#family = this.#newFamily();
      const gender = this.#random.pick<Gender>(["1", "2"]);
      const child = {
        name: this.#name(this.#family ?? this.#newFamily(), gender),
        gender,
        birthDate: this.#random.day(bornFrom, bornTo),
      };
      if (this.#known.has(identityOf(child))) continue;
      this.reserve(child);
      return child;
    }
  }

  adult(): DemoName {
    return this.#name(this.#newFamily(), this.#random.pick<Gender>(["1", "2", "2"]));
  }

  #newFamily(): { list: NameList; name: string } {
    const list = this.#pickList();
    return { list, name: this.#random.pick(list.families) };
  }

  #pickList(): NameList {
    let left = this.#random.next() * NAME_LISTS.reduce((sum, { weight }) => sum + weight, 0);
    for (const list of NAME_LISTS) {
      left -= list.weight;
      if (left < 0) return list;
    }
    return this.#random.pick(NAME_LISTS);
  }

  #name(family: { list: NameList; name: string }, gender: Gender): DemoName {
    const given = gender === "1" ? family.list.boys : family.list.girls;
    const callName = this.#random.pick(given);
    const second = this.#random.chance(0.4) ? this.#random.pick(given) : callName;
    const [familyName = "", prefix] = family.name.split("|").toReversed();
    return { familyName, prefix, givenNames: second === callName ? callName : `${callName} ${second}`, callName };
  }
}

function identityOf({ name, birthDate }: Pick<DemoChild, "name" | "birthDate">): string {
  return `${name.callName}|${name.prefix ?? ""}|${name.familyName}|${birthDate}`;
}

/** Initials as registries write them: `N.E.` */
export function initialsOf(name: DemoName): string {
  return name.givenNames
    .split(" ")
    .map((given) => `${given.slice(0, 1)}.`)
    .join("");
}
