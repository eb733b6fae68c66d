import type { RowReason } from "../outcome.ts";

/** The elements that an import reads; all else in the file is passed over. */
export type RecordKind = "school" | "vestiging" | "groep" | "samengestelde_groep" | "leerling" | "leerkracht";

/** Longest text of a field, in characters. No name comes near it. */
const LONGEST_TEXT = 500;

/** More fields than any record has, with a teacher's groups counted one by one. */
const MOST_FIELDS = 1_000;

/** One record of the file: its key and its fields, by their path within it (`groepen/groep`). */
export class EdexmlRecord {
  /** The record's key; undefined where it is missing or longer than a key can be. */
  readonly key: string | undefined;
  readonly #texts = new Map<string, string[]>();
  readonly #references = new Map<string, string[]>();
  #fields = 0;
  #fault: RowReason | undefined;

  constructor(
    readonly kind: RecordKind,
    /** Line of the file on which the record begins, from 1. */
    readonly line: number,
    keyAttribute: string | undefined,
  ) {
    const key = keyAttribute?.trim() ?? "";
    this.key = key === "" || key.length > LONGEST_TEXT ? undefined : key;
  }

  /** What is wrong with the record as a whole, whatever it says. */
  get fault(): RowReason | undefined {
    return this.#fault;
  }

  /** Adds the text of an element; an empty one counts as absent. */
  addText(path: string, text: string): void {
    const trimmed = text.trim();
    if (trimmed === "") return;
    if (trimmed.length > LONGEST_TEXT) this.#fault ??= "TEXT_TOO_LONG";
    else this.#add(this.#texts, path, trimmed);
  }

  /** Adds the key that an element refers to. */
  addReference(path: string, key: string): void {
    if (key.length > LONGEST_TEXT) this.#fault ??= "TEXT_TOO_LONG";
    else this.#add(this.#references, path, key.trim());
  }

  /** The text of the first element at a path. */
  text(path: string): string | undefined {
    return this.#texts.get(path)?.[0];
  }

  texts(path: string): readonly string[] {
    return this.#texts.get(path) ?? [];
  }

  /** The key that the first element at a path refers to. */
  reference(path: string): string | undefined {
    return this.#references.get(path)?.[0];
  }

  references(path: string): readonly string[] {
    return this.#references.get(path) ?? [];
  }

  #add(fields: Map<string, string[]>, path: string, value: string): void {
    this.#fields += 1;
    if (this.#fields > MOST_FIELDS) {
      this.#fault ??= "TOO_MANY_FIELDS";
      return;
    }
    const values = fields.get(path);
    if (values === undefined) fields.set(path, [value]);
    else values.push(value);
  }
}
