import { operation } from "../api/ask.ts";
import type { OutcomeAnswer } from "../api/use-gesture.ts";
import availabilityText from "../operations/school/availability.graphql?raw";
import cancelAbsenceText from "../operations/school/cancel-absence.graphql?raw";
import recordAbsenceText from "../operations/school/record-absence.graphql?raw";
import removeSchoolDaysText from "../operations/school/remove-school-days.graphql?raw";
import setContactHoursText from "../operations/school/set-contact-hours.graphql?raw";
import setSchoolDaysText from "../operations/school/set-school-days.graphql?raw";

/** Days in a row, ISO 8601; both counted. */
export interface Period {
  readonly firstDay: string;
  readonly lastDay: string;
}

export interface Contact {
  readonly id: string;
  readonly name: string;
}

export interface Absence extends Period {
  readonly id: string;
  readonly staffMember: Contact;
}

/** Days on which a school differs from its region. */
export interface OwnDays extends Period {
  readonly id: string;
  readonly isSchool: boolean;
}

/** `HH:MM`, on school days. */
export interface Hours {
  readonly opens: string;
  readonly closes: string;
}

/** What decides when somebody at a school can be reached. */
export interface School {
  readonly id: string;
  readonly name: string;
  /** The first contact, then the deputies. */
  readonly contacts: readonly Contact[];
  readonly absences: readonly Absence[];
  readonly contactHours: Hours & { readonly always: boolean };
  readonly ownDays: readonly OwnDays[];
}

type OfSchool<Input> = { readonly input: Input & { readonly schoolId: string } };

export const availability = operation<{ readonly schools: readonly School[] }>(availabilityText);
export const recordAbsence = operation<OutcomeAnswer, OfSchool<Period & { readonly staffMemberId: string }>>(
  recordAbsenceText,
);
export const cancelAbsence = operation<OutcomeAnswer, { readonly id: string }>(cancelAbsenceText);
export const setContactHours = operation<OutcomeAnswer, OfSchool<Hours>>(setContactHoursText);
export const setSchoolDays = operation<OutcomeAnswer, OfSchool<Period & { readonly isSchool: boolean }>>(
  setSchoolDaysText,
);
export const removeSchoolDays = operation<OutcomeAnswer, { readonly id: string }>(removeSchoolDaysText);
