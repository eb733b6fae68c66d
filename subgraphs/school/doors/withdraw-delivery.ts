import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import type { SchoolContext } from "../context.ts";
import { WithdrawDeliveryInput } from "../schema/inputs.ts";
import { routerPart } from "../schema/parties.ts";
import { takeDeliveryTurn } from "../store/arrival.ts";
import { DeliveryRow, HeldDeliveryRow } from "../store/entities.ts";
import { lockSignal, makeGesture } from "../store/inbox.ts";
import { recordPupil } from "../store/processing.ts";

@Resolver()
export class WithdrawDelivery {
  @Mutation(() => HopReceipt, {
    description: "Leerplicht takes a delivery back, also one that has not yet come.",
  })
  @AllowParts(routerPart)
  async withdrawDelivery(
    @Arg("input", () => WithdrawDeliveryInput) { id }: WithdrawDeliveryInput,
    @Ctx() { database, clock, claims, config }: SchoolContext,
  ): Promise<HopReceipt> {
    await database.transaction(systemClaims, async (rows) => {
      await takeDeliveryTurn(rows, id);
      const delivery = await rows.findOneBy(DeliveryRow, { id });
      if (delivery?.withdrawn) return;
      const signalId = delivery?.signalId ?? null;
      await rows.save(DeliveryRow, { id, signalId, withdrawn: true });
      const held = await rows.findOneBy(HeldDeliveryRow, { id });
      if (held !== null) {
        await recordPupil(rows, { claims, config }, "delivery.withdraw", { table: "held_delivery", ...held });
        await rows.delete(HeldDeliveryRow, { id });
      }
      // Another report about the same pupil keeps the signal standing, also one that comes at this moment.
      if (signalId === null || (await lockSignal(rows, signalId)) === null) return;
      if (!(await rows.existsBy(DeliveryRow, { signalId, withdrawn: false }))) {
        await makeGesture(rows, { claims, clock, config }, signalId, "withdraw");
      }
    });
    return received;
  }
}
