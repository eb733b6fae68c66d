import { Temporal } from "temporal-polyfill";
import { dutchZone } from "../dutch-time.ts";
import { isPublicHoliday } from "./public-holidays.ts";

/** The regions over which the school holidays are spread. */
export const regions = ["Noord", "Midden", "Zuid"] as const;

export type Region = (typeof regions)[number];

/** Where a school is that has not said so. */
export const defaultRegion: Region = "Midden";

/** A run of days, both ends included, as `YYYY-MM-DD`. */
export interface Period {
  readonly firstDay: string;
  readonly lastDay: string;
}

/** Days on which a school differs from its region: free, or school. */
export interface OwnDays extends Period {
  readonly isSchool: boolean;
}

/** When a school day begins and ends, by the clock on the wall in the Netherlands: `HH:MM`. */
export interface Hours {
  readonly firstBell: string;
  readonly endOfDay: string;
}

/** The days and hours of one school. */
export interface SchoolCalendar {
  /** The school holidays of the region, as far as they are known. */
  readonly holidays: readonly Period[];
  readonly ownDays: readonly OwnDays[];
  /** By day of the week, Monday is 1; what is not in it has the usual hours. */
  readonly hours: ReadonlyMap<number, Hours>;
}

/** The hours of a school that has not said which. */
export const usualHours: Hours = { firstBell: "08:30", endOfDay: "15:00" };

/**
 * Whether pupils are at school on a day. A school's word goes before its region's, and its extra school days before its
 * free ones. Several extra days in one run put back the weekdays of a holiday; a weekend or a public holiday becomes a
 * school day by a run of its own day only, so that a run across it does not open the school by mistake.
 */
export function isSchoolDay(day: Temporal.PlainDate, { holidays, ownDays }: SchoolCalendar): boolean {
  const date = day.toString();
  const own = ownDays.filter((days) => includes(days, date));
  const extra = own.filter(({ isSchool }) => isSchool);
  if (extra.some(({ firstDay, lastDay }) => firstDay === lastDay)) return true;
  if (!isWeekday(day) || isPublicHoliday(day)) return false;
  if (own.length > 0) return extra.length > 0;
  return !holidays.some((holiday) => includes(holiday, date));
}

/** Whether the region's holidays are not known as far as this day (`YYYY-MM-DD`): weekdays then count as school days. */
export function isBeyond(day: string, { holidays }: SchoolCalendar): boolean {
  return holidays.every(({ lastDay }) => lastDay < day);
}

export function hoursOn(day: Temporal.PlainDate, { hours }: SchoolCalendar): Hours {
  return hours.get(day.dayOfWeek) ?? usualHours;
}

/** The moment at which school begins on a day (`YYYY-MM-DD`) that is a school day. */
export function firstBell(day: string, calendar: SchoolCalendar): Date {
  const date = Temporal.PlainDate.from(day);
  const plainTime = Temporal.PlainTime.from(hoursOn(date, calendar).firstBell);
  return new Date(date.toZonedDateTime({ timeZone: dutchZone, plainTime }).epochMilliseconds);
}

/** No school is closed for so many days on end: a calendar that says so is wrong, and loses no signal. */
export const longestClosure = 60;

/** The first school day from a day on; the first weekday where the calendar has none for an unlikely long time. */
export function firstSchoolDay(from: Temporal.PlainDate, calendar: SchoolCalendar): Temporal.PlainDate {
  for (let days = 0; days < longestClosure; days += 1) {
    const day = from.add({ days });
    if (isSchoolDay(day, calendar)) return day;
  }
  return isWeekday(from) ? from : from.add({ days: 8 - from.dayOfWeek });
}

/** The last school day before a day; the last weekday where the calendar has none for an unlikely long time. */
export function lastSchoolDayBefore(day: Temporal.PlainDate, calendar: SchoolCalendar): Temporal.PlainDate {
  for (let days = 1; days <= longestClosure; days += 1) {
    const before = day.subtract({ days });
    if (isSchoolDay(before, calendar)) return before;
  }
  const before = day.subtract({ days: 1 });
  return isWeekday(before) ? before : before.subtract({ days: before.dayOfWeek - 5 });
}

/** The calendar year in which a day's school year began: school years run from 1 August. */
export function schoolYearOf(day: string): number {
  const { year, month } = Temporal.PlainDate.from(day);
  return month >= 8 ? year : year - 1;
}

function isWeekday(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek <= 5;
}

function includes({ firstDay, lastDay }: Period, date: string): boolean {
  return firstDay <= date && date <= lastDay;
}
