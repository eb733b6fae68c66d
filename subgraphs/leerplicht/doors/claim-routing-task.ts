import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import type { LeerplichtContext } from "../context.ts";
import { claimPeriod } from "../decisions/claim.ts";
import { ClaimRoutingTaskInput } from "../schema/inputs.ts";
import { leerplicht, manageRouting } from "../schema/parties.ts";
import { ClaimRoutingTaskResult, RoutingTaskClaimed, refusal } from "../schema/results.ts";
import { recordSought, soughtBy } from "../store/sought.ts";
import { takeTask } from "../store/tasks.ts";

@Resolver()
export class ClaimRoutingTask {
  @Mutation(() => ClaimRoutingTaskResult, {
    description:
      "An officer takes a task for 30 minutes: until then nobody else can do it. Said again, the 30 minutes begin anew.",
  })
  @Allow(leerplicht, manageRouting)
  async claimRoutingTask(
    @Arg("input", () => ClaimRoutingTaskInput) { taskId }: ClaimRoutingTaskInput,
    @Ctx() { database, claims, clock, config }: LeerplichtContext,
  ): Promise<typeof ClaimRoutingTaskResult> {
    return database.transaction(claims, async (rows) => {
      const now = clock.now();
      const taken = await takeTask(rows, taskId, claims, now);
      if (taken.refused !== undefined) return refusal(taken);
      const { task } = taken;
      recordSought(rows, { claims, config }, "task.claim", await soughtBy(rows, task), task.id);
      task.claimedBy = claims.sub;
      task.claimedUntil = new Date(now.getTime() + claimPeriod);
      await rows.save(task);
      recordEvent(rows, { stream: task.organisation, kind: "CLAIMED", subject: task.id });
      return Object.assign(new RoutingTaskClaimed(), { task });
    });
  }
}
