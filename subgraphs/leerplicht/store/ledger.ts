import { type EntityManager, IsNull } from "typeorm";
import { takeTurn } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { send } from "../../../plumbing/outbox.ts";
import { matchPerson, type PersonMatch, soughtPerson } from "../../../plumbing/person-match.ts";
import { deadline } from "../../../plumbing/school-days/deadline.ts";
import { advance, isEnded, type LedgerProgress } from "../decisions/progress.ts";
import { decideRoute, type RoutingReason } from "../decisions/route.ts";
import { childrenWhoMayBe, enrolmentsOf, type KnownChild } from "../registry/children.ts";
import { institutionsOf } from "../registry/institutions.ts";
import { type ChildRecord, DeliveryRow, RoutingTaskRow, SubmissionRow, type TaskOutcome } from "./entities.ts";

/** What happens to one signal happens in turn, whichever replica it comes to. */
export function takeSubmissionTurn(rows: EntityManager, submissionId: string): Promise<void> {
  return takeTurn(rows, `submission:${submissionId}`);
}

/** Sends a signal to the one right school, or gives it to an officer. */
export async function routeSubmission(rows: EntityManager, submission: SubmissionRow, now: Date): Promise<void> {
  const match = await matchChild(rows, submission.child);
  const child = match.kind === "one" ? match.person : null;
  const enrolments = child === null ? [] : await enrolmentsOf(rows, [child.id]);
  const route = decideRoute(match.kind, enrolments, dutchDay(now));
  submission.personId = child?.id ?? null;
  submission.municipality = child?.municipality ?? null;
  const { id, personId, municipality } = submission;
  await rows.update(SubmissionRow, { id }, { personId, municipality });
  if (route.to === "officer") await openTask(rows, submission, route.reason, now);
  else await deliver(rows, submission, route.schoolId, child === null ? submission.child : recordOf(child), now);
}

/** @returns the one child in the registry whom an agency described, and never a guess. */
export async function matchChild(rows: EntityManager, child: ChildRecord | null): Promise<PersonMatch<KnownChild>> {
  const sought = soughtPerson(child ?? {});
  return matchPerson(sought, await childrenWhoMayBe(rows, { sought: [sought] }));
}

/** A child of the registry, as it is described to the school. */
export function recordOf({ bsn, birthDate, name }: KnownChild): ChildRecord {
  const { givenName = null, callName = null, prefix = null, familyName } = name;
  return { bsn: bsn ?? null, givenName, callName, prefix, familyName, birthDate };
}

/** Sends a signal to a school, under an id that is minted for this delivery. */
export async function deliver(
  rows: EntityManager,
  submission: SubmissionRow,
  schoolId: string,
  child: ChildRecord | null,
  now: Date,
): Promise<void> {
  const id = crypto.randomUUID();
  await rows.insert(DeliveryRow, { id, submissionId: submission.id, schoolId, state: "SENT", sentAt: now });
  const school = (await institutionsOf(rows, [schoolId])).get(schoolId);
  submission.municipality = school?.municipality ?? submission.municipality;
  await rows.update(SubmissionRow, { id: submission.id }, { municipality: submission.municipality });
  await send(rows, "deliverSignal", { id, schoolId, child });
}

/**
 * The first school that has a signal sets its deadline by its own school days; routed anew, it is due by the same. The
 * moment of the incident has then done its work.
 * @param firstBells those of the last month and the next one to come, in their order.
 */
export async function setDeadline(
  rows: EntityManager,
  submission: SubmissionRow,
  firstBells: readonly string[],
): Promise<void> {
  const { id, occurredAt } = submission;
  if (occurredAt === null) return;
  const bell = firstBells.map((text) => new Date(text)).find((one) => one > occurredAt);
  if (bell !== undefined) submission.dueBy = deadline(occurredAt, bell);
  submission.occurredAt = null;
  await rows.update(SubmissionRow, { id }, { dueBy: submission.dueBy, occurredAt: null });
}

/** Gives a signal to an officer. One that an officer already has stays with the first reason. */
export async function openTask(
  rows: EntityManager,
  submission: SubmissionRow,
  reason: RoutingReason,
  now: Date,
): Promise<void> {
  const { id: submissionId, organisation } = submission;
  if (await rows.existsBy(RoutingTaskRow, { submissionId, closedAt: IsNull() })) return;
  const id = crypto.randomUUID();
  await rows.insert(RoutingTaskRow, { id, submissionId, organisation, reason, openedAt: now });
  await recordEvent(rows, { stream: organisation, kind: "OPENED", subject: id });
}

/** Ends an officer's task. */
export async function closeTask(
  rows: EntityManager,
  task: RoutingTaskRow,
  outcome: TaskOutcome,
  now: Date,
): Promise<void> {
  task.closedAt = now;
  task.outcome = outcome;
  await rows.save(task);
  await recordEvent(rows, { stream: task.organisation, kind: "CLOSED", subject: task.id });
}

/** How long after a signal was seen its school may still return it, in milliseconds: a long weekend. */
const returnPeriod = 4 * 24 * 60 * 60 * 1000;

export function scheduleForgetting(rows: EntityManager, id: string, from: Date): Promise<void> {
  return schedule(rows, "forgetChild", { id }, new Date(from.getTime() + returnPeriod), `forget:${id}`);
}

/** Takes in news of a signal, and passes it on to the sender where it is news. */
export async function recordProgress(
  rows: EntityManager,
  submission: SubmissionRow,
  news: LedgerProgress,
  at: Date,
): Promise<void> {
  const progress = advance(submission.progress, news);
  if (progress === submission.progress) return;
  submission.progress = progress;
  if (progress === "SEEN" || progress === "SUPPORTED") submission.seenAt ??= at;
  if (isEnded(progress)) {
    submission.endedAt = at;
    submission.child = null;
    submission.personId = null;
    submission.occurredAt = null;
  }
  await rows.save(submission);
  if (progress === "SEEN") await scheduleForgetting(rows, submission.id, at);
  // The sender withdrew it and knows.
  if (progress !== "WITHDRAWN")
    await send(rows, "recordProgress", { sender: submission.sender, id: submission.id, progress });
}
