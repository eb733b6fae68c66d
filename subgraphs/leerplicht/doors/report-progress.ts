import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import type { LeerplichtContext } from "../context.ts";
import { isEnded, isTooLate } from "../decisions/progress.ts";
import { DeliveryProgress, ReportProgressInput } from "../schema/inputs.ts";
import { schoolPart } from "../schema/parties.ts";
import { isUnderWay, setDeadline, takeDelivery } from "../store/deliveries.ts";
import { DeliveryRow, SubmissionRow } from "../store/entities.ts";
import { recordProgress } from "../store/ledger.ts";
import { recordSought } from "../store/sought.ts";
import { closeOpenTask, openTask } from "../store/tasks.ts";

@Resolver()
export class ReportProgress {
  @Mutation(() => HopReceipt, {
    description: "A school's part says how far a delivery is. Said again, or late, it changes nothing.",
  })
  @AllowParts(schoolPart)
  async reportProgress(
    @Arg("input", () => ReportProgressInput) input: ReportProgressInput,
    @Ctx() { database, clock, claims, config }: LeerplichtContext,
  ): Promise<HopReceipt> {
    const { id, progress, at, returnableUntil, firstBells, reason } = input;
    await database.transaction(systemClaims, async (rows) => {
      const taken = await takeDelivery(rows, id);
      if (taken === undefined) return;
      const { delivery, submission } = taken;
      const isOver = !isUnderWay(delivery) || isEnded(submission.progress);
      if (isOver && !isTooLate(submission.progress, progress)) return;
      recordSought(rows, { claims, config }, "signal.progress", submission);
      // It may overtake the acknowledgement of the delivery, which would tell the same bells.
      if (firstBells != null) await setDeadline(rows, submission, firstBells);
      if (progress === DeliveryProgress.RETURNED) {
        await rows.update(DeliveryRow, { id }, { state: "RETURNED" });
        // Who looked was not the right person. The sender is not told, for that would tell of an enrolment.
        await rows.update(SubmissionRow, { id: submission.id }, { seenAt: null, forgetAt: null });
        await openTask(rows, submission, "RETURNED_BY_SCHOOL", clock.now(), delivery.schoolId, reason ?? null);
        return;
      }
      await recordProgress(rows, submission, progress, at, returnableUntil ?? at);
      await closeOpenTask(rows, submission.id, "SEEN", clock.now());
    });
    return received;
  }
}
