import { dutchTime } from "../../../plumbing/dutch-time.ts";
import { firstSchoolDay, type SchoolCalendar } from "../../../plumbing/school-days/school-calendar.ts";
import { type ContactHours, openingOn, opensAt } from "./opening.ts";

/*
 * When somebody at a school is told that a signal waits. It follows from when the signal appeared in the inbox and from
 * the school's own days and hours, and from nothing else: the school's part knows neither incident nor deadline.
 */

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
