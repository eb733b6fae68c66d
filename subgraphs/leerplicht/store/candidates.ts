import type { EntityManager } from "typeorm";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { type CandidateReason, candidateReasons, likenesses, reasonFor } from "../decisions/candidates.ts";
import { childByNumber, childrenWhoMayBe, enrolmentsOf, type KnownChild } from "../registry/children.ts";
import type { SubmissionRow } from "./entities.ts";
import { soughtPerson } from "./ledger.ts";

export interface Candidate {
  /** The child of the registry whom the candidate stands for. */
  readonly child: KnownChild;
  /** As an officer sees it. */
  readonly candidate: {
    readonly id: string;
    readonly school: {
      readonly id: string;
      readonly name: string | null;
      readonly city: string | null;
      readonly participates: boolean;
    };
    readonly reason: CandidateReason;
    readonly childName: string;
  };
}

/** The schools that an officer may choose for a signal, with why, the likeliest first. */
export async function candidatesFor(rows: EntityManager, submission: SubmissionRow, now: Date): Promise<Candidate[]> {
  const alike = await childrenAlike(rows, submission);
  const enrolments = await enrolmentsOf(
    rows,
    alike.map(({ person }) => person.id),
  );
  const day = dutchDay(now);
  return enrolments
    .flatMap((enrolment): Candidate[] => {
      const found = alike.find(({ person }) => person.id === enrolment.childId);
      const reason = found && reasonFor(found.likeness, enrolment, day);
      if (found === undefined || reason === undefined) return [];
      const { schoolId, schoolName, city, site } = enrolment;
      const school = { id: schoolId, name: schoolName, city, participates: site?.participates ?? false };
      const { givenName, callName, prefix, familyName } = found.person.name;
      const childName = [callName ?? givenName, prefix, familyName].filter((part) => part != null).join(" ");
      return [
        { child: found.person, candidate: { id: `${enrolment.childId}.${schoolId}`, school, reason, childName } },
      ];
    })
    .sort((a, b) => rank(a.candidate.reason) - rank(b.candidate.reason));
}

async function childrenAlike(rows: EntityManager, { child, personId }: SubmissionRow) {
  const matched = personId === null ? null : await childByNumber(rows, personId);
  if (matched !== null) return [{ person: matched, likeness: "same" as const }];
  const sought = soughtPerson(child);
  return likenesses(sought, await childrenWhoMayBe(rows, sought));
}

function rank(reason: CandidateReason): number {
  return candidateReasons.indexOf(reason);
}
