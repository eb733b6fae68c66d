import { type Brin, parseBrin } from "../../plumbing/identifiers.ts";
import { isDay } from "../calendar.ts";
import { ImportRefused } from "../outcome.ts";
import type { EdexmlRecord } from "./record.ts";

/** The school that a file speaks for. */
export interface School {
  readonly brin: Brin;
  /** Two digits; `00` where the file names none. */
  readonly siteNumber: string;
  /** Such as `2026-2027`. */
  readonly schoolYear: string;
  /** The day that the file gives the state of, where it says so: `YYYY-MM-DD`. */
  readonly day: string | undefined;
}

/**
 * Reads the school. Its year is checked by pattern: the schema's own list of years ends at 2024-2025.
 *
 * @throws ImportRefused SCHOOL_INVALID
 */
export function readSchool(record: EdexmlRecord): School {
  const brin = parseBrin(record.text("brincode") ?? "");
  const siteNumber = readSiteNumber(record);
  const schoolYear = record.text("schooljaar") ?? "";
  if (brin === undefined || siteNumber === undefined || !isSchoolYear(schoolYear)) {
    throw new ImportRefused("SCHOOL_INVALID", record.line);
  }
  const days = [record.text("peildatum"), record.text("aanmaakdatum")];
  const day = days.map((text) => text?.slice(0, 10)).find((text) => isDay(text ?? ""));
  return { brin, siteNumber, schoolYear, day };
}

/** @returns `00` where the record names no site, undefined where what it names is none. */
export function readSiteNumber(record: EdexmlRecord): string | undefined {
  const text = record.text("dependancecode") ?? "00";
  return /^[0-9]{1,2}$/.test(text) ? text.padStart(2, "0") : undefined;
}

function isSchoolYear(text: string): boolean {
  const [, from, to] = /^(20[0-9]{2})-(20[0-9]{2})$/.exec(text) ?? [];
  return from !== undefined && Number(to) === Number(from) + 1;
}
