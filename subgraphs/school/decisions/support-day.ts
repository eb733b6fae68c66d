import { Temporal } from "temporal-polyfill";
import { dutchTime, dutchZone } from "../../../plumbing/dutch-time.ts";
import { firstSchoolDay, hoursOn, type SchoolCalendar } from "../../../plumbing/school-days/school-calendar.ts";

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
