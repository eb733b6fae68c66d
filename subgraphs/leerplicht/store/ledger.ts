import type { EntityManager } from "typeorm";
import { takeTurn } from "../../../plumbing/database.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { send } from "../../../plumbing/outbox.ts";
import { advance, isEnded, isTooLate, isUnseen, type LedgerProgress } from "../decisions/progress.ts";
import { SubmissionRow } from "./entities.ts";

/** What happens to one signal happens in turn, whichever replica it comes to. */
export function takeSubmissionTurn(rows: EntityManager, submissionId: string): Promise<void> {
  return takeTurn(rows, `submission:${submissionId}`);
}

/**
 * How long a return may be on its way, in milliseconds: a part may be dark for three days, and then sends what it was given
 * on the last of them.
 */
const returnOnItsWay = 4 * 24 * 60 * 60 * 1000;

/**
 * Takes in news of a signal, and passes it on to the sender where it is news.
 * @param returnableUntil until when its school may return what it has seen, as far as it says so.
 */
export async function recordProgress(
  rows: EntityManager,
  submission: SubmissionRow,
  news: LedgerProgress,
  at: Date,
  returnableUntil: Date = at,
): Promise<void> {
  if (news === "SEEN" && !isEnded(submission.progress)) await keepChild(rows, submission, returnableUntil);
  const progress = advance(submission.progress, news);
  const isNews = progress !== submission.progress;
  const looked =
    (news === "SEEN" || news === "SUPPORTED") &&
    (isUnseen(submission) || (submission.seenAt === null && isTooLate(submission.progress, news)));
  if (!isNews && !looked) return;
  submission.progress = progress;
  if (looked) submission.seenAt = at;
  if (isEnded(progress)) {
    submission.endedAt = at;
    submission.sought = null;
    submission.occurredAt = null;
  }
  await rows.save(submission);
  // A sender who withdrew it knows.
  if (isNews && progress !== "WITHDRAWN")
    await send(rows, "recordProgress", { sender: submission.sender, id: submission.id, progress });
}

/** Keeps the child for as long as the signal may come back. The school's day may move later, and news of it be overtaken. */
async function keepChild(rows: EntityManager, submission: SubmissionRow, returnableUntil: Date): Promise<void> {
  const forgetAt = new Date(returnableUntil.getTime() + returnOnItsWay);
  if (submission.forgetAt !== null && forgetAt <= submission.forgetAt) return;
  submission.forgetAt = forgetAt;
  await rows.update(SubmissionRow, { id: submission.id }, { forgetAt });
  await schedule(rows, "forgetChild", { id: submission.id }, forgetAt, forgetKey(submission.id));
}

/** The key of the job that takes a child out of the ledger. */
export function forgetKey(submissionId: string): string {
  return `forget:${submissionId}`;
}
