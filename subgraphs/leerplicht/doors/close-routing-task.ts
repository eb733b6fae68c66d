import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import type { LeerplichtContext } from "../context.ts";
import { CloseRoutingTaskInput } from "../schema/inputs.ts";
import { leerplicht, manageRouting } from "../schema/parties.ts";
import { CloseRoutingTaskResult, refusal, TaskEnded } from "../schema/results.ts";
import { takeBackDeliveries } from "../store/deliveries.ts";
import { SubmissionRow } from "../store/entities.ts";
import { recordProgress } from "../store/ledger.ts";
import { leaveAlone } from "../store/search-task.ts";
import { recordSought, soughtBy } from "../store/sought.ts";
import { closeTask, takeTask } from "../store/tasks.ts";

@Resolver()
export class CloseRoutingTask {
  @Mutation(() => CloseRoutingTaskResult, {
    description:
      "An officer ends a task without a school. What lies unseen at one is taken back. The sender learns that it is closed, and no more. A search for a support circle's school goes on each night, untold, and is a task again once the registry says something else.",
  })
  @Allow(leerplicht, manageRouting)
  async closeRoutingTask(
    @Arg("input", () => CloseRoutingTaskInput) { taskId, outcome }: CloseRoutingTaskInput,
    @Ctx() { database, claims, clock, config }: LeerplichtContext,
  ): Promise<typeof CloseRoutingTaskResult> {
    return database.transaction(claims, async (rows) => {
      const now = clock.now();
      const taken = await takeTask(rows, taskId, claims, now);
      if (taken.refused !== undefined) return refusal(taken);
      const { task } = taken;
      const sought = await soughtBy(rows, task);
      recordSought(rows, { claims, config }, "task.close", sought, task.id);
      await actAsSystem(rows);
      if (sought instanceof SubmissionRow) {
        await recordProgress(rows, sought, "CLOSED", now);
        await takeBackDeliveries(rows, sought.id, now);
      } else await leaveAlone(rows, sought);
      await closeTask(rows, task, outcome, now);
      return Object.assign(new TaskEnded(), { task });
    });
  }
}
