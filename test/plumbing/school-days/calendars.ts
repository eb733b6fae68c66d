import { Temporal } from "temporal-polyfill";
import { holidaysOf } from "../../../plumbing/school-days/official-holidays.ts";
import { isSchoolDay, type Region, type SchoolCalendar } from "../../../plumbing/school-days/school-calendar.ts";

/** The calendar of a school that keeps its region's days, but for what is given. */
export function calendarOf(region: Region, own: Partial<SchoolCalendar> = {}): SchoolCalendar {
  return { holidays: holidaysOf(region), ownDays: [], hours: new Map(), ...own };
}

export function isOpen(day: string, calendar: SchoolCalendar): boolean {
  return isSchoolDay(Temporal.PlainDate.from(day), calendar);
}

export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
