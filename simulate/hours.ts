import { Temporal } from "temporal-polyfill";
import { dutchTime, dutchZone } from "../plumbing/dutch-time.ts";

/** The next moment at which an office is open: on weekdays from half past seven until half past five. */
export function inOfficeHours(moment: number): number {
  return nextBetween(moment, "07:30", "17:30");
}

/** When somebody who looks in the morning does so: on a weekday between a quarter to eight and a quarter past eight. */
export function nextOpening(moment: number, chance: number): number {
  return nextBetween(moment, "07:45", "07:46") + Math.floor(chance * 30) * 60_000;
}

function nextBetween(moment: number, opens: string, closes: string): number {
  const local = dutchTime(new Date(moment));
  const time = local.toPlainTime();
  const isOpen =
    Temporal.PlainTime.compare(time, Temporal.PlainTime.from(opens)) >= 0 &&
    Temporal.PlainTime.compare(time, Temporal.PlainTime.from(closes)) < 0;
  if (local.dayOfWeek <= 5 && isOpen) return moment;
  const later = Temporal.PlainTime.compare(time, Temporal.PlainTime.from(opens)) >= 0;
  let date = local.toPlainDate().add({ days: later ? 1 : 0 });
  while (date.dayOfWeek > 5) date = date.add({ days: 1 });
  return date.toZonedDateTime({ timeZone: dutchZone, plainTime: opens }).epochMilliseconds;
}
