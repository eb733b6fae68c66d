import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import type { LeerplichtContext } from "../context.ts";
import { manageReleases, release } from "../schema/parties.ts";
import { ReleaseSignalResult, releaseRefusal, SignalReleased } from "../schema/release-results.ts";
import { ReleaseSignalInput } from "../schema/release-task.ts";
import { SubmissionRow } from "../store/entities.ts";
import { closeReleaseTask, takeReleaseTask } from "../store/release-desk.ts";
import { routeSubmission } from "../store/routing.ts";
import { recordSought } from "../store/sought.ts";

@Resolver()
export class ReleaseSignal {
  @Mutation(() => ReleaseSignalResult, { description: "The release desk lets a signal go on to be routed." })
  @Allow(release, manageReleases)
  async releaseSignal(
    @Arg("input", () => ReleaseSignalInput) { taskId }: ReleaseSignalInput,
    @Ctx() { database, claims, clock, config, settings }: LeerplichtContext,
  ): Promise<typeof ReleaseSignalResult> {
    return database.transaction(claims, async (rows) => {
      const taken = await takeReleaseTask(rows, taskId);
      if (taken.refused !== undefined) return releaseRefusal(taken);
      const { task } = taken;
      const now = clock.now();
      const submission = await rows.findOneByOrFail(SubmissionRow, { id: task.submissionId });
      recordSought(rows, { claims, config }, "release.release", submission, task.id);
      await actAsSystem(rows);
      await routeSubmission(rows, submission, settings.escalation, now);
      await closeReleaseTask(rows, task, "RELEASED", now);
      return Object.assign(new SignalReleased(), { task });
    });
  }
}
