import type { EntityManager } from "typeorm";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { matchPerson, type PersonMatch, soughtPerson } from "../../../plumbing/person-match.ts";
import type { EscalationSettings } from "../decisions/escalation.ts";
import { decideRoute, type RoutingReason } from "../decisions/route.ts";
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
  const reason = await sendToSchool(rows, submission, escalation, now);
  if (reason !== undefined) await openTask(rows, submission, reason, now);
}

/**
 * Sends a signal that has been nowhere yet to the one right school.
 * @returns why an officer must look, where no machine may choose.
 */
export async function sendToSchool(
  rows: EntityManager,
  submission: SubmissionRow,
  escalation: EscalationSettings,
  now: Date,
): Promise<RoutingReason | undefined> {
  const { child: described } = soughtChildOf(rows, "submission", submission);
  const match = await matchChild(rows, described);
  const person = match.kind === "one" ? match.person : null;
  const enrolments = person === null ? [] : await enrolmentsOf(rows, [person.id]);
  const route = decideRoute(match.kind, enrolments, dutchDay(now));
  const { id } = submission;
  submission.sought = encryptSought(rows, "submission", id, { child: described, personId: person?.id ?? null });
  submission.municipality = person?.municipality ?? null;
  if (route.to === "officer") {
    const { sought, municipality } = submission;
    await rows.update(SubmissionRow, { id }, { sought, municipality });
    return route.reason;
  }
  const { schoolId, municipality } = route.enrolment;
  const child = person === null ? described : recordOf(person);
  await deliver(rows, submission, { schoolId, municipality, child }, escalation, now);
  return undefined;
}

/** @returns the one child in the registry whom an agency described, and never a guess. */
export async function matchChild(rows: EntityManager, child: ChildRecord | null): Promise<PersonMatch<KnownChild>> {
  const sought = soughtPerson(child ?? {});
  const { bsn } = sought;
  if (bsn !== undefined) {
    // The number decides where the registry has it: then no name need be looked for.
    const numbered = matchPerson({ bsn }, await childrenWhoMayBe(rows, { sought: [{ bsn }] }));
    if (numbered.kind !== "none") return numbered;
  }
  return matchPerson(sought, await childrenWhoMayBe(rows, { sought: [sought] }));
}

/** A child of the registry, as it is described to the school. */
export function recordOf({ bsn, birthDate, name }: KnownChild): ChildRecord {
  const { givenName = null, callName = null, prefix = null, familyName } = name;
  return { bsn: bsn ?? null, givenName, callName, prefix, familyName, birthDate };
}
