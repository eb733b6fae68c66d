import { Temporal } from "temporal-polyfill";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import {
  isSchoolDay,
  lastSchoolDayBefore,
  type SchoolCalendar,
} from "../../../plumbing/school-days/school-calendar.ts";
import { type ContactHours, openingOn, opensAt } from "./opening.ts";

/**
 * The soonest moment at which a school's contact persons may be told of a talk: on the last school day before it or, for
 * who was not there then, on its own day, and as of a signal only while the hours last.
 * @param day `YYYY-MM-DD`, of the talk.
 * @param from when one looks.
 * @returns undefined once all of that is over.
 */
export function talkReminderAt(
  day: string,
  from: Date,
  hours: ContactHours,
  calendar: SchoolCalendar,
): Date | undefined {
  const talk = Temporal.PlainDate.from(day);
  for (const one of [lastSchoolDayBefore(talk, calendar), ...(isSchoolDay(talk, calendar) ? [talk] : [])]) {
    const opening = openingOn(one, hours, calendar);
    const at = opensAt(from > opening ? from : opening, hours, calendar);
    if (dutchDay(at) === one.toString()) return at;
  }
  return undefined;
}
