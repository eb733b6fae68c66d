import { Temporal } from "temporal-polyfill";
import { dutchTime, dutchZone } from "../../../plumbing/dutch-time.ts";
import { lastSchoolDayBefore, type SchoolCalendar } from "../../../plumbing/school-days/school-calendar.ts";

/** The hour at which a supporter is reminded of a talk: the same for all, so that it does not tell the talk's. */
const hour = Temporal.PlainTime.from("08:00");

/**
 * When to remind a supporter of a talk: in the morning of the last school day before, or at once where that is past.
 * @param calendar the region's.
 */
export function remindAt(startsAt: Date, now: Date, calendar: SchoolCalendar): Date {
  const day = lastSchoolDayBefore(dutchTime(startsAt).toPlainDate(), calendar);
  const at = day.toZonedDateTime({ timeZone: dutchZone, plainTime: hour }).epochMilliseconds;
  return new Date(Math.max(at, now.getTime()));
}

/** What a supporter is mailed: the same for every talk. It tells neither when nor about whom. */
export const talkReminderText = {
  subject: "Er staat een afspraak voor u klaar / You have an appointment",
  text: "Er staat een afspraak voor u klaar. Meld u aan om die te lezen.\n\nYou have an appointment. Please sign in to read of it.\n",
};
