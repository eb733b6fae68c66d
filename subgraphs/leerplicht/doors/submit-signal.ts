import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { confirmRead, systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import { regionDeadlines } from "../../../plumbing/school-days/region.ts";
import type { LeerplichtContext } from "../context.ts";
import { SubmitSignalInput } from "../schema/inputs.ts";
import { agencyParts } from "../schema/parties.ts";
import { SubmissionRow } from "../store/entities.ts";
import { takeSubmissionTurn } from "../store/ledger.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { hasTimeAtDesk, openReleaseTask } from "../store/release-desk.ts";
import { sendToSchool } from "../store/routing.ts";
import { encryptSought } from "../store/sought-child.ts";
import { openTask } from "../store/tasks.ts";

@Resolver()
export class SubmitSignal {
  @Mutation(() => HopReceipt, {
    description: "An agency's part hands a signal to Leerplicht to be routed. The same one is taken in once.",
  })
  @AllowParts(agencyParts)
  async submitSignal(
    @Arg("input", () => SubmitSignalInput) { id, organisation, occurredAt, child }: SubmitSignalInput,
    @Ctx() { database, clock, config, settings, claims, log }: LeerplichtContext,
  ): Promise<HopReceipt> {
    await database.transaction(systemClaims, async (rows) => {
      await takeSubmissionTurn(rows, id);
      // Withdrawn before it came: it is taken in as such, and goes nowhere.
      const overtaken = await rows.findOneBy(SubmissionRow, { id });
      if (overtaken?.senderOrganisation === "")
        await rows.update(SubmissionRow, { id }, { senderOrganisation: organisation });
      if (overtaken !== null) return confirmRead(rows);
      const now = clock.now();
      const [dueBy = null] = await regionDeadlines(rows, settings.region, [occurredAt], log);
      const submission: SubmissionRow = {
        id,
        organisation: config.organisation,
        sender: claims.organisation ?? "",
        senderOrganisation: organisation,
        occurredAt,
        dueBy,
        receivedAt: now,
        progress: "DELIVERED",
        dueAtBell: false,
        seenAt: null,
        forgetAt: null,
        endedAt: null,
        municipality: null,
        sought: encryptSought(rows, "submission", id, { child, personId: null }),
      };
      await rows.insert(SubmissionRow, submission);
      const { releaseDesk, escalation } = settings;
      const desk = releaseDesk !== undefined && hasTimeAtDesk(submission, releaseDesk, now) ? releaseDesk : undefined;
      const reason = desk === undefined ? await sendToSchool(rows, submission, escalation, now) : undefined;
      // As late as can be, for it keeps every other writer of the log waiting until the commit; but before the events.
      recordProcessingOf(rows, { claims, config }, "signal.submit", [{ object: id, child }]);
      if (desk !== undefined) await openReleaseTask(rows, submission, desk, now);
      if (reason !== undefined) await openTask(rows, submission, reason, now);
    });
    return received;
  }
}
