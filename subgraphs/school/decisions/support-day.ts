import { Temporal } from "temporal-polyfill";
import { dutchTime, dutchZone } from "../../../plumbing/dutch-time.ts";

/** From this hour on, the school day is too far gone for support to be given on it. */
const lastHour = 15;

/**
 * The school day on which the pupil can first be met with support: today while school is on, else
 * the next weekday. Told as a date, for an hour would tell when something happened.
 * @returns `YYYY-MM-DD`
 */
export function supportDay(at: Date): string {
  const local = dutchTime(at);
  const today = local.toPlainDate();
  return (local.hour < lastHour && isWeekday(today) ? today : nextWeekday(today)).toString();
}

/** When nothing of a signal is left at the school: at midnight after the day that it was for. */
export function erasureTime(supportOn: string): Date {
  const midnight = Temporal.PlainDate.from(supportOn).add({ days: 1 }).toZonedDateTime(dutchZone);
  return new Date(midnight.epochMilliseconds);
}

function nextWeekday(day: Temporal.PlainDate): Temporal.PlainDate {
  const next = day.add({ days: 1 });
  return isWeekday(next) ? next : nextWeekday(next);
}

function isWeekday(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek <= 5;
}
