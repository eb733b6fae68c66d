import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import { postpone } from "../../../plumbing/jobs.ts";
import { byItself, type Keyed } from "../../../plumbing/processing-log.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import type { LeerplichtSettings } from "../settings.ts";
import { SubmissionRow } from "../store/entities.ts";
import { closeReleaseTask, passOnKey, takeReleaseTask } from "../store/release-desk.ts";
import { routeSubmission } from "../store/routing.ts";
import { recordSought } from "../store/sought.ts";

/**
 * Routes a signal about which the release desk has said nothing in its share of the time; also once the region has no
 * release desk any more.
 */
export function passOnTask({
  database,
  clock,
  config,
  settings,
}: Pick<Room<LeerplichtSettings>, "database" | "clock" | "settings"> & Keyed): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const taken = await takeReleaseTask(rows, id);
      if (taken.refused !== undefined) return;
      const now = clock.now();
      const { actBy } = taken.task;
      if (actBy > now) return postpone(rows, "passOn", { id }, actBy, passOnKey(id));
      const submission = await rows.findOneByOrFail(SubmissionRow, { id: taken.task.submissionId });
      recordSought(rows, byItself(submission.organisation, config.pseudonymKey), "release.passOn", submission, id);
      await routeSubmission(rows, submission, settings.escalation, now);
      await closeReleaseTask(rows, taken.task, "PASSED_ON", now);
    });
  };
}
