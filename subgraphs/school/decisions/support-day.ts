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

/** How long the pupil is still named once support is confirmed, in milliseconds: time to see that it was the right one. */
const afterSupport = 60 * 60 * 1000;

/** When nothing is left of a signal that was supported: its work is done, so sooner than was said, never later. */
export function erasureAfterSupport(supportedAt: Date, erasesAt: Date): Date {
  return new Date(Math.min(supportedAt.getTime() + afterSupport, erasesAt.getTime()));
}

/**
 * The day of an open signal once its school's days have changed. From a day that has become free it moves to the next
 * school day. A school day that has come in between is taken only while nobody has looked: who has may have made plans
 * for the day that was told, and can confirm support earlier all the same.
 * @returns `YYYY-MM-DD`
 */
export function movedSupportDay(
  { supportOn, seen }: { readonly supportOn: string; readonly seen: boolean },
  at: Date,
  calendar: SchoolCalendar,
): string {
  const kept = firstSchoolDay(Temporal.PlainDate.from(supportOn), calendar).toString();
  const first = supportDay(at, calendar);
  if (!seen && first < kept) return first;
  return kept;
}
