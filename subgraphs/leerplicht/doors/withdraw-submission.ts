import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { IsNull } from "typeorm";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import type { LeerplichtContext } from "../context.ts";
import { isEnded } from "../decisions/progress.ts";
import { WithdrawSubmissionInput } from "../schema/inputs.ts";
import { agencyParts } from "../schema/parties.ts";
import { takeBackDeliveries } from "../store/deliveries.ts";
import { ReleaseTaskRow, SubmissionRow } from "../store/entities.ts";
import { recordProgress, takeSubmissionTurn } from "../store/ledger.ts";
import { closeReleaseTask } from "../store/release-desk.ts";
import { recordSought } from "../store/sought.ts";
import { closeOpenTask } from "../store/tasks.ts";

@Resolver()
export class WithdrawSubmission {
  @Mutation(() => HopReceipt, {
    description: "An agency's part takes a signal back, also one that has not yet come.",
  })
  @AllowParts(agencyParts)
  async withdrawSubmission(
    @Arg("input", () => WithdrawSubmissionInput) { id, organisation: sentBy }: WithdrawSubmissionInput,
    @Ctx() { database, clock, config, claims }: LeerplichtContext,
  ): Promise<HopReceipt> {
    await database.transaction(systemClaims, async (rows) => {
      await takeSubmissionTurn(rows, id);
      const now = clock.now();
      const sender = claims.organisation ?? "";
      const submission = await rows.findOneBy(SubmissionRow, { id });
      if (submission === null) {
        // It was overtaken: when it comes, if it does, it is already withdrawn.
        const { organisation } = config;
        const tombstone = { id, organisation, sender, senderOrganisation: sentBy ?? "", receivedAt: now } as const;
        await rows.insert(SubmissionRow, { ...tombstone, progress: "WITHDRAWN" });
        return;
      }
      // Too late: the child has been supported, or an officer has ended it.
      if (submission.sender !== sender || isEnded(submission.progress)) return;
      recordSought(rows, { claims, config }, "signal.withdraw", submission);
      await recordProgress(rows, submission, "WITHDRAWN", now);
      await takeBackDeliveries(rows, id, now);
      await closeOpenTask(rows, id, "WITHDRAWN", now);
      const atDesk = await rows.findOneBy(ReleaseTaskRow, { submissionId: id, closedAt: IsNull() });
      if (atDesk !== null) await closeReleaseTask(rows, atDesk, "WITHDRAWN", now);
    });
    return received;
  }
}
