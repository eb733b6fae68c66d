import type { EntityManager } from "typeorm";
import { takeTurn } from "../../../plumbing/database.ts";
import { attempt, IdentityUnreadable } from "../../../plumbing/identities/identities.ts";
import { type OnBehalfOf, recordProcessing } from "../../../plumbing/processing-log.ts";
import { CircleSearchRow } from "./circle-entities.ts";
import { type RoutingTaskRow, SubmissionRow } from "./entities.ts";
import { takeSubmissionTurn } from "./ledger.ts";
import { type Activity, recordProcessingOf } from "./processing.ts";
import { type SoughtChild, soughtChildOf } from "./sought-child.ts";

/** Whose school a task asks for: that of the child of a signal, or of a search for a support circle. */
export type Sought = SubmissionRow | CircleSearchRow;

type About = Pick<RoutingTaskRow, "submissionId" | "circleSearchId">;

/** What happens to one search happens in turn, whichever replica it comes to. */
export function takeSearchTurn(rows: EntityManager, searchId: string): Promise<void> {
  return takeTurn(rows, `circle search:${searchId}`);
}

/** Keeps everybody else from what a task is about until the transaction ends. */
export async function takeSoughtTurn(rows: EntityManager, { submissionId, circleSearchId }: About): Promise<void> {
  if (submissionId !== null) await takeSubmissionTurn(rows, submissionId);
  if (circleSearchId !== null) await takeSearchTurn(rows, circleSearchId);
}

export async function soughtBy(rows: EntityManager, { submissionId, circleSearchId }: About): Promise<Sought> {
  if (submissionId !== null) return rows.findOneByOrFail(SubmissionRow, { id: submissionId });
  return rows.findOneByOrFail(CircleSearchRow, { id: circleSearchId ?? "" });
}

/**
 * Writes to the processing log that the caller did this with the child that a row is about. Call it before the child is
 * taken out of the row. One who cannot be decrypted is worked on all the same, and stands in the
 * log by the row alone.
 * @param object what of ours it was about, where that is not the row.
 */
export function recordSought(
  rows: EntityManager,
  caller: OnBehalfOf,
  activity: Activity,
  sought: Sought,
  object = sought.id,
): void {
  const read = attempt(() => childOfSought(rows, sought));
  if (read instanceof IdentityUnreadable) recordProcessing(rows, caller.claims, [{ activity, object }]);
  else recordProcessingOf(rows, caller, activity, [{ object, child: read.child }]);
}

/** Whom it is about. */
export function childOfSought(rows: EntityManager, sought: Sought): SoughtChild {
  return soughtChildOf(rows, sought instanceof SubmissionRow ? "submission" : "circle_search", sought);
}
