import { Temporal } from "temporal-polyfill";
import { dutchTime, dutchZone } from "../../../plumbing/dutch-time.ts";
import { isPublicHoliday } from "../../../plumbing/school-days/public-holidays.ts";

/** When an officer is asked to call a school where nobody has looked. */
export interface EscalationSettings {
  /** How long before the deadline, in minutes: the time that it takes to reach somebody there. */
  readonly leadMinutes: number;
  /** When schools can be called on working days, by the clock on the wall in the Netherlands: `HH:MM`. */
  readonly callingHours: { readonly opens: string; readonly closes: string };
}

/** A school is not called about what it could not yet have looked at. In milliseconds. */
const leastTimeToLook = 30 * 60 * 1000;

/**
 * When a signal that nobody has seen goes to an officer: so long before the deadline that the school can still be
 * called, in calling hours, and never less than half an hour after the signal appeared there.
 */
export function escalationTime(dueBy: Date, appearsAt: Date, settings: EscalationSettings): Date {
  const aim = new Date(dueBy.getTime() - settings.leadMinutes * 60_000);
  const earliest = appearsAt.getTime() + leastTimeToLook;
  return new Date(Math.max(backIntoCallingHours(aim, settings).getTime(), earliest));
}

/** The last moment, not after `at`, from which there is the lead's time left to call. */
function backIntoCallingHours(at: Date, { leadMinutes, callingHours }: EscalationSettings): Date {
  const wall = dutchTime(at);
  const opens = Temporal.PlainTime.from(callingHours.opens);
  const closes = Temporal.PlainTime.from(callingHours.closes);
  // Where the lead is longer than the calling hours, all of them are needed.
  const lead = Math.min(leadMinutes, opens.until(closes).total("minutes"));
  const latest = closes.subtract({ minutes: lead });

  const today = wall.toPlainDate();
  const now = wall.toPlainTime();
  if (isWorkingDay(today) && Temporal.PlainTime.compare(now, opens) >= 0) {
    return Temporal.PlainTime.compare(now, latest) <= 0 ? at : onWall(today, latest);
  }
  let day = today.subtract({ days: 1 });
  while (!isWorkingDay(day)) day = day.subtract({ days: 1 });
  return onWall(day, latest);
}

function isWorkingDay(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek <= 5 && !isPublicHoliday(day);
}

function onWall(day: Temporal.PlainDate, plainTime: Temporal.PlainTime): Date {
  return new Date(day.toZonedDateTime({ timeZone: dutchZone, plainTime }).epochMilliseconds);
}
