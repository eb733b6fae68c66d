import { Temporal } from "temporal-polyfill";

/** The time zone of every date that the parts tell. */
export const dutchZone = "Europe/Amsterdam";

/** What the clock on a wall in the Netherlands shows at a moment. */
export function dutchTime(at: Date): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(dutchZone).toPlainDateTime();
}

/** The calendar day in the Netherlands at a moment, as `YYYY-MM-DD`. */
export function dutchDay(at: Date): string {
  return dutchTime(at).toPlainDate().toString();
}

/** The midnight with which a day (`YYYY-MM-DD`) ends in the Netherlands. */
export function midnightAfter(day: string): Date {
  return new Date(Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(dutchZone).epochMilliseconds);
}
