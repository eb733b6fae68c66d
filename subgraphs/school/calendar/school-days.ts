import type { EntityManager } from "typeorm";
import { takeTurn } from "../../../plumbing/database.ts";
import type { Log } from "../../../plumbing/log.ts";
import { holidaysOf } from "../../../plumbing/school-days/official-holidays.ts";
import { noteEndOfHolidays } from "../../../plumbing/school-days/region.ts";
import {
  defaultRegion,
  type Hours,
  type OwnDays,
  type Period,
  type Region,
  type SchoolCalendar,
} from "../../../plumbing/school-days/school-calendar.ts";
import { type ContactHours, usualContactHours } from "../decisions/opening.ts";
import { supportDay } from "../decisions/support-day.ts";
import { ContactHoursRow } from "../store/entities.ts";

/**
 * The school day on which a pupil of a school can first be met with support.
 * @returns `YYYY-MM-DD`
 */
export async function supportDayOf(rows: EntityManager, schoolId: string, at: Date, log: Log): Promise<string> {
  const calendar = await readCalendar(rows, schoolId);
  const day = supportDay(at, calendar);
  noteEndOfHolidays(day, calendar, log);
  return day;
}

/** Lets deliveries to a school, and changes of its days and hours, wait for each other until the transaction ends. */
export function takeCalendarTurn(rows: EntityManager, schoolId: string): Promise<void> {
  return takeTurn(rows, `calendar:${schoolId}`);
}

/** When the contact persons of a school are reached. */
export async function readContactHours(rows: EntityManager, schoolId: string): Promise<ContactHours> {
  const set = await rows.findOneBy(ContactHoursRow, { schoolId });
  return set === null ? usualContactHours : toContactHours(set);
}

export function toContactHours({ opens, closes, always }: ContactHoursRow): ContactHours {
  return { opens: opens.slice(0, 5), closes: closes.slice(0, 5), always };
}

/** What one query finds of a school. */
interface CalendarRow {
  readonly region: Region;
  readonly imported: readonly Period[];
  readonly own_days: readonly OwnDays[];
  readonly hours: readonly (Hours & { readonly weekday: number })[];
}

/** The days and hours of a school; those of its region, and of the default one, where it has none of its own. */
export async function readCalendar(rows: EntityManager, schoolId: string): Promise<SchoolCalendar> {
  const [found] = await rows.query<CalendarRow[]>(calendarOfSchool, [schoolId, defaultRegion]);
  if (found === undefined) throw new Error("A query without a table returned no row");
  return {
    holidays: holidaysOf(found.region, found.imported),
    ownDays: found.own_days,
    hours: new Map(found.hours.map(({ weekday, firstBell, endOfDay }) => [weekday, { firstBell, endOfDay }])),
  };
}

const calendarOfSchool = `
  with place as (
    select coalesce((select region from care.school_region where school_id = $1), $2) as region
  )
  select region,
    array(
      select json_build_object('firstDay', first_day, 'lastDay', last_day)
      from care.region_holiday where region_holiday.region = place.region
    ) as imported,
    array(
      select json_build_object('firstDay', first_day, 'lastDay', last_day, 'isSchool', is_school)
      from care.school_own_days where school_id = $1
    ) as own_days,
    array(
      select json_build_object(
        'weekday', weekday, 'firstBell', to_char(first_bell, 'HH24:MI'), 'endOfDay', to_char(end_of_day, 'HH24:MI')
      )
      from care.school_hours where school_id = $1
    ) as hours
  from place
`;
