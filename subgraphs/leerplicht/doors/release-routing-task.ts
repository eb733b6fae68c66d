import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import type { LeerplichtContext } from "../context.ts";
import { ReleaseRoutingTaskInput } from "../schema/inputs.ts";
import { leerplicht, manageRouting } from "../schema/parties.ts";
import { ReleaseRoutingTaskResult, RoutingTaskReleased, refusal } from "../schema/results.ts";
import { recordSought, soughtBy } from "../store/sought.ts";
import { takeTask } from "../store/tasks.ts";

@Resolver()
export class ReleaseRoutingTask {
  @Mutation(() => ReleaseRoutingTaskResult, {
    description: "An officer leaves a task that they claimed to the others. Safe to repeat.",
  })
  @Allow(leerplicht, manageRouting)
  async releaseRoutingTask(
    @Arg("input", () => ReleaseRoutingTaskInput) { taskId }: ReleaseRoutingTaskInput,
    @Ctx() { database, claims, clock, config }: LeerplichtContext,
  ): Promise<typeof ReleaseRoutingTaskResult> {
    return database.transaction(claims, async (rows) => {
      const taken = await takeTask(rows, taskId, claims, clock.now());
      if (taken.refused !== undefined) return refusal(taken);
      const { task } = taken;
      if (task.claimedBy !== null) {
        recordSought(rows, { claims, config }, "task.release", await soughtBy(rows, task), task.id);
        task.claimedBy = null;
        task.claimedUntil = null;
        await rows.save(task);
        recordEvent(rows, { stream: task.organisation, kind: "RELEASED", subject: task.id });
      }
      return Object.assign(new RoutingTaskReleased(), { task });
    });
  }
}
