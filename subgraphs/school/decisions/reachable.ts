import type { Temporal } from "temporal-polyfill";
import { dutchTime } from "../../../plumbing/dutch-time.ts";
import {
  firstSchoolDay,
  hoursOn,
  isSchoolDay,
  type Period,
  type SchoolCalendar,
} from "../../../plumbing/school-days/school-calendar.ts";

/** What tells whether somebody can be reached. */
export interface Reachability {
  readonly email: string | null;
  /** First day on which the person no longer works there (`YYYY-MM-DD`). */
  readonly employedUntil: string | null;
  readonly absences: readonly Period[];
}

/** Whether somebody can be reached on a day (`YYYY-MM-DD`): works there, is not absent, and has an address. */
export function isReachableOn(day: string, { email, employedUntil, absences }: Reachability): boolean {
  const absent = absences.some(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
  return email !== null && isEmployedOn(day, employedUntil) && !absent;
}

export function isEmployedOn(day: string, employedUntil: string | null): boolean {
  return employedUntil === null || employedUntil > day;
}

/** The days on which somebody has to be reachable, as far as one looks ahead: the next school day, and today's rest. */
export function daysAhead(at: Date, calendar: SchoolCalendar): string[] {
  const local = dutchTime(at);
  const today = local.toPlainDate();
  const next = firstSchoolDay(today.add({ days: 1 }), calendar).toString();
  const goesOn = isSchoolDay(today, calendar) && time(local) < hoursOn(today, calendar).endOfDay;
  return goesOn ? [today.toString(), next] : [next];
}

/** The day (`YYYY-MM-DD`) of the noon that was last, in the Netherlands: a look ahead that is late is made at once. */
export function lastNoonDay(at: Date): string {
  const local = dutchTime(at);
  return local
    .toPlainDate()
    .subtract({ days: local.hour < 12 ? 1 : 0 })
    .toString();
}

/** `HH:MM` */
function time(local: Temporal.PlainDateTime): string {
  return local.toPlainTime().toString({ smallestUnit: "minute" });
}
