import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { ConfigError } from "../plumbing/config.ts";
import { type Database, openDatabase } from "../plumbing/database.ts";
import { Bsn } from "../plumbing/identifiers.ts";
import { errorFacts } from "../plumbing/log.ts";
import type { KnownPerson } from "../plumbing/person-match.ts";
import { type ChainHead, readProcessing, verifyChain } from "../plumbing/processing-chain.ts";
import { subjectDigest } from "../plumbing/processing-log.ts";
import { addressedParts } from "./addressed-parts.ts";
import { writeWhole } from "./atomic-file.ts";

/*
 * npm run processing-log -- verify [--heads FILE] [PART …]: checks that nobody changed the processing logs. In FILE it
 *   keeps where each ended, and checks that against the next time: keep it where the database's owners cannot write.
 * npm run processing-log -- access [PART …] < PERSON: who processed this person's data, what for and when. PERSON is
 *   JSON: {"bsn": "…"} or {"name": {"givenName": …, "prefix": …, "familyName": …}, "birthDate": "YYYY-MM-DD"}.
 *   It does not go on the command line, where other users of the machine could read it.
 * Both ask the system that runs here, or the one part whose DATABASE_URL and PSEUDONYM_KEY the environment names.
 */

interface PartLog {
  readonly name: string;
  readonly databaseUrl: string;
  readonly pseudonymKey: string;
}

type Heads = Readonly<Record<string, ChainHead | undefined>>;

/** @returns whether every log is whole */
async function verify(logs: readonly PartLog[], headsFile: string | undefined): Promise<boolean> {
  const kept: Heads = headsFile === undefined ? {} : await readHeads(headsFile);
  const heads: Record<string, ChainHead | undefined> = { ...kept };
  let whole = true;
  for (const { name, databaseUrl } of logs) {
    await using database = await openDatabase(databaseUrl, []);
    const { entries, head, problems } = await verifyChain(database, kept[name]);
    console.log(`${name}: ${entries} entries, ${problems.length === 0 ? "whole" : "NOT WHOLE"}`);
    for (const { kind, position } of problems) console.log(`  entry ${position}: ${kind}`);
    if (problems.length === 0) heads[name] = head;
    else whole = false;
  }
  if (headsFile !== undefined) await writeWhole(headsFile, `${JSON.stringify(heads, null, 2)}\n`);
  return whole;
}

async function access(logs: readonly PartLog[]): Promise<void> {
  const person = readPerson(await readAll(process.stdin));
  for (const { name, databaseUrl, pseudonymKey } of logs) {
    await using database = await openDatabase(databaseUrl, []);
    await printAccess(name, database, new Set(identitiesOf(person).map((one) => subjectDigest(pseudonymKey, one))));
  }
}

async function printAccess(name: string, database: Database, subjects: ReadonlySet<string>): Promise<void> {
  console.log(`${name}:`);
  for (const subject of subjects) {
    for await (const { at, activity, actor, party, organisation } of readProcessing(database, subject)) {
      console.log(
        `  ${at.toISOString()}  ${activity}  by ${actor} (${party}${organisation ? ` ${organisation}` : ""})`,
      );
    }
  }
}

/** A part that did not know the number wrote of the person by name. */
function identitiesOf(person: KnownPerson): KnownPerson[] {
  const byName = person.name.familyName !== "" && person.birthDate !== null;
  return [...(person.bsn ? [person] : []), ...(byName ? [{ ...person, bsn: null }] : [])];
}

function readPerson(json: string): KnownPerson {
  try {
    const { bsn, name, birthDate } = JSON.parse(json) as Partial<KnownPerson>;
    const number = bsn == null ? undefined : Bsn.parse(bsn);
    if (bsn != null && number === undefined) throw new ConfigError("The BSN is none");
    const person = { bsn: number?.reveal() ?? null, name: name ?? { familyName: "" }, birthDate: birthDate ?? null };
    if (identitiesOf(person).length > 0) return person;
  } catch (error) {
    if (error instanceof ConfigError) throw error;
  }
  throw new ConfigError("Give the person as JSON: a bsn, or a name and a birthDate");
}

async function readHeads(file: string): Promise<Heads> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Heads;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new ConfigError("The file of heads cannot be read");
  }
}

async function findLogs(wanted: readonly string[]): Promise<PartLog[]> {
  return (await addressedParts(wanted)).map(({ name, config }) => ({
    name,
    databaseUrl: config.url("DATABASE_URL"),
    pseudonymKey: config.text("PSEUDONYM_KEY"),
  }));
}

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { heads: { type: "string" } } });
  const [command, ...wanted] = positionals;
  const logs = await findLogs(wanted);
  if (command === "verify") process.exitCode = (await verify(logs, values.heads)) ? 0 : 1;
  else if (command === "access") await access(logs);
  else throw new ConfigError("Say which: verify or access");
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : JSON.stringify(errorFacts(error)));
  process.exitCode = 2;
}
