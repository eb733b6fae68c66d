import type { EntityManager } from "typeorm";
import type { Config } from "../config.ts";
import { dutchDay } from "../dutch-time.ts";
import type { Log } from "../log.ts";
import type { SqlFolder } from "../migrations.ts";
import { bellAfter, deadline } from "./deadline.ts";
import { holidaysOf } from "./official-holidays.ts";
import { defaultRegion, isBeyond, type Period, type Region, regions, type SchoolCalendar } from "./school-calendar.ts";

/** The table of the regions' holidays, for a part that keeps no school days of its own. */
export const regionHolidays: SqlFolder = { url: new URL("./sql/", import.meta.url), prefix: "school days" };

/**
 * The region whose school days count where it is not known, or must not be told, which school is meant: what the setting
 * `REGION` names.
 * @throws ConfigError
 */
export function readRegion(config: Config): Region {
  return config.choice("REGION", regions, defaultRegion);
}

/** By when a contact person must have seen the signal of each of these incidents, by the region's school days. */
export async function regionDeadlines(
  rows: EntityManager,
  region: Region,
  incidents: readonly Date[],
  log: Log,
): Promise<Date[]> {
  const calendar = await readRegionCalendar(rows, region);
  return incidents.map((occurredAt) => {
    const bell = bellAfter(occurredAt, calendar);
    noteEndOfHolidays(dutchDay(bell), calendar, log);
    return deadline(occurredAt, bell);
  });
}

/** A region's school days, as far as they are known. */
export async function readRegionCalendar(rows: EntityManager, region: Region): Promise<SchoolCalendar> {
  const imported = await rows.query<Period[]>(
    `select to_char(first_day, 'YYYY-MM-DD') as "firstDay", to_char(last_day, 'YYYY-MM-DD') as "lastDay"
     from care.region_holiday where region = $1`,
    [region],
  );
  return { holidays: holidaysOf(region, imported), ownDays: [], hours: new Map() };
}

/** The logs in which it stands that the known school holidays have come to an end: once is enough. */
const told = new WeakSet<Log>();

/** Says so in a part's log, once, where the holidays are not known as far as a day (`YYYY-MM-DD`). */
export function noteEndOfHolidays(day: string, calendar: SchoolCalendar, log: Log): void {
  if (!isBeyond(day, calendar) || told.has(log)) return;
  told.add(log);
  log.warn("the known school holidays have ended: import the next, until then weekdays count as school days");
}
