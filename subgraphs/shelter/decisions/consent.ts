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

/** A consent, as far as it is judged. */
export interface ConsentTerms {
  /** The registry's key of the parent. */
  readonly givenBy: string;
  /** The one school that it is for; null where it is for whichever the child goes to. */
  readonly schoolId: string | null;
  readonly covers: readonly ConsentCoverage[];
  readonly validUntil: Date;
}

/** Whether one that has not ended still holds: its last day ends it at once, whenever that is noted. */
export function holds({ validUntil }: Pick<ConsentTerms, "validUntil">, now: Date): boolean {
  return validUntil > now;
}

/** Whether it is for this school. */
export function admits({ schoolId }: Pick<ConsentTerms, "schoolId">, school: string): boolean {
  return schoolId === null || schoolId === school;
}

/** The one school that may be told, where all who consent name the same; else null. */
export function namedBy(consents: readonly Pick<ConsentTerms, "schoolId">[]): string | null {
  const [first, ...others] = new Set(consents.map(({ schoolId }) => schoolId));
  return others.length === 0 ? (first ?? null) : null;
}

/** What these consents cover of one school, taken together: each is a parent's own word, and none takes another's back. */
export function coverageOf(
  consents: readonly Pick<ConsentTerms, "schoolId" | "covers">[],
  school: string,
): ConsentCoverage[] {
  const given = consents.filter((consent) => admits(consent, school)).flatMap(({ covers }) => covers);
  return consentCoverages.filter((cover) => given.includes(cover));
}

/** Whether a parent gives again what they have given: recording it again then is a retry, and no act of its own. */
export function isSameConsent(given: ConsentTerms, again: ConsentTerms): boolean {
  const terms = ({ givenBy, schoolId, covers, validUntil }: ConsentTerms) =>
    JSON.stringify([givenBy, schoolId, [...covers].sort(), validUntil]);
  return terms(given) === terms(again);
}

/** The last moment at which it held, where something ends it now. */
export function endOf({ validUntil }: Pick<ConsentTerms, "validUntil">, now: Date): Date {
  return validUntil < now ? validUntil : now;
}
