import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import type { LeerplichtContext } from "../context.ts";
import { manageReleases, release } from "../schema/parties.ts";
import { releaseRefusal, SignalStopped, StopSignalResult } from "../schema/release-results.ts";
import { StopSignalInput } from "../schema/release-task.ts";
import { SubmissionRow } from "../store/entities.ts";
import { recordProgress } from "../store/ledger.ts";
import { closeReleaseTask, takeReleaseTask } from "../store/release-desk.ts";
import { recordSought } from "../store/sought.ts";

@Resolver()
export class StopSignal {
  @Mutation(() => StopSignalResult, {
    description: "The release desk ends a signal. The sender learns that it is closed, and no more.",
  })
  @Allow(release, manageReleases)
  async stopSignal(
    @Arg("input", () => StopSignalInput) { taskId, reason }: StopSignalInput,
    @Ctx() { database, claims, clock, config }: LeerplichtContext,
  ): Promise<typeof StopSignalResult> {
    return database.transaction(claims, async (rows) => {
      const taken = await takeReleaseTask(rows, taskId);
      if (taken.refused !== undefined) return releaseRefusal(taken);
      const { task } = taken;
      const now = clock.now();
      const submission = await rows.findOneByOrFail(SubmissionRow, { id: task.submissionId });
      recordSought(rows, { claims, config }, "release.stop", submission, task.id);
      await actAsSystem(rows);
      await recordProgress(rows, submission, "CLOSED", now);
      await closeReleaseTask(rows, task, "STOPPED", now, reason);
      return Object.assign(new SignalStopped(), { task });
    });
  }
}
