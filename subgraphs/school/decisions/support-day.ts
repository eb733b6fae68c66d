import { Temporal } from "temporal-polyfill";
import { dutchTime, dutchZone } from "../../../plumbing/dutch-time.ts";
import { hoursOn, isSchoolDay, isWeekday, type SchoolCalendar } from "./school-calendar.ts";

/** No school is closed for so many days on end: a calendar that says so is wrong, and loses no signal. */
export const longestClosure = 60;

/**
 * The school day on which the pupil can first be met with support: today until school ends, else the next school day.
 * Told as a date, for an hour would tell when something happened.
 * @returns `YYYY-MM-DD`
 */
export function supportDay(at: Date, calendar: SchoolCalendar): string {
  const local = dutchTime(at);
  const today = local.toPlainDate();
  const isOver = Temporal.PlainTime.compare(local.toPlainTime(), hoursOn(today, calendar).endOfDay) >= 0;
  return firstSchoolDay(isOver ? today.add({ days: 1 }) : today, calendar).toString();
}

/** When nothing of a signal is left at the school: at midnight after the school day that it was for. */
export function erasureTime(supportOn: string): Date {
  const midnight = Temporal.PlainDate.from(supportOn).add({ days: 1 }).toZonedDateTime(dutchZone);
  return new Date(midnight.epochMilliseconds);
}

/** The first school day from a day on; the first weekday where the calendar has none for an unlikely long time. */
function firstSchoolDay(from: Temporal.PlainDate, calendar: SchoolCalendar): Temporal.PlainDate {
  for (let days = 0; days < longestClosure; days += 1) {
    const day = from.add({ days });
    if (isSchoolDay(day, calendar)) return day;
  }
  return isWeekday(from) ? from : from.add({ days: 8 - from.dayOfWeek });
}
