import { Temporal } from "temporal-polyfill";

/** The time zone of every date that the parts tell. */
export const dutchZone = "Europe/Amsterdam";

/** The calendar day in the Netherlands at a moment, as `YYYY-MM-DD`. */
export function dutchDay(at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(dutchZone).toPlainDate().toString();
}
