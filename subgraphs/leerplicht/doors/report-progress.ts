import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { IsNull } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received, service } from "../../../plumbing/hop-receipt.ts";
import type { LeerplichtContext } from "../context.ts";
import { isEnded } from "../decisions/progress.ts";
import { DeliveryProgress, ReportProgressInput } from "../schema/inputs.ts";
import { DeliveryRow, RoutingTaskRow, SubmissionRow } from "../store/entities.ts";
import { closeTask, openTask, recordProgress, takeSubmissionTurn } from "../store/ledger.ts";

@Resolver()
export class ReportProgress {
  @Mutation(() => HopReceipt, {
    description: "A school's part says how far a delivery is. Said again, or late, it changes nothing.",
  })
  @Allow([service])
  async reportProgress(
    @Arg("input", () => ReportProgressInput) { id, progress, at }: ReportProgressInput,
    @Ctx() { database, clock }: LeerplichtContext,
  ): Promise<HopReceipt> {
    await database.transaction(systemClaims, async (rows) => {
      const known = await rows.findOneBy(DeliveryRow, { id });
      if (known === null) return;
      await takeSubmissionTurn(rows, known.submissionId);
      const delivery = await rows.findOneByOrFail(DeliveryRow, { id });
      const submission = await rows.findOneByOrFail(SubmissionRow, { id: delivery.submissionId });
      if (delivery.state === "RETURNED" || delivery.state === "WITHDRAWN" || isEnded(submission.progress)) return;
      if (progress === DeliveryProgress.RETURNED) {
        await rows.update(DeliveryRow, { id }, { state: "RETURNED" });
        // Who looked was not the right person. The sender is not told, for that would tell of an enrolment.
        await rows.update(SubmissionRow, { id: submission.id }, { seenAt: null });
        await openTask(rows, submission, "RETURNED_BY_SCHOOL", clock.now());
        return;
      }
      await recordProgress(rows, submission, progress, at);
      const task = await rows.findOneBy(RoutingTaskRow, { submissionId: submission.id, closedAt: IsNull() });
      if (task !== null) await closeTask(rows, task, "SEEN", clock.now());
    });
    return received;
  }
}
