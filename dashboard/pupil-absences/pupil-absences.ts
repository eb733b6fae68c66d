import type { Child } from "../elements/child.ts";
import type { Talk } from "../talks/talks.ts";

/* What an office's list of absences holds, without a connection or a screen. */

/** Suspected unauthorised absence about which there is a talk. */
export interface PupilAbsence {
  readonly id: string;
  /** ISO 8601, a day; as is the last, which is included. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** RFC 3339 */
  readonly reportedAt: string;
  /** How far the talk is. */
  readonly talk: Talk["status"];
  /** All null once no parent agrees any more. */
  readonly child: Pick<Child, "name" | "bsn">;
}

export interface PupilAbsenceEvent {
  readonly cursor: string;
  readonly absence: PupilAbsence;
}

/** The latest first. */
export type PupilAbsences = readonly PupilAbsence[];

/** The list once an event has told how an absence is now. */
export function afterEvent(absences: PupilAbsences, { absence }: PupilAbsenceEvent): PupilAbsences {
  const others = absences.filter(({ id }) => id !== absence.id);
  return [...others, absence].sort((one, other) => (one.reportedAt < other.reportedAt ? 1 : -1));
}

/** What an officer fills in. */
export interface ReportedAbsence {
  readonly child: {
    readonly bsn: string | null;
    readonly givenName: string | null;
    readonly prefix: string | null;
    readonly familyName: string | null;
    /** ISO 8601, a day. */
    readonly birthDate: string | null;
  };
  readonly firstDay: string;
  readonly lastDay: string;
}

/** @param given a form's fields; what is left open is not said. */
export function absenceIn(given: FormData): ReportedAbsence {
  const text = (name: string) => String(given.get(name) ?? "").trim();
  const said = (name: string) => text(name) || null;
  return {
    child: {
      bsn: said("bsn"),
      givenName: said("givenName"),
      prefix: said("prefix"),
      familyName: said("familyName"),
      birthDate: said("birthDate"),
    },
    firstDay: text("firstDay"),
    lastDay: text("lastDay"),
  };
}
