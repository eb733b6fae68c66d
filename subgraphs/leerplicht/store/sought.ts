import type { EntityManager } from "typeorm";
import { takeTurn } from "../../../plumbing/database.ts";
import { CircleSearchRow } from "./circle-entities.ts";
import { type RoutingTaskRow, SubmissionRow } from "./entities.ts";
import { takeSubmissionTurn } from "./ledger.ts";
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

/** Whom it is about. */
export function childOfSought(rows: EntityManager, sought: Sought): SoughtChild {
  return soughtChildOf(rows, sought instanceof SubmissionRow ? "submission" : "circle_search", sought);
}
