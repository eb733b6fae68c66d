import { Temporal } from "temporal-polyfill";
import { dutchTime, dutchZone } from "../../../plumbing/dutch-time.ts";

/** The hour at which who takes part in a talk is reminded: the same for all, so that it does not tell the talk's. */
const hour = Temporal.PlainTime.from("08:00");

/** When to remind of a talk: in the morning of the day before, or at once where that is past. */
export function remindAt(startsAt: Date, now: Date): Date {
  const dayBefore = dutchTime(startsAt).toPlainDate().subtract({ days: 1 });
  const at = dayBefore.toZonedDateTime({ timeZone: dutchZone, plainTime: hour }).epochMilliseconds;
  return new Date(Math.max(at, now.getTime()));
}

/** What a supporter is mailed: the same for every talk. It tells neither when nor about whom. */
export const talkReminderText = {
  subject: "Er staat een afspraak voor u klaar / You have an appointment",
  text: "Er staat een afspraak voor u klaar. Meld u aan om die te lezen.\n\nYou have an appointment. Please sign in to read of it.\n",
};
