import { ConfigError } from "../../plumbing/config.ts";
import { type Database, openDatabase } from "../../plumbing/database.ts";
import { readProcessing } from "../../plumbing/processing-chain.ts";
import { type Processing, recordProcessing } from "../../plumbing/processing-log.ts";
import type { PartLog } from "./part-log.ts";
import { toLogboekRecord } from "./record.ts";

/** Who reads a log, and how the activities in it are named. */
export interface LogReader {
  /** The person, as the log is to say. */
  readonly by: string;
  /** URI to which the names of activities are added. */
  readonly register: string;
}

/** @throws ConfigError where it is not said who reads, or the register is none. */
export function readReader({ by, register = "" }: { readonly by?: string; readonly register?: string }): LogReader {
  if (by === undefined || !/^\S.{0,199}$/.test(by)) throw new ConfigError("Say who reads: --by NAME");
  if (register !== "" && !URL.canParse(register)) throw new ConfigError("--register is no URI");
  return { by, register };
}

/** Reads the whole of each log, one record a line. */
export async function exportLogs(logs: readonly PartLog[], reader: LogReader): Promise<void> {
  for (const log of logs) {
    await using database = await openDatabase(log.databaseUrl, []);
    await recordReading(database, log, reader, [{ activity: "log.export" }]);
    await printRecords(database, log, reader);
  }
}

/** Writes to a log, before anything is said of it, who reads it. */
export function recordReading(
  database: Database,
  { config }: PartLog,
  { by }: LogReader,
  entries: readonly Processing[],
): Promise<void> {
  const organisation = config.optional("ORGANISATION");
  const claims = { sub: by, party: "operator", scope: [], ...(organisation === undefined ? {} : { organisation }) };
  return database.transaction(claims, async (rows) => recordProcessing(rows, claims, entries));
}

/** @param subject only what is about this person. */
export async function printRecords(
  database: Database,
  { name }: PartLog,
  { register }: LogReader,
  subject?: string,
): Promise<void> {
  for await (const entry of readProcessing(database, subject)) {
    console.log(JSON.stringify(toLogboekRecord(name, register, entry)));
  }
}
