import { SaxesParser, type SaxesTagPlain } from "saxes";
import { type FileReason, ImportRefused } from "../outcome.ts";
import { EdexmlRecord, type RecordKind } from "./record.ts";

/** The sections of EDEXML 2.1 in their order, and the records within each. */
const SECTIONS: ReadonlyMap<string, readonly RecordKind[]> = new Map<string, RecordKind[]>([
  ["school", []],
  ["vestigingen", ["vestiging"]],
  ["groepen", ["groep", "samengestelde_groep"]],
  ["leerlingen", ["leerling"]],
  ["leerkrachten", ["leerkracht"]],
]);

const SECTION_ORDER = [...SECTIONS.keys()];

/** EDEXML needs six levels; suppliers' additions may go deeper. */
const DEEPEST = 32;

/** Most characters between two tags. What is longer is refused before it fills the memory. */
const LONGEST_GAP = 8 * 1024 * 1024;

/** Most characters of a text that are kept while it is read; a record cuts further. */
const LONGEST_KEPT = 1_000;

/**
 * Reads EDEXML as a stream of records, in the order of the file. Suppliers' additions
 * (`toevoegingen`) and sections that EDEXML 2.1 does not know are passed over.
 *
 * @throws ImportRefused for a file that is not well-formed, not EDEXML, incomplete, out of order,
 *   or that holds a DOCTYPE. Its message holds nothing of the file.
 */
export async function* readEdexml(text: AsyncIterable<string>): AsyncGenerator<EdexmlRecord> {
  const reader = new EdexmlReader();
  for await (const piece of text) yield* reader.read(piece);
  yield* reader.end();
}

class EdexmlReader {
  readonly #parser = new SaxesParser({ xmlns: false, position: true });
  readonly #path: string[] = [];
  #ready: EdexmlRecord[] = [];
  #record: EdexmlRecord | undefined;
  #recordDepth = 0;
  #text = "";
  #skippedFrom = 0;
  #sectionsSeen: string[] = [];
  #lastTag = 0;

  constructor() {
    this.#parser.on("error", () => this.#refuse("NOT_XML"));
    this.#parser.on("doctype", () => this.#refuse("DOCTYPE"));
    this.#parser.on("opentag", (tag) => this.#open(tag));
    this.#parser.on("text", (text) => this.#addText(text));
    this.#parser.on("cdata", (text) => this.#addText(text));
    this.#parser.on("closetag", () => this.#close());
  }

  read(piece: string): EdexmlRecord[] {
    this.#parser.write(piece);
    if (this.#parser.position - this.#lastTag > LONGEST_GAP) this.#refuse("TOO_LONG");
    return this.#take();
  }

  end(): EdexmlRecord[] {
    if (this.#path.length > 0) this.#refuse("INCOMPLETE");
    this.#parser.close();
    for (const needed of ["school", "leerlingen"]) {
      if (!this.#sectionsSeen.includes(needed)) this.#refuse("SECTION_MISSING");
    }
    return this.#take();
  }

  #take(): EdexmlRecord[] {
    const records = this.#ready;
    this.#ready = [];
    return records;
  }

  #open(tag: SaxesTagPlain): void {
    this.#lastTag = this.#parser.position;
    this.#text = "";
    this.#path.push(tag.name);
    const depth = this.#path.length;
    if (depth > DEEPEST) this.#refuse("TOO_DEEP");
    if (depth === 1 && tag.name !== "EDEX") this.#refuse("WRONG_ROOT");
    if (depth === 2) this.#openSection(tag);
    if (this.#skippedFrom > 0) return;
    if (tag.name === "toevoegingen") this.#skippedFrom = depth;
    else if (this.#record === undefined) this.#openRecord(tag);
    else if (tag.attributes["key"] !== undefined) {
      this.#record.addReference(this.#pathWithinRecord(), tag.attributes["key"]);
    }
  }

  #openSection({ name }: SaxesTagPlain): void {
    const place = SECTION_ORDER.indexOf(name);
    if (place < 0) return;
    const last = SECTION_ORDER.indexOf(this.#sectionsSeen.at(-1) ?? "");
    const startsWithSchool = this.#sectionsSeen.length > 0 || place === 0;
    if (place <= last || !startsWithSchool) this.#refuse("WRONG_ORDER");
    this.#sectionsSeen.push(name);
  }

  #openRecord(tag: SaxesTagPlain): void {
    const kind = this.#kindOf(tag.name);
    if (kind === undefined) return;
    this.#record = new EdexmlRecord(kind, this.#parser.line, tag.attributes["key"]);
    this.#recordDepth = this.#path.length;
  }

  #kindOf(name: string): RecordKind | undefined {
    const [, section = ""] = this.#path;
    if (this.#path.length === 2) return name === "school" ? "school" : undefined;
    if (this.#path.length !== 3) return undefined;
    return SECTIONS.get(section)?.find((kind) => kind === name);
  }

  #addText(text: string): void {
    if (this.#record === undefined || this.#skippedFrom > 0) return;
    // A text that is cut here is still too long for the record, which says so.
    const collapsed = `${this.#text}${text}`.replace(/\s+/g, " ");
    this.#text = collapsed.trimStart().slice(0, LONGEST_KEPT);
  }

  #close(): void {
    this.#lastTag = this.#parser.position;
    const depth = this.#path.length;
    if (this.#skippedFrom === depth) this.#skippedFrom = 0;
    else if (this.#skippedFrom === 0 && this.#record !== undefined) {
      if (depth === this.#recordDepth) {
        this.#ready.push(this.#record);
        this.#record = undefined;
      } else {
        this.#record.addText(this.#pathWithinRecord(), this.#text);
      }
    }
    this.#text = "";
    this.#path.pop();
  }

  #pathWithinRecord(): string {
    return this.#path.slice(this.#recordDepth).join("/");
  }

  #refuse(code: FileReason): never {
    throw new ImportRefused(code, this.#parser.line);
  }
}
