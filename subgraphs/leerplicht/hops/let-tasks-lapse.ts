import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import { byItself, type Keyed } from "../../../plumbing/processing-log.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { takeBackDeliveries } from "../store/deliveries.ts";
import { RoutingTaskRow, SubmissionRow } from "../store/entities.ts";
import { recordProgress, takeSubmissionTurn } from "../store/ledger.ts";
import { recordSought } from "../store/sought.ts";
import { closeTask } from "../store/tasks.ts";

/**
 * A task on which nobody works must not keep a child's identity for ever: 28 days past its deadline, or since it was opened
 * where that is later, it ends by itself. That is far past any support within a day, and long enough for an office's
 * holidays; it is said in the log, and the task stays on the list of those that ended. Of a search for a support circle the
 * parent's consent sets the end.
 */
export function letTasksLapseTask({
  database,
  clock,
  config,
  log,
}: Pick<Room, "database" | "clock" | "log"> & Keyed): Task {
  return async () => {
    const now = clock.now();
    const overdue = await database.transaction(systemClaims, (rows) =>
      rows.query<{ id: string; submissionId: string }[]>(unworked, [now]),
    );
    for (const { id, submissionId } of overdue) {
      await database.transaction(systemClaims, async (rows) => {
        await takeSubmissionTurn(rows, submissionId);
        const task = await rows.findOneByOrFail(RoutingTaskRow, { id });
        if (task.closedAt !== null) return;
        const submission = await rows.findOneByOrFail(SubmissionRow, { id: submissionId });
        recordSought(rows, byItself(task.organisation, config.pseudonymKey), "task.lapse", submission, id);
        await recordProgress(rows, submission, "CLOSED", now);
        await takeBackDeliveries(rows, submissionId, now);
        await closeTask(rows, task, "LAPSED", now);
        log.warn({ task: id, reason: task.reason }, "nobody has worked on a task: it has lapsed");
      });
    }
  };
}

const unworked = `
  select task.id, task.submission_id as "submissionId"
  from care.routing_task task join care.submission on submission.id = task.submission_id
  where task.closed_at is null and greatest(task.opened_at, submission.due_by) < $1::timestamptz - interval '28 days'
  order by task.opened_at limit 1000`;
