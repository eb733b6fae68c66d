import { type EntityManager, In, IsNull, Not } from "typeorm";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { soughtPerson } from "../../../plumbing/person-match.ts";
import {
  type CandidateReason,
  candidateReasons,
  type Likeness,
  likenesses,
  reasonFor,
} from "../decisions/candidates.ts";
import { takesPartOn } from "../decisions/route.ts";
import { type ChildEnrolment, childrenWhoMayBe, enrolmentsOf, type KnownChild } from "../registry/children.ts";
import { RoutingTaskRow } from "./entities.ts";
import type { SoughtChild } from "./sought-child.ts";

/** A school as an officer is told of it. */
export interface CandidateSchool {
  /** The site id. */
  readonly id: string;
  /** Null where the registry does not have it. */
  readonly name: string | null;
  readonly city: string | null;
  readonly telephone: string | null;
  readonly participates: boolean;
}

export interface Candidate {
  /** The child of the registry whom the candidate stands for. */
  readonly child: KnownChild;
  /** As an officer sees it. */
  readonly candidate: {
    readonly id: string;
    readonly school: CandidateSchool;
    readonly reason: CandidateReason;
    readonly childName: string;
  };
}

/** A row that is about a child. */
type SoughtRow = SoughtChild & { readonly id: string };

/** The schools that an officer may choose for each of these children, with why, the likeliest first. */
export async function candidatesFor(
  rows: EntityManager,
  sought: readonly SoughtRow[],
  now: Date,
): Promise<Candidate[][]> {
  const known = await childrenWhoMayBe(rows, {
    ids: sought.flatMap(({ personId }) => personId ?? []),
    sought: sought.map(({ child }) => soughtPerson(child ?? {})),
  });
  const alike = sought.map((one) => childrenAlike(one, known));
  const enrolments = await enrolmentsOf(rows, [...new Set(alike.flat().map(({ person }) => person.id))]);
  const cameBack = await schoolsThatSaidNo(rows, sought);
  const day = dutchDay(now);
  return alike.map((children, place) =>
    schoolsOf(children, enrolments, day, cameBack.get(sought[place]?.id ?? "") ?? new Set()),
  );
}

/** From which schools each signal has come back, as its tasks tell. */
async function schoolsThatSaidNo(
  rows: EntityManager,
  sought: readonly SoughtRow[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const tasks = await rows.findBy(RoutingTaskRow, {
    submissionId: In(sought.map(({ id }) => id)),
    reason: Not("NOT_SEEN_IN_TIME" as const),
    schoolId: Not(IsNull()),
  });
  const bySubmission = Map.groupBy(tasks, ({ submissionId }) => submissionId);
  return new Map(
    [...bySubmission].map(([id, those]) => [id ?? "", new Set(those.map(({ schoolId }) => schoolId ?? ""))]),
  );
}

interface ChildAlike {
  readonly person: KnownChild;
  readonly likeness: Likeness;
}

function schoolsOf(
  alike: readonly ChildAlike[],
  enrolments: readonly ChildEnrolment[],
  day: string,
  cameBack: ReadonlySet<string>,
): Candidate[] {
  return enrolments
    .flatMap((enrolment): Candidate[] => {
      const found = alike.find(({ person }) => person.id === enrolment.childId);
      const reason = found && reasonFor(found.likeness, enrolment, day, cameBack.has(enrolment.schoolId));
      if (found === undefined || reason === undefined) return [];
      const { schoolId, schoolName, city, telephone, site } = enrolment;
      const school = {
        id: schoolId,
        name: schoolName,
        city,
        telephone,
        participates: site !== null && takesPartOn(day, site),
      };
      const { givenName, callName, prefix, familyName } = found.person.name;
      const childName = [callName ?? givenName, prefix, familyName].filter((part) => part != null).join(" ");
      return [
        { child: found.person, candidate: { id: `${enrolment.childId}.${schoolId}`, school, reason, childName } },
      ];
    })
    .sort((a, b) => rank(a.candidate.reason) - rank(b.candidate.reason));
}

/** The child who was matched at first, else those of the registry who resemble the one described. */
function childrenAlike({ child, personId }: SoughtChild, known: readonly KnownChild[]): ChildAlike[] {
  const matched = known.find(({ id }) => id === personId);
  return matched === undefined ? likenesses(soughtPerson(child ?? {}), known) : [{ person: matched, likeness: "same" }];
}

function rank(reason: CandidateReason): number {
  return candidateReasons.indexOf(reason);
}
