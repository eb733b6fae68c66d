import { operation } from "../api/ask.ts";
import type { Outcome, OutcomeAnswer } from "../api/use-gesture.ts";
import type { Coverage } from "../guidance/guidance.ts";
import openViewText from "../operations/parent/open-view.graphql?raw";
import viewText from "../operations/parent/view.graphql?raw";
import viewEventsText from "../operations/parent/view-events.graphql?raw";
import withdrawText from "../operations/parent/withdraw.graphql?raw";
import type { Talk } from "../talks/talks.ts";

/** A school, in or out; null where the school's part does not answer. */
export type NamedSchool = { readonly name: string; readonly city: string | null } | null;

/** That a school and the supporter know each other. */
interface Sharing {
  readonly schoolId: string;
  readonly school: NamedSchool;
  /** RFC 3339 */
  readonly since: string;
  /** Null while they do. */
  readonly until: string | null;
}

export interface OwnConsent {
  readonly id: string;
  readonly state: "GIVEN" | "WITHDRAWN" | "EXPIRED";
  /** RFC 3339: the end of its last day. */
  readonly validUntil: string;
  readonly covers: readonly Coverage[];
  /** The one school that it is for; null where it is for whichever the child goes to. */
  readonly schoolId: string | null;
  readonly namedSchool: NamedSchool;
  readonly school: {
    readonly name: string | null;
    readonly city: string | null;
    readonly contacts: readonly { readonly name: string; readonly email: string | null }[] | null;
  } | null;
  readonly sharings: readonly Sharing[];
}

/** What a parent's own consents led to. */
export interface ParentView {
  /** RFC 3339: until when it can be seen. */
  readonly until: string;
  readonly supporter: {
    readonly name: string;
    readonly telephone: string | null;
    readonly email: string | null;
  } | null;
  readonly children: readonly {
    readonly id: string;
    readonly name: string;
    /** The latest first. */
    readonly consents: readonly OwnConsent[];
  }[];
  readonly conversations: readonly Omit<Talk, "about" | "moments" | "invitation">[];
}

interface Opened extends Outcome {
  readonly key?: string;
  readonly view?: ParentView;
}

export const openView = operation<{ readonly result: Opened }, { readonly code: string }>(openViewText);
type Viewed = (ParentView & { readonly __typename: "ParentView" }) | { readonly __typename: "ParentViewRefused" };

export const view = operation<{ readonly result: Viewed }, { readonly key: string }>(viewText);
/** It tells that there is something to read. */
export const viewEvents = operation<{ readonly parentViewEvents: object }, { readonly key: string }>(viewEventsText);
export const withdraw = operation<OutcomeAnswer, { readonly key: string; readonly consentId: string }>(withdrawText);
