import { dutchTime } from "../dutch-time.ts";
import { firstBell, firstSchoolDay, type SchoolCalendar } from "./school-calendar.ts";

/** The promise of Handle with Care: seen within a day of the incident. In milliseconds. */
const promise = 24 * 60 * 60 * 1000;

/**
 * By when a contact person must have seen a signal: within 24 hours of the incident or, where no school day begins
 * within those 24 hours, before the first bell of the next one.
 * @param bell the first bell after the incident.
 */
export function deadline(occurredAt: Date, bell: Date): Date {
  return new Date(Math.max(occurredAt.getTime() + promise, bell.getTime()));
}

/** The first bell after a moment. */
export function bellAfter(at: Date, calendar: SchoolCalendar): Date {
  const today = firstSchoolDay(dutchTime(at).toPlainDate(), calendar);
  const bell = firstBell(today.toString(), calendar);
  return bell > at ? bell : firstBell(firstSchoolDay(today.add({ days: 1 }), calendar).toString(), calendar);
}

/** The first bells after one moment, up to and with the first after another, in their order. */
export function bellsBetween(from: Date, until: Date, calendar: SchoolCalendar): Date[] {
  const bells = [bellAfter(from, calendar)];
  for (let last = bells[0]; last !== undefined && last <= until; last = bells.at(-1)) {
    bells.push(bellAfter(last, calendar));
  }
  return bells;
}
