import { type EntityManager, In } from "typeorm";
import { schedule } from "../../../plumbing/jobs.ts";
import { send, takeBack } from "../../../plumbing/outbox.ts";
import { deadline } from "../../../plumbing/school-days/deadline.ts";
import { type EscalationSettings, escalationTime } from "../decisions/escalation.ts";
import { type ChildRecord, DeliveryRow, type DeliveryState, SubmissionRow } from "./entities.ts";
import { takeSubmissionTurn } from "./ledger.ts";

/** The states in which a school has a signal, or is about to. */
const underWay: readonly DeliveryState[] = ["SENT", "DELIVERED"];

export function isUnderWay({ state }: DeliveryRow): boolean {
  return underWay.includes(state);
}

/** Where a signal goes, and whom it is about. */
export interface Destination {
  readonly schoolId: string;
  /** Of the school (CBS, four digits); null where the registry does not have it. */
  readonly municipality: string | null;
  readonly child: ChildRecord | null;
}

/**
 * Sends a signal to a school, under an id that is minted for this delivery, and keeps what was found of it. It must lie at
 * no other school: it stands in one inbox at most (`takeBackDeliveries`).
 */
export async function deliver(
  rows: EntityManager,
  submission: SubmissionRow,
  { schoolId, municipality, child }: Destination,
  escalation: EscalationSettings,
  now: Date,
): Promise<void> {
  const id = crypto.randomUUID();
  submission.municipality = municipality ?? submission.municipality;
  // Routed anew, it is due by the first deadline, whatever the days of the new school.
  submission.dueAtBell = false;
  // Already now: a school whose part is down will not say when the signal appears.
  const escalatesAt = escalationTime(submission.dueBy ?? now, now, escalation);
  // In one statement, as are a signal's way and what is known of it.
  await rows.query(
    `with placed as (update care.submission set sought = $2, municipality = $3, due_at_bell = false where id = $1)
     insert into care.delivery (id, submission_id, school_id, state, sent_at, escalates_at)
     values ($4, $1, $5, 'SENT', $6, $7)`,
    [submission.id, submission.sought, submission.municipality, id, schoolId, now, escalatesAt],
  );
  await send(rows, "deliverSignal", { id, schoolId, child });
  await scheduleEscalationAt(rows, id, escalatesAt);
}

/** Asks for an officer at the time at which it will be too late to wait any longer. */
export async function scheduleEscalation(
  rows: EntityManager,
  deliveryId: string,
  { dueBy }: SubmissionRow,
  appearsAt: Date,
  settings: EscalationSettings,
): Promise<void> {
  await escalateAt(rows, deliveryId, escalationTime(dueBy ?? appearsAt, appearsAt, settings));
}

/** Asks for an officer at this time, where nobody has looked by then. Said again, it moves. */
export async function escalateAt(rows: EntityManager, deliveryId: string, at: Date): Promise<void> {
  await rows.update(DeliveryRow, { id: deliveryId }, { escalatesAt: at });
  await scheduleEscalationAt(rows, deliveryId, at);
}

function scheduleEscalationAt(rows: EntityManager, id: string, at: Date): Promise<void> {
  return schedule(rows, "escalate", { id }, at, escalationKey(id));
}

/** The key of the job that asks for an officer. */
export function escalationKey(deliveryId: string): string {
  return `escalate:${deliveryId}`;
}

/** A delivery and its signal, which the caller now holds until the transaction ends; undefined where there is none. */
export async function takeDelivery(
  rows: EntityManager,
  id: string,
): Promise<{ delivery: DeliveryRow; submission: SubmissionRow } | undefined> {
  const known = await rows.findOneBy(DeliveryRow, { id });
  if (known === null) return undefined;
  await takeSubmissionTurn(rows, known.submissionId);
  return {
    delivery: await rows.findOneByOrFail(DeliveryRow, { id }),
    submission: await rows.findOneByOrFail(SubmissionRow, { id: known.submissionId }),
  };
}

/** Takes a signal out of every inbox in which it is, or is about to be. */
export async function takeBackDeliveries(rows: EntityManager, submissionId: string, now: Date): Promise<void> {
  for (const { id } of await rows.findBy(DeliveryRow, { submissionId, state: In([...underWay]) })) {
    await rows.update(DeliveryRow, { id }, { state: "WITHDRAWN" });
    // The child does not wait in the outbox for a school that is down.
    await takeBack(rows, "deliverSignal", id, now);
    // It may have come all the same, unacknowledged.
    await send(rows, "withdrawDelivery", { id });
  }
}

/**
 * The first school that has a signal sets its deadline by its own school days; routed anew, it is due by the same. The
 * moment of the incident has then done its work.
 * @param firstBells those of the last month and the next one to come, in their order.
 */
export async function setDeadline(
  rows: EntityManager,
  submission: SubmissionRow,
  firstBells: readonly Date[],
): Promise<void> {
  const { id, occurredAt } = submission;
  if (occurredAt === null) return;
  const bell = firstBells.find((one) => one > occurredAt);
  if (bell !== undefined) {
    submission.dueBy = deadline(occurredAt, bell);
    submission.dueAtBell = submission.dueBy.getTime() === bell.getTime();
  }
  submission.occurredAt = null;
  const { dueBy, dueAtBell } = submission;
  await rows.update(SubmissionRow, { id }, { dueBy, dueAtBell, occurredAt: null });
}

/**
 * The days of the school have changed before the signal appeared there. A deadline that is a first bell moves to the next
 * one where that day has become free; never to an earlier one, as it was told.
 * @param firstBells as for `setDeadline`.
 */
export async function moveDeadline(
  rows: EntityManager,
  submission: SubmissionRow,
  firstBells: readonly Date[],
): Promise<void> {
  if (submission.occurredAt !== null) return setDeadline(rows, submission, firstBells);
  const { id, dueAtBell, receivedAt, dueBy } = submission;
  const bell = firstBells.find((one) => one > receivedAt);
  if (!dueAtBell || bell === undefined || dueBy === null || bell <= dueBy) return;
  submission.dueBy = bell;
  await rows.update(SubmissionRow, { id }, { dueBy: bell });
}
