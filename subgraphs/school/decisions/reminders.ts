import { Temporal } from "temporal-polyfill";
import { dutchTime, dutchZone } from "../../../plumbing/dutch-time.ts";
import { firstBell, firstSchoolDay, type SchoolCalendar } from "../../../plumbing/school-days/school-calendar.ts";

/*
 * When somebody at a school is told that a signal waits. It follows from when the signal appeared in the inbox and from
 * the school's own days and hours, and from nothing else: the school's part knows neither incident nor deadline.
 */

/** When a school's contact persons may be reached, by the clock on the wall: `HH:MM`, on school days. */
export interface ContactHours {
  readonly opens: string;
  readonly closes: string;
  /** At any time. */
  readonly always: boolean;
}

/** The hours of a school that has not said which. */
export const usualContactHours: ContactHours = { opens: "07:00", closes: "18:00", always: false };

/** A school is open at the latest so long before its first bell, in milliseconds. */
const beforeBell = 60 * 60 * 1000;

/** The first moment, from `at` on, at which a school's contact persons may be reached. */
export function opensAt(at: Date, hours: ContactHours, calendar: SchoolCalendar): Date {
  if (hours.always) return at;
  const day = firstSchoolDay(dutchTime(at).toPlainDate(), calendar);
  const opening = openingOn(day, hours, calendar);
  if (at < opening) return opening;
  if (at < momentOn(day, hours.closes)) return at;
  return openingOn(firstSchoolDay(day.add({ days: 1 }), calendar), hours, calendar);
}

/**
 * When the deputies are told of a signal that is still unseen.
 * @param told when the first contact was told.
 * @param wait how long the first contact has, in milliseconds.
 */
export function deputiesAt(told: Date, wait: number, hours: ContactHours, calendar: SchoolCalendar): Date {
  return opensAt(new Date(told.getTime() + wait), hours, calendar);
}

/** When the first contact is told anew of a signal that is still unseen: at the opening of the next school day. */
export function nextReminderAt(at: Date, hours: ContactHours, calendar: SchoolCalendar): Date {
  const tomorrow = dutchTime(at).toPlainDate().add({ days: 1 });
  return openingOn(firstSchoolDay(tomorrow, calendar), hours, calendar);
}

function openingOn(day: Temporal.PlainDate, { opens }: ContactHours, calendar: SchoolCalendar): Date {
  const latest = firstBell(day.toString(), calendar).getTime() - beforeBell;
  return new Date(Math.min(momentOn(day, opens).getTime(), latest));
}

function momentOn(day: Temporal.PlainDate, time: string): Date {
  const plainTime = Temporal.PlainTime.from(time);
  return new Date(day.toZonedDateTime({ timeZone: dutchZone, plainTime }).epochMilliseconds);
}
