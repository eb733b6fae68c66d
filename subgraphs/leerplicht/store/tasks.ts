import { type EntityManager, IsNull } from "typeorm";
import type { Claims } from "../../../plumbing/claims.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import { claimant } from "../decisions/claim.ts";
import type { ReturnReason, RoutingReason } from "../decisions/route.ts";
import { RoutingTaskRow, type SubmissionRow, type TaskOutcome } from "./entities.ts";
import { takeSoughtTurn } from "./sought.ts";

/**
 * Gives a signal to an officer. A task that is open already stays, with whoever is at work on it, and tells the reason
 * of now: a school that was not heard of may say no after all.
 * @param schoolId where it lies unseen, or from where it came back.
 * @param returnReason why, as the school says.
 */
export async function openTask(
  rows: EntityManager,
  submission: SubmissionRow,
  reason: RoutingReason,
  now: Date,
  schoolId: string | null = null,
  returnReason: ReturnReason | null = null,
): Promise<void> {
  const { id: submissionId, organisation } = submission;
  const open = await rows.findOneBy(RoutingTaskRow, { submissionId, closedAt: IsNull() });
  if (open?.reason === reason) return;
  const id = open?.id ?? crypto.randomUUID();
  if (open === null)
    await rows.insert(RoutingTaskRow, {
      id,
      submissionId,
      organisation,
      reason,
      schoolId,
      returnReason,
      openedAt: now,
    });
  else await rows.update(RoutingTaskRow, { id }, { reason, schoolId, returnReason });
  recordEvent(rows, { stream: organisation, kind: "OPENED", subject: id });
}

/** Ends an officer's task. */
export async function closeTask(
  rows: EntityManager,
  task: RoutingTaskRow,
  outcome: TaskOutcome,
  now: Date,
): Promise<void> {
  Object.assign(task, { closedAt: now, outcome, claimedBy: null, claimedUntil: null });
  await rows.save(task);
  recordEvent(rows, { stream: task.organisation, kind: "CLOSED", subject: task.id });
}

/** Ends the task of a signal, where an officer has one. */
export async function closeOpenTask(
  rows: EntityManager,
  submissionId: string,
  outcome: TaskOutcome,
  now: Date,
): Promise<void> {
  const task = await rows.findOneBy(RoutingTaskRow, { submissionId, closedAt: IsNull() });
  if (task !== null) await closeTask(rows, task, outcome, now);
}

/** Why an officer cannot have a task. */
export type TaskRefusal = { refused: "not found" } | { refused: "closed" | "taken"; task: RoutingTaskRow };

/** A task that the caller now holds until the transaction ends, or why not. */
export type TakenTask = { task: RoutingTaskRow; refused?: never } | TaskRefusal;

/**
 * Takes a task, so that two officers cannot do the same one: the second waits, and finds it closed. One that another
 * officer has claimed is left to them.
 */
export async function takeTask(rows: EntityManager, id: string, { sub }: Claims, now: Date): Promise<TakenTask> {
  if (!isUuid(id)) return { refused: "not found" };
  const known = await rows.findOneBy(RoutingTaskRow, { id });
  if (known === null) return { refused: "not found" };
  // With the signal's turn, so that it is not withdrawn in the middle and delivered all the same.
  await takeSoughtTurn(rows, known);
  const task = await rows.findOne(RoutingTaskRow, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (task === null) return { refused: "not found" };
  if (task.closedAt !== null) return { refused: "closed", task };
  return [null, sub].includes(claimant(task, now)) ? { task } : { refused: "taken", task };
}
