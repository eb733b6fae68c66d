import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { In, IsNull } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received, service } from "../../../plumbing/hop-receipt.ts";
import { send } from "../../../plumbing/outbox.ts";
import type { LeerplichtContext } from "../context.ts";
import { WithdrawSubmissionInput } from "../schema/inputs.ts";
import { DeliveryRow, RoutingTaskRow, SubmissionRow } from "../store/entities.ts";
import { closeTask, recordProgress, takeSubmissionTurn } from "../store/ledger.ts";

@Resolver()
export class WithdrawSubmission {
  @Mutation(() => HopReceipt, {
    description: "An agency's part takes a signal back, also one that has not yet come.",
  })
  @Allow([service])
  async withdrawSubmission(
    @Arg("input", () => WithdrawSubmissionInput) { id }: WithdrawSubmissionInput,
    @Ctx() { database, clock, config, claims }: LeerplichtContext,
  ): Promise<HopReceipt> {
    await database.transaction(systemClaims, async (rows) => {
      await takeSubmissionTurn(rows, id);
      const now = clock.now();
      const sender = claims.organisation ?? "";
      const submission = await rows.findOneBy(SubmissionRow, { id });
      if (submission === null) {
        // It was overtaken: when it comes it is already withdrawn.
        const { organisation } = config;
        const tombstone = { id, organisation, sender, senderOrganisation: "", receivedAt: now } as const;
        await rows.insert(SubmissionRow, { ...tombstone, progress: "WITHDRAWN" });
        return;
      }
      if (submission.sender !== sender) return;
      await recordProgress(rows, submission, "WITHDRAWN", now);
      const deliveries = await rows.findBy(DeliveryRow, { submissionId: id, state: In(["SENT", "DELIVERED"]) });
      for (const delivery of deliveries) {
        await rows.update(DeliveryRow, { id: delivery.id }, { state: "WITHDRAWN" });
        await send(rows, "withdrawDelivery", { id: delivery.id });
      }
      const task = await rows.findOneBy(RoutingTaskRow, { submissionId: id, closedAt: IsNull() });
      if (task !== null) await closeTask(rows, task, "WITHDRAWN", now);
    });
    return received;
  }
}
