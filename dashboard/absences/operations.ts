import { operation } from "../api/ask.ts";
import absencesText from "../operations/school/absences.graphql?raw";
import cancelText from "../operations/school/cancel-absence.graphql?raw";
import recordText from "../operations/school/record-absence.graphql?raw";

export interface Contact {
  readonly id: string;
  readonly name: string;
}

export interface Absence {
  readonly id: string;
  /** ISO 8601, days; both counted. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly staffMember: Contact;
}

export interface School {
  readonly id: string;
  readonly name: string;
  /** The first contact, then the deputies. */
  readonly contacts: readonly Contact[];
  readonly absences: readonly Absence[];
}

export interface NewAbsence {
  readonly schoolId: string;
  readonly staffMemberId: string;
  readonly firstDay: string;
  readonly lastDay: string;
}

interface Outcome {
  readonly result: { readonly __typename: string; readonly code?: string };
}

export const absences = operation<{ readonly schools: readonly School[] }>(absencesText);
export const recordAbsence = operation<Outcome, { readonly input: NewAbsence }>(recordText);
export const cancelAbsence = operation<Outcome, { readonly id: string }>(cancelText);
