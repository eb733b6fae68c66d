import { text as readAll } from "node:stream/consumers";
import { ConfigError } from "../../plumbing/config.ts";
import { openDatabase } from "../../plumbing/database.ts";
import { Bsn } from "../../plumbing/identifiers.ts";
import type { KnownPerson } from "../../plumbing/person-match.ts";
import { subjectDigest } from "../../plumbing/processing-log.ts";
import type { PartLog } from "./part-log.ts";
import { type LogReader, printRecords, recordReading } from "./reading.ts";

/**
 * Says who processed the data of the person on the standard input, one record a line. It reads nothing but the logs: no
 * signal comes back by it, nor whose it was.
 * @throws ConfigError where the input describes nobody.
 */
export async function answerAccess(logs: readonly PartLog[], reader: LogReader): Promise<void> {
  const identities = readIdentities(await readAll(process.stdin));
  for (const log of logs) {
    const key = log.config.text("PSEUDONYM_KEY");
    const subjects = [...new Set(identities.map((identity) => subjectDigest(key, identity)))];
    await using database = await openDatabase(log.databaseUrl, []);
    const asked = subjects.map((subject) => ({ activity: "log.access", subject }));
    await recordReading(database, log, reader, asked);
    for (const subject of subjects) await printRecords(database, log, reader, subject);
  }
}

/** By what a part may know the person: one that did not know the number wrote of the person by name. */
function readIdentities(json: string): readonly KnownPerson[] {
  const { bsn, name, birthDate } = parseObject(json);
  const number = typeof bsn === "string" ? Bsn.parse(bsn) : undefined;
  if (bsn != null && number === undefined) throw new ConfigError("The BSN is none");
  const names = readName(name);
  const day = typeof birthDate === "string" && isDay(birthDate) ? birthDate : undefined;
  if ((name != null && names === undefined) || (birthDate != null && day === undefined)) throw describesNobody();
  const identities: KnownPerson[] = [];
  if (number !== undefined) identities.push({ bsn: number.reveal(), name: { familyName: "" }, birthDate: null });
  if (names !== undefined && day !== undefined) identities.push({ name: names, birthDate: day });
  if (identities.length === 0) throw describesNobody();
  return identities;
}

/** What was typed is never repeated. */
function describesNobody(): ConfigError {
  return new ConfigError("Give the person as JSON: a bsn, or a name and a birthDate");
}

function parseObject(json: string): Readonly<Record<string, unknown>> {
  try {
    const given: unknown = JSON.parse(json);
    if (typeof given === "object" && given !== null) return given as Record<string, unknown>;
  } catch {
    // Not even JSON.
  }
  throw describesNobody();
}

function readName(name: unknown): KnownPerson["name"] | undefined {
  if (typeof name !== "object" || name === null) return undefined;
  const { givenName, callName, prefix, familyName } = name as Record<string, unknown>;
  if (typeof familyName !== "string" || familyName.trim() === "") return undefined;
  return { familyName, givenName: textOf(givenName), callName: textOf(callName), prefix: textOf(prefix) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** `YYYY-MM-DD`, an existing day. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
