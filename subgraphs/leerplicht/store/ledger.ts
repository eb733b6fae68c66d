import type { EntityManager } from "typeorm";
import { takeTurn } from "../../../plumbing/database.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { send } from "../../../plumbing/outbox.ts";
import { advance, isEnded, isUnseen, type LedgerProgress } from "../decisions/progress.ts";
import type { SubmissionRow } from "./entities.ts";

/** What happens to one signal happens in turn, whichever replica it comes to. */
export function takeSubmissionTurn(rows: EntityManager, submissionId: string): Promise<void> {
  return takeTurn(rows, `submission:${submissionId}`);
}

/** How long after a signal was seen its school may still return it, in milliseconds: a long weekend. */
const returnPeriod = 4 * 24 * 60 * 60 * 1000;

/** Takes in news of a signal, and passes it on to the sender where it is news. */
export async function recordProgress(
  rows: EntityManager,
  submission: SubmissionRow,
  news: LedgerProgress,
  at: Date,
): Promise<void> {
  const progress = advance(submission.progress, news);
  const isNews = progress !== submission.progress;
  const looked = (news === "SEEN" || news === "SUPPORTED") && isUnseen(submission);
  if (!isNews && !looked) return;
  submission.progress = progress;
  if (looked) submission.seenAt = at;
  if (isEnded(progress)) {
    submission.endedAt = at;
    submission.sought = null;
    submission.occurredAt = null;
  }
  await rows.save(submission);
  if (progress === "SEEN") await scheduleForgetting(rows, submission.id, at);
  // A sender who withdrew it knows.
  if (isNews && progress !== "WITHDRAWN")
    await send(rows, "recordProgress", { sender: submission.sender, id: submission.id, progress });
}

function scheduleForgetting(rows: EntityManager, id: string, seenAt: Date): Promise<void> {
  return schedule(rows, "forgetChild", { id }, new Date(seenAt.getTime() + returnPeriod), `forget:${id}`);
}
