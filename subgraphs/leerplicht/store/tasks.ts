import type { EntityManager } from "typeorm";
import { isUuid } from "../../../plumbing/uuid.ts";
import { takeSearchTurn } from "./circle-search.ts";
import { RoutingTaskRow } from "./entities.ts";
import { takeSubmissionTurn } from "./ledger.ts";

/** A task that the caller now holds until the transaction ends, or why not. */
export type TakenTask =
  | { task: RoutingTaskRow }
  | { refused: "not found" }
  | { refused: "closed"; task: RoutingTaskRow };

/** Takes a task, so that two officers cannot do the same one: the second waits, and finds it closed. */
export async function takeTask(rows: EntityManager, id: string): Promise<TakenTask> {
  if (!isUuid(id)) return { refused: "not found" };
  const known = await rows.findOneBy(RoutingTaskRow, { id });
  if (known === null) return { refused: "not found" };
  // With the signal's turn, so that it is not withdrawn in the middle and delivered all the same.
  if (known.submissionId !== null) await takeSubmissionTurn(rows, known.submissionId);
  if (known.circleSearchId !== null) await takeSearchTurn(rows, known.circleSearchId);
  const task = await rows.findOne(RoutingTaskRow, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (task === null) return { refused: "not found" };
  return task.closedAt === null ? { task } : { refused: "closed", task };
}
