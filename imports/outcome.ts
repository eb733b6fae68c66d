/** Why one row was left out. A reason never holds the value that was refused. */
export type RowReason =
  | "BIRTH_DATE_IMPOSSIBLE"
  | "BRIN_INVALID"
  | "BSN_INVALID"
  | "BSN_TWICE"
  | "CHARACTER_INVALID"
  | "COLUMNS_MISMATCH"
  | "DATE_INVALID"
  | "EMAIL_MISSING"
  | "PERIOD_REVERSED"
  | "GENDER_INVALID"
  | "HOURS_INVALID"
  | "KEY_MISSING"
  | "KEY_TWICE"
  | "KIND_INVALID"
  | "MUNICIPALITY_INVALID"
  | "NAME_MISSING"
  | "OFFICER_DIFFERS"
  | "PARTICIPATION_INVALID"
  | "PERSON_DIFFERS"
  | "REGION_INVALID"
  | "ROLE_INVALID"
  | "PERIOD_TOO_LONG"
  | "SEVERAL_NUMBERS"
  | "SITE_INVALID"
  | "SITE_UNKNOWN"
  | "STAFF_UNKNOWN"
  | "TEXT_TOO_LONG"
  | "TOO_MANY_FIELDS"
  | "YEAR_GROUP_INVALID";

const FILE_REASONS = {
  BUSY: "another import of the same registry has not finished; try again later",
  DIRECTORY: "this is a directory, not a file",
  DOCTYPE: "a DOCTYPE is not accepted in an import",
  EMPTY: "the file is empty",
  ENCODING_BROKEN: "the file holds bytes that its encoding does not allow",
  ENCODING_UNKNOWN: "the file declares an encoding that is not supported",
  HEADER_MISMATCH: "the first line does not name the columns that are needed",
  INCOMPLETE: "the file ends before its last element is closed",
  NOT_CSV: "the file is not CSV with semicolons",
  NOT_FOUND: "there is no such file",
  NOT_XML: "the file is not well-formed XML",
  SCHOOL_INVALID: "the school lacks a valid BRIN, site number or school year",
  SECTION_MISSING: "the file lacks the section school or leerlingen",
  TOO_DEEP: "the elements of the file are nested too deeply",
  TOO_LONG: "a single text or tag of the file is too long",
  TOO_MANY_ENDED: "more than half of the registry's open rows would end; see --accept-endings",
  UNREADABLE: "the file cannot be read",
  WRONG_ORDER: "the sections of the file are not in the order of EDEXML",
  WRONG_ROOT: "the file is XML but not EDEXML: its root is not EDEX",
} as const;

/** Why a whole file was refused. */
export type FileReason = keyof typeof FILE_REASONS;

/** A file that is refused as a whole. Nothing was changed. */
export class ImportRefused extends Error {
  override readonly name = "ImportRefused";

  constructor(
    readonly code: FileReason,
    /** Where in the file, where that is known. */
    readonly line?: number,
  ) {
    super(FILE_REASONS[code]);
  }
}

/** One row that was left out, by its line in the file (from 1). */
export interface RefusedRow {
  readonly line: number;
  readonly reason: RowReason;
}

/** What became of the rows of one kind. */
export interface MergeCounts {
  readonly added: number;
  readonly changed: number;
  /** Had ended and came back. */
  readonly reopened: number;
  /** No longer in the file. */
  readonly ended: number;
  readonly unchanged: number;
}

/** What an import has done. */
export interface ImportOutcome {
  /** What the file was about, fit to be printed: a site id, or the date of a delivery. */
  readonly subject: string;
  /** Counts by kind of row, such as `pupils`, in the order in which they were merged. */
  readonly counts: Readonly<Record<string, MergeCounts>>;
  /** Rows left out: how many, and the first thousand of them by line. */
  readonly refused: number;
  readonly refusedRows: readonly RefusedRow[];
  /** Kinds of which nothing was ended, as a refused row without a key could have been any row. */
  readonly endingsWithheld: readonly string[];
}

const KEPT_REFUSALS = 1_000;

/** Collects refused rows; counts all and keeps the first thousand, so that memory stays bounded. */
export class RefusedRows {
  #count = 0;
  readonly #kept: RefusedRow[] = [];

  add(line: number, reason: RowReason): void {
    this.#count += 1;
    if (this.#kept.length < KEPT_REFUSALS) this.#kept.push({ line, reason });
  }

  get count(): number {
    return this.#count;
  }

  /** The kept rows in the order of the file. */
  inOrder(): RefusedRow[] {
    return this.#kept.toSorted((a, b) => a.line - b.line);
  }
}
