import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { confirmRead, systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import { bellAfter, deadline } from "../../../plumbing/school-days/deadline.ts";
import type { LeerplichtContext } from "../context.ts";
import { SubmitSignalInput } from "../schema/inputs.ts";
import { agencyParts } from "../schema/parties.ts";
import { SubmissionRow } from "../store/entities.ts";
import { takeSubmissionTurn } from "../store/ledger.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { openReleaseTask } from "../store/release-desk.ts";
import { routeSubmission } from "../store/routing.ts";
import { encryptSought } from "../store/sought-child.ts";

@Resolver()
export class SubmitSignal {
  @Mutation(() => HopReceipt, {
    description: "An agency's part hands a signal to Leerplicht to be routed. The same one is taken in once.",
  })
  @AllowParts(agencyParts)
  async submitSignal(
    @Arg("input", () => SubmitSignalInput) { id, organisation, occurredAt, child }: SubmitSignalInput,
    @Ctx() { database, clock, config, settings, claims }: LeerplichtContext,
  ): Promise<HopReceipt> {
    await database.transaction(systemClaims, async (rows) => {
      await takeSubmissionTurn(rows, id);
      // Withdrawn before it came: it is taken in as such, and goes nowhere.
      const overtaken = await rows.findOneBy(SubmissionRow, { id });
      if (overtaken?.senderOrganisation === "")
        await rows.update(SubmissionRow, { id }, { senderOrganisation: organisation });
      if (overtaken !== null) return confirmRead(rows);
      const now = clock.now();
      await recordProcessingOf(rows, { claims, config }, "signal.submit", [{ object: id, child }]);
      const submission = await rows.save(SubmissionRow, {
        id,
        organisation: config.organisation,
        sender: claims.organisation ?? "",
        senderOrganisation: organisation,
        occurredAt,
        dueBy: deadline(occurredAt, bellAfter(occurredAt, settings.calendar)),
        receivedAt: now,
        progress: "DELIVERED" as const,
        seenAt: null,
        forgetAt: null,
        endedAt: null,
        municipality: null,
        sought: encryptSought(rows, "submission", id, { child, personId: null }),
      });
      const { releaseDesk, escalation } = settings;
      if (releaseDesk !== undefined && (await openReleaseTask(rows, submission, releaseDesk, now))) return;
      await routeSubmission(rows, submission, escalation, now);
    });
    return received;
  }
}
