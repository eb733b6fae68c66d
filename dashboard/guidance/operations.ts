import { operation } from "../api/ask.ts";
import type { Outcome, OutcomeAnswer } from "../api/use-gesture.ts";
import type { ListSource } from "../api/use-live-list.ts";
import changeSupporterText from "../operations/shelter/change-supporter.graphql?raw";
import endGuidanceText from "../operations/shelter/end-guidance.graphql?raw";
import familiesText from "../operations/shelter/families.graphql?raw";
import familyEventsText from "../operations/shelter/family-events.graphql?raw";
import inviteParentText from "../operations/shelter/invite-parent.graphql?raw";
import recordConsentText from "../operations/shelter/record-consent.graphql?raw";
import reportViolenceText from "../operations/shelter/report-violence.graphql?raw";
import startGuidanceText from "../operations/shelter/start-guidance.graphql?raw";
import withdrawConsentText from "../operations/shelter/withdraw-consent.graphql?raw";
import { afterEvent, type Coverage, type Families, type FamilyEvent } from "./guidance.ts";

interface FamiliesAnswer {
  readonly guidances: Families;
}

interface EventAnswer {
  readonly guidanceEvents: FamilyEvent;
}

/** Where the families come from. */
export const familiesSource: ListSource<Families, FamiliesAnswer, EventAnswer, FamilyEvent> = {
  read: operation(familiesText),
  events: operation(familyEventsText),
  listOf: ({ guidances }) => guidances,
  eventOf: ({ guidanceEvents }) => guidanceEvents,
  afterEvent,
};

export interface NewConsent {
  readonly guidanceId: string;
  readonly childId: string;
  readonly parentId: string;
  /** ISO 8601, the last day on which it holds. */
  readonly validUntil: string;
  readonly covers: readonly Coverage[];
  /** The site id of the one school that the parent names; null for whichever the child goes to. */
  readonly schoolId: string | null;
}

/** Who accompanies a family; without a telephone number or an e-mail address nobody reaches them. */
export interface SupporterGiven {
  readonly name: string;
  readonly telephone: string | null;
  readonly email: string | null;
}

export interface NewGuidance {
  /** The family's key in the shelter's own system. */
  readonly familyId: string;
  readonly supporter: SupporterGiven;
}

export interface SupporterChange {
  readonly guidanceId: string;
  readonly supporter: SupporterGiven;
}

export interface Violence {
  readonly guidanceId: string;
  readonly childIds: readonly string[];
  /** RFC 3339 */
  readonly occurredAt: string;
  readonly idempotencyKey: string;
}

interface Invited extends Outcome {
  readonly invitation?: string;
  /** RFC 3339 */
  readonly validUntil?: string;
}

export const inviteParent = operation<
  { readonly result: Invited },
  { readonly guidanceId: string; readonly parentId: string }
>(inviteParentText);
export const reportViolence = operation<OutcomeAnswer, { readonly input: Violence }>(reportViolenceText);
export const startGuidance = operation<OutcomeAnswer, { readonly input: NewGuidance }>(startGuidanceText);
export const changeSupporter = operation<OutcomeAnswer, { readonly input: SupporterChange }>(changeSupporterText);
export const endGuidance = operation<OutcomeAnswer, { readonly guidanceId: string }>(endGuidanceText);
export const recordConsent = operation<OutcomeAnswer, { readonly input: NewConsent }>(recordConsentText);
export const withdrawConsent = operation<OutcomeAnswer, { readonly consentId: string }>(withdrawConsentText);
