import type { EntityManager } from "typeorm";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { matchPerson, type PersonMatch, soughtPerson } from "../../../plumbing/person-match.ts";
import type { EscalationSettings } from "../decisions/escalation.ts";
import { decideRoute } from "../decisions/route.ts";
import { childrenWhoMayBe, enrolmentsOf, type KnownChild } from "../registry/children.ts";
import { deliver } from "./deliveries.ts";
import { type ChildRecord, SubmissionRow } from "./entities.ts";
import { encryptSought, soughtChildOf } from "./sought-child.ts";
import { openTask } from "./tasks.ts";

/** Sends a signal to the one right school, or gives it to an officer. */
export async function routeSubmission(
  rows: EntityManager,
  submission: SubmissionRow,
  escalation: EscalationSettings,
  now: Date,
): Promise<void> {
  const { child: described } = soughtChildOf(rows, "submission", submission);
  const match = await matchChild(rows, described);
  const person = match.kind === "one" ? match.person : null;
  const enrolments = person === null ? [] : await enrolmentsOf(rows, [person.id]);
  const route = decideRoute(match.kind, enrolments, dutchDay(now));
  const { id } = submission;
  submission.sought = encryptSought(rows, "submission", id, { child: described, personId: person?.id ?? null });
  submission.municipality = person?.municipality ?? null;
  const { sought, municipality } = submission;
  await rows.update(SubmissionRow, { id }, { sought, municipality });
  if (route.to === "officer") {
    await openTask(rows, submission, route.reason, now);
    return;
  }
  const child = person === null ? described : recordOf(person);
  await deliver(rows, submission, { schoolId: route.schoolId, child }, escalation, now);
}

/** @returns the one child in the registry whom an agency described, and never a guess. */
export async function matchChild(rows: EntityManager, child: ChildRecord | null): Promise<PersonMatch<KnownChild>> {
  const sought = soughtPerson(child ?? {});
  // The number decides where the registry has it: all who were born on that day need not be read.
  const numbered = matchPerson({ bsn: sought.bsn }, await childrenWhoMayBe(rows, { sought: [{ bsn: sought.bsn }] }));
  if (numbered.kind !== "none") return numbered;
  return matchPerson(sought, await childrenWhoMayBe(rows, { sought: [sought] }));
}

/** A child of the registry, as it is described to the school. */
export function recordOf({ bsn, birthDate, name }: KnownChild): ChildRecord {
  const { givenName = null, callName = null, prefix = null, familyName } = name;
  return { bsn: bsn ?? null, givenName, callName, prefix, familyName, birthDate };
}
