/**
 * A person's name as registries keep it. Absent and empty parts count alike.
 */
export interface PersonName {
  /** All given names, or only the first. */
  readonly givenName?: string | null | undefined;
  /** The name that the person goes by, where it is kept apart ("roepnaam"). */
  readonly callName?: string | null | undefined;
  /** What stands before the family name: "van der", "el", "ten". */
  readonly prefix?: string | null | undefined;
  readonly familyName: string;
}

/** Letters that Unicode does not take apart into a base letter and a mark. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ŧ: "t",
  ı: "i",
  ĸ: "k",
  ŋ: "n",
  ς: "σ",
};

/**
 * The form in which one part of a name is compared: lower case, without accents, spaces, hyphens,
 * apostrophes or other punctuation, and with ß, ø, ł and their like written in plain letters.
 * Two spellings of one sound stay two: ü is u, never ue; ij and y differ.
 */
export function comparableName(text: string): string {
  return (
    text
      .normalize("NFKD")
      .toLowerCase()
      // Lower-casing can bring marks of its own (the Turkish İ), so take apart once more.
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[^\p{L}\p{M}\p{N}]/gu, "")
      .replace(/[ßæœøłđðþħŧıĸŋς]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
  );
}

/**
 * The comparable form of the whole family name. The prefix counts, and it does not matter where it
 * was written: apart ("van der" + "Berg"), in front ("van der Berg") or behind ("Berg, van der").
 */
export function comparableFamilyName(name: Pick<PersonName, "prefix" | "familyName">): string {
  const [core = "", behind = ""] = name.familyName.split(/,(.*)/s);
  return comparableName(`${name.prefix ?? ""} ${behind} ${core}`);
}

/**
 * The comparable forms that a person's given name may take: the first given name, all given names
 * together (so that "Anne Marie" meets "Anne-Marie"), and the same of the call name.
 */
function comparableGivenNames(name: Pick<PersonName, "givenName" | "callName">): ReadonlySet<string> {
  const forms = new Set<string>();
  for (const text of [name.givenName ?? "", name.callName ?? ""]) {
    const [first = ""] = text.trim().split(/\s+/);
    forms.add(comparableName(first));
    forms.add(comparableName(text));
  }
  forms.delete("");
  return forms;
}

/**
 * Whether two names can be written for the same person. They are the same exactly when
 *
 * - the family names with their prefixes have one comparable form (`comparableFamilyName`), and
 * - they share a comparable given name (`comparableGivenNames`): the first given name or the call
 *   name of one is that of the other.
 *
 * Nothing is guessed. Different are therefore: a missing prefix ("Berg" and "van der Berg"), an
 * abbreviation ("v.d. Berg"), an initial ("J."), half of a double family name, another spelling
 * ("Jansen", "Janssen"), and any name that lacks a family name or a given name altogether.
 * The relation is symmetric, but not transitive: "Jan" and "Johannes" both meet "Johannes (Jan)".
 */
export function sameName(a: PersonName, b: PersonName): boolean {
  const familyName = comparableFamilyName(a);
  if (familyName === "" || familyName !== comparableFamilyName(b)) return false;
  return !comparableGivenNames(a).isDisjointFrom(comparableGivenNames(b));
}
