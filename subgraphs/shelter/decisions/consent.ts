import { Temporal } from "temporal-polyfill";
import { dutchTime, dutchZone } from "../../../plumbing/dutch-time.ts";

/** What a parent may agree to, besides that supporter and school's contact know each other. */
export const consentCoverages = ["CONCERNS", "PAST_TALKS"] as const;
export type ConsentCoverage = (typeof consentCoverages)[number];

/** The longest that a consent is asked for at once, in months: then parents are asked anew. */
const longest = 12;

/**
 * @param lastDay `YYYY-MM-DD`, the last day on which a consent is to hold.
 * @returns the end of that day; undefined where it is past, or further off than a consent may reach.
 */
export function consentEnd(lastDay: string, now: Date): Date | undefined {
  const today = dutchTime(now).toPlainDate();
  const last = Temporal.PlainDate.from(lastDay);
  if (Temporal.PlainDate.compare(last, today) < 0) return undefined;
  if (Temporal.PlainDate.compare(last, today.add({ months: longest })) > 0) return undefined;
  return new Date(last.add({ days: 1 }).toZonedDateTime(dutchZone).epochMilliseconds);
}

/** How long after the end of guidance its content stays, in milliseconds: four weeks, for what is still to be settled. */
const retention = 28 * 24 * 60 * 60 * 1000;

export function erasureAfter(endedAt: Date): Date {
  return new Date(endedAt.getTime() + retention);
}
