import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import type { LeerplichtContext } from "../context.ts";
import { isUnseen } from "../decisions/progress.ts";
import { ReportAppearanceInput } from "../schema/inputs.ts";
import { schoolPart } from "../schema/parties.ts";
import { isUnderWay, moveDeadline, scheduleEscalation, takeDelivery } from "../store/deliveries.ts";
import { DeliveryRow } from "../store/entities.ts";
import { recordSought } from "../store/sought.ts";

@Resolver()
export class ReportAppearance {
  @Mutation(() => HopReceipt, {
    description:
      "A school's part says that a delivery that waits for the inbox to open appears at another time. Said again, or late, it changes nothing.",
  })
  @AllowParts(schoolPart)
  async reportAppearance(
    @Arg("input", () => ReportAppearanceInput) { id, appearsAt, firstBells, revision }: ReportAppearanceInput,
    @Ctx() { database, settings, clock, claims, config }: LeerplichtContext,
  ): Promise<HopReceipt> {
    await database.transaction(systemClaims, async (rows) => {
      const taken = await takeDelivery(rows, id);
      if (taken === undefined || revision <= taken.delivery.appearance) return;
      const { delivery, submission } = taken;
      recordSought(rows, { claims, config }, "signal.progress", submission);
      await rows.update(DeliveryRow, { id }, { appearance: revision });
      if (!isUnderWay(delivery) || !isUnseen(submission)) return;
      await moveDeadline(rows, submission, firstBells);
      await scheduleEscalation(rows, delivery, submission, appearsAt, settings.escalation, clock.now());
    });
    return received;
  }
}
