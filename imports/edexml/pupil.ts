import { Bsn } from "../../plumbing/identifiers.ts";
import { isDay } from "../calendar.ts";
import type { RowReason } from "../outcome.ts";
import { type NameColumns, readName } from "./person.ts";
import type { EdexmlRecord } from "./record.ts";

/** A pupil as the registry keeps it, but for the site and the group, which are looked up. */
export interface PupilRow extends NameColumns {
  readonly sleutel: string;
  readonly geboortedatum: string | null;
  readonly geslacht: string;
  readonly bsn: string | null;
  readonly jaargroep: string | null;
  readonly instroomdatum: string | null;
  readonly uitstroomdatum: string | null;
  /** Key of the group in the file. */
  readonly groupKey: string | null;
  /** Key of the site in the file. */
  readonly siteKey: string | null;
}

/** Year groups that EDEXML 2.1 knows. */
const YEAR_GROUPS: ReadonlySet<string> = new Set("B D 0 1 2 3 4 5 6 7 8 11 12 13 14 15 16 S V C N H".split(" "));

/** The year group of pupils who have left and are kept for history only. */
const HISTORIC = "H";

export function isYearGroup(text: string): boolean {
  return YEAR_GROUPS.has(text);
}

/** Whether the record is kept for history only, and so no part of the school of today. */
export function isHistoric(record: EdexmlRecord): boolean {
  return record.text("jaargroep") === HISTORIC;
}

/**
 * Reads a pupil. The ECK iD, an onderwijsnummer and the last four digits of a BSN are left unread:
 * none of them may be used here.
 *
 * @param today no birth date may lie after it: `YYYY-MM-DD`
 */
export function readPupil(record: EdexmlRecord, today: string): PupilRow | RowReason {
  if (record.fault !== undefined) return record.fault;
  if (record.key === undefined) return "KEY_MISSING";
  const name = readName(record);
  if (name === undefined) return "NAME_MISSING";
  const bsn = readBsn(record);
  if (typeof bsn === "string") return bsn;

  const birthDate = record.text("geboortedatum") ?? null;
  const from = record.text("instroomdatum") ?? null;
  const until = record.text("uitstroomdatum") ?? null;
  for (const day of [birthDate, from, until]) {
    if (day !== null && !isDay(day)) return "DATE_INVALID";
  }
  if (birthDate !== null && birthDate > today) return "BIRTH_DATE_IMPOSSIBLE";

  const gender = record.text("geslacht") ?? "0";
  if (!["0", "1", "2", "9"].includes(gender)) return "GENDER_INVALID";
  const yearGroup = record.text("jaargroep") ?? null;
  if (yearGroup !== null && !isYearGroup(yearGroup)) return "YEAR_GROUP_INVALID";

  return {
    ...name,
    sleutel: record.key,
    geboortedatum: birthDate,
    geslacht: gender,
    bsn: bsn?.reveal() ?? null,
    jaargroep: yearGroup,
    instroomdatum: from,
    uitstroomdatum: until,
    groupKey: record.reference("groep") ?? null,
    siteKey: record.reference("vestiging") ?? null,
  };
}

/** Sofinummer is what the BSN was called until 2007; the number stayed the same. */
function readBsn(record: EdexmlRecord): Bsn | undefined | RowReason {
  const numbers = ["bsn", "sofinummer", "onderwijsnummer", "bsn_ondwnr-4"].flatMap((field) =>
    record.texts(field).map((text) => ({ field, text })),
  );
  const [number] = numbers;
  if (number === undefined) return undefined;
  if (numbers.length > 1) return "SEVERAL_NUMBERS";
  if (number.field !== "bsn" && number.field !== "sofinummer") return undefined;
  return Bsn.parse(number.text) ?? "BSN_INVALID";
}
