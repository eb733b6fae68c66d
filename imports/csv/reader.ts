import { pipeline, Readable } from "node:stream";
import { CsvError, type Info, parse } from "csv-parse";
import { ImportRefused, type RowReason } from "../outcome.ts";

/** Most bytes of one row: what is longer is a quote that was never closed. */
const LONGEST_ROW = 64 * 1024;

/** Longest text of a field, in characters. No name comes near it. */
const LONGEST_TEXT = 500;

/** One row of a file with named columns. */
export class CsvRow<Name extends string> {
  readonly #values: ReadonlyMap<string, string>;

  constructor(
    /** Line of the file on which the row ends, from 1. */
    readonly line: number,
    values: ReadonlyMap<string, string>,
    /** What is wrong with the row as a whole, whatever it says. */
    readonly fault: RowReason | undefined,
  ) {
    this.#values = values;
  }

  /** The value in a column, trimmed; an empty one counts as absent. */
  text(column: Name): string | undefined {
    const text = this.#values.get(column)?.trim();
    return text === "" ? undefined : text;
  }
}

/**
 * Reads CSV with semicolons, quotes and a header row, as a stream of rows. The columns may stand in
 * any order; those that are not asked for are passed over.
 *
 * @param columns that the header must name
 * @throws ImportRefused HEADER_MISMATCH or NOT_CSV
 */
export async function* readCsv<Name extends string>(
  text: AsyncIterable<string>,
  columns: readonly Name[],
): AsyncGenerator<CsvRow<Name>> {
  const parser = parse({
    bom: true,
    delimiter: ";",
    info: true,
    max_record_size: LONGEST_ROW,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  // Faults of the source and of the parser both end the loop below; nothing is left for a callback.
  pipeline(Readable.from(text), parser, () => {});
  let header: string[] | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      if (header === undefined) header = readHeader(record, columns);
      else yield toRow(header, record, info.lines);
    }
  } catch (fault) {
    throw fault instanceof CsvError ? new ImportRefused("NOT_CSV", lineOf(fault)) : fault;
  }
  if (header === undefined) throw new ImportRefused("HEADER_MISMATCH", 1);
}

function readHeader(record: readonly string[], columns: readonly string[]): string[] {
  const names = record.map((name) => name.trim().toLowerCase());
  const complete = columns.every((column) => names.includes(column));
  if (!complete || new Set(names).size < names.length) throw new ImportRefused("HEADER_MISMATCH", 1);
  return names;
}

function toRow<Name extends string>(header: readonly string[], record: readonly string[], line: number): CsvRow<Name> {
  const values = new Map(header.map((name, index) => [name, record[index] ?? ""]));
  return new CsvRow(line, values, faultOf(header, record));
}

function faultOf(header: readonly string[], record: readonly string[]): RowReason | undefined {
  if (record.length !== header.length) return "COLUMNS_MISMATCH";
  if (record.some((text) => text.length > LONGEST_TEXT)) return "TEXT_TOO_LONG";
  return record.some((text) => text.includes("\0")) ? "CHARACTER_INVALID" : undefined;
}

function lineOf(fault: CsvError): number {
  const line = (fault as { lines?: unknown }).lines;
  return typeof line === "number" ? line : 1;
}
