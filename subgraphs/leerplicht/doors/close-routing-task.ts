import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import type { LeerplichtContext } from "../context.ts";
import { CloseRoutingTaskInput } from "../schema/inputs.ts";
import { leerplicht, manageRouting } from "../schema/parties.ts";
import { CloseRoutingTaskResult, RoutingTaskClosed, RoutingTaskNotFound, TaskEnded } from "../schema/results.ts";
import { SubmissionRow } from "../store/entities.ts";
import { closeTask, recordProgress } from "../store/ledger.ts";
import { takeTask } from "../store/tasks.ts";

@Resolver()
export class CloseRoutingTask {
  @Mutation(() => CloseRoutingTaskResult, {
    description: "An officer ends a task without a school. The sender learns that it is closed, and no more.",
  })
  @Allow(leerplicht, manageRouting)
  async closeRoutingTask(
    @Arg("input", () => CloseRoutingTaskInput) { taskId, outcome }: CloseRoutingTaskInput,
    @Ctx() { database, claims, clock }: LeerplichtContext,
  ): Promise<typeof CloseRoutingTaskResult> {
    return database.transaction(claims, async (rows) => {
      const taken = await takeTask(rows, taskId);
      if ("refused" in taken) {
        if (taken.refused === "not found") return new RoutingTaskNotFound();
        return Object.assign(new RoutingTaskClosed(), { task: taken.task });
      }
      const { task } = taken;
      const now = clock.now();
      await actAsSystem(rows);
      // Nobody is told that a search has come to nothing: it goes on each night.
      if (task.submissionId !== null) {
        const submission = await rows.findOneByOrFail(SubmissionRow, { id: task.submissionId });
        await recordProgress(rows, submission, "CLOSED", now);
      }
      await closeTask(rows, task, outcome, now);
      return Object.assign(new TaskEnded(), { task });
    });
  }
}
