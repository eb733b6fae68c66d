import { Temporal } from "temporal-polyfill";
import { parseSiteId } from "../../plumbing/identifiers.ts";
import { type Region, regions, schoolYearOf } from "../../plumbing/school-days/school-calendar.ts";
import { isDay } from "../calendar.ts";
import type { CsvRow } from "../csv/reader.ts";
import type { RowReason } from "../outcome.ts";

/** Columns of a list of school days. Which of them a row uses follows from its `kind`. */
export const SCHOOL_DAY_COLUMNS = [
  "kind",
  "region",
  "site",
  "first_day",
  "last_day",
  "weekdays",
  "first_bell",
  "end_of_day",
] as const;

export type SchoolDayRow = CsvRow<(typeof SCHOOL_DAY_COLUMNS)[number]>;

/** The tables that a file goes to. */
export type SchoolDayTable = "region_holiday" | "school_region" | "school_own_days" | "school_hours" | "contact_hours";

/** What one row says. */
export interface SchoolDayEntry {
  readonly table: SchoolDayTable;
  /** Whose days these are: a site, its contact persons, or a region's school year. The file replaces what it had. */
  readonly owner: string;
  /** The columns of the table. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
  /** Two entries of one key contradict or repeat each other. */
  readonly key: string;
}

/** Longest run of days of one row. The longest holiday is shorter; a year that was mistyped is longer. */
const LONGEST_RUN_DAYS = 60;

/** Reads one row: what it says, or the reason for which it is left out. */
export function readSchoolDays(row: SchoolDayRow): SchoolDayEntry[] | RowReason {
  if (row.fault !== undefined) return row.fault;
  switch (row.text("kind")) {
    case "holiday":
      return readHoliday(row);
    case "region":
      return readRegion(row);
    case "free":
      return readOwnDays(row, false);
    case "school":
      return readOwnDays(row, true);
    case "hours":
      return readHours(row);
    case "always":
      return readAlways(row);
    default:
      return "KIND_INVALID";
  }
}

function readHoliday(row: SchoolDayRow): SchoolDayEntry[] | RowReason {
  const region = regionOf(row);
  if (region === undefined) return "REGION_INVALID";
  const run = runOf(row);
  if (typeof run === "string") return run;
  const owner = `${region} ${schoolYearOf(run.first_day)}`;
  return [entry("region_holiday", owner, { region, ...run }, run.first_day)];
}

function readRegion(row: SchoolDayRow): SchoolDayEntry[] | RowReason {
  const site = siteOf(row);
  if (site === undefined) return "SITE_INVALID";
  const region = regionOf(row);
  return region === undefined ? "REGION_INVALID" : [entry("school_region", site, { school_id: site, region }, "")];
}

function readOwnDays(row: SchoolDayRow, isSchool: boolean): SchoolDayEntry[] | RowReason {
  const site = siteOf(row);
  if (site === undefined) return "SITE_INVALID";
  const run = runOf(row);
  if (typeof run === "string") return run;
  const key = `${run.first_day} ${run.last_day} ${isSchool}`;
  return [entry("school_own_days", site, { school_id: site, ...run, is_school: isSchool }, key)];
}

function readHours(row: SchoolDayRow): SchoolDayEntry[] | RowReason {
  const site = siteOf(row);
  if (site === undefined) return "SITE_INVALID";
  const weekdays = row.text("weekdays") ?? "";
  const [bell = "", end = ""] = [row.text("first_bell"), row.text("end_of_day")];
  if (!/^[1-7]{1,7}$/.test(weekdays) || !isTime(bell) || !isTime(end) || bell >= end) return "HOURS_INVALID";
  return [...weekdays].map((digit) => {
    const hours = { school_id: site, weekday: Number(digit), first_bell: bell, end_of_day: end };
    return entry("school_hours", site, hours, digit);
  });
}

/** The hours of the contact persons are their own: of the kinds of a file, only this one replaces them. */
function readAlways(row: SchoolDayRow): SchoolDayEntry[] | RowReason {
  const site = siteOf(row);
  if (site === undefined) return "SITE_INVALID";
  return [entry("contact_hours", `${site} contacts`, { school_id: site, always: true }, "")];
}

function entry(table: SchoolDayTable, owner: string, values: SchoolDayEntry["values"], key: string): SchoolDayEntry {
  return { table, owner, values, key: `${table} ${owner} ${key}` };
}

function siteOf(row: SchoolDayRow): string | undefined {
  const site = row.text("site");
  return site === undefined || parseSiteId(site) === undefined ? undefined : site;
}

function regionOf(row: SchoolDayRow): Region | undefined {
  return regions.find((region) => region === row.text("region"));
}

/** A run of days; of one day where the last is left out. */
function runOf(row: SchoolDayRow): { first_day: string; last_day: string } | RowReason {
  const first = row.text("first_day") ?? "";
  const last = row.text("last_day") ?? first;
  if (!isDay(first) || !isDay(last)) return "DATE_INVALID";
  if (last < first) return "PERIOD_REVERSED";
  const { days } = Temporal.PlainDate.from(first).until(last);
  return days >= LONGEST_RUN_DAYS ? "PERIOD_TOO_LONG" : { first_day: first, last_day: last };
}

function isTime(text: string): boolean {
  return /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/.test(text);
}
