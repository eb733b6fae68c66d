/* What a shelter's list of families holds, without a connection or a screen. */

interface Person {
  readonly id: string;
  readonly name: string;
}

/** What a consent is for, besides that supporter and school know each other. */
export type Coverage = "CONCERNS" | "PAST_TALKS";

export const coverages: readonly Coverage[] = ["CONCERNS", "PAST_TALKS"];

/** A parent's word that shelter and school may support a child together. */
export interface Consent {
  readonly id: string;
  readonly state: "GIVEN" | "WITHDRAWN" | "EXPIRED";
  /** RFC 3339: the end of its last day. */
  readonly validUntil: string;
  readonly givenBy: { readonly name: string } | null;
  /** The site id of the one school that it is for; null where it is for whichever the child goes to. */
  readonly schoolId: string | null;
  readonly covers: readonly Coverage[];
}

export interface GuidedChild {
  readonly id: string;
  readonly name: string | null;
  readonly birthDate: string | null;
  /** The latest first. */
  readonly consents: readonly Consent[];
  /** Null without a consent that holds, and until the school is found. */
  readonly school: {
    readonly name: string | null;
    readonly city: string | null;
    readonly contacts: readonly { readonly name: string; readonly email: string | null }[] | null;
  } | null;
}

/** The guidance of one family. */
export interface Family {
  readonly id: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly supporter: {
    readonly name: string;
    readonly telephone: string | null;
    readonly email: string | null;
  } | null;
  /** Who can give consent. */
  readonly parents: readonly Person[];
  readonly children: readonly GuidedChild[];
}

export interface FamilyEvent {
  readonly cursor: string;
  readonly guidance: Family;
}

/** Those who are guided now, the latest first. */
export type Families = readonly Family[];

/** The list once an event has told how a family is now. */
export function afterEvent(families: Families, { guidance }: FamilyEvent): Families {
  const others = families.filter(({ id }) => id !== guidance.id);
  if (guidance.endedAt !== null) return others;
  return [...others, guidance].sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
}

/** The consents that hold for a child at a moment, each of another parent. They end by the clock. */
export function consentsOf({ consents }: GuidedChild, now: Date): readonly Consent[] {
  return consents.filter(({ state, validUntil }) => state === "GIVEN" && now < new Date(validUntil));
}
