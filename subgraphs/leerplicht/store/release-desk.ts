import type { EntityManager } from "typeorm";
import { recordEvent } from "../../../plumbing/events.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import { actBy, type ReleaseOutcome, type StopReason } from "../decisions/release.ts";
import type { ReleaseDesk } from "../settings.ts";
import { ReleaseTaskRow, type SubmissionRow } from "./entities.ts";
import { takeSubmissionTurn } from "./ledger.ts";

/** Whether there is time left for the release desk to have its share of: else a signal must go on at once. */
export function hasTimeAtDesk({ dueBy }: SubmissionRow, { share }: ReleaseDesk, now: Date): boolean {
  return actBy(now, dueBy ?? now, share) > now;
}

/**
 * Shows a signal to the release desk before it is routed. When the desk's share of the time is over it goes on by
 * itself.
 */
export async function openReleaseTask(
  rows: EntityManager,
  { id: submissionId, dueBy }: SubmissionRow,
  { organisation, share }: ReleaseDesk,
  now: Date,
): Promise<void> {
  const goesOn = actBy(now, dueBy ?? now, share);
  const id = crypto.randomUUID();
  await rows.insert(ReleaseTaskRow, { id, submissionId, organisation, actBy: goesOn, openedAt: now });
  await schedule(rows, "passOn", { id }, goesOn, passOnKey(id));
  recordEvent(rows, { stream: organisation, kind: "OPENED", subject: id });
}

/** The key of the job that lets a signal go on from the desk. */
export function passOnKey(taskId: string): string {
  return `pass-on:${taskId}`;
}

/** A task of the release desk that the caller now holds until the transaction ends, or why not. */
export type TakenReleaseTask =
  | { task: ReleaseTaskRow; refused?: never }
  | { refused: "not found" }
  | { refused: "closed"; task: ReleaseTaskRow };

/** Takes a task, so that it is not released, stopped, withdrawn and passed on at once. */
export async function takeReleaseTask(rows: EntityManager, id: string): Promise<TakenReleaseTask> {
  if (!isUuid(id)) return { refused: "not found" };
  const known = await rows.findOneBy(ReleaseTaskRow, { id });
  if (known === null) return { refused: "not found" };
  await takeSubmissionTurn(rows, known.submissionId);
  const task = await rows.findOneByOrFail(ReleaseTaskRow, { id });
  return task.closedAt === null ? { task } : { refused: "closed", task };
}

/** Ends a task of the release desk. */
export async function closeReleaseTask(
  rows: EntityManager,
  task: ReleaseTaskRow,
  outcome: ReleaseOutcome,
  now: Date,
  stopReason: StopReason | null = null,
): Promise<void> {
  Object.assign(task, { closedAt: now, outcome, stopReason });
  await rows.save(task);
  recordEvent(rows, { stream: task.organisation, kind: "CLOSED", subject: task.id });
}
