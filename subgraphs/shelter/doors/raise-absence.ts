import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import { send } from "../../../plumbing/outbox.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { RaiseAbsenceInput } from "../schema/conversation-inputs.ts";
import { routerPart } from "../schema/parties.ts";
import { circlesOf, takeCircle } from "../store/circles.ts";
import { callForTalk } from "../store/conversation-changes.ts";
import { ConversationRow } from "../store/entities.ts";
import { recordProcessingOf } from "../store/processing.ts";

@Resolver()
export class RaiseAbsence {
  @Mutation(() => HopReceipt, {
    description:
      "Leerplicht calls for a talk about a child's absence. Where no circle stands any more, it is told that there will be none.",
  })
  @AllowParts(routerPart)
  async raiseAbsence(
    @Arg("input", () => RaiseAbsenceInput) { id: absence, circleId }: RaiseAbsenceInput,
    @Ctx() { database, claims, config }: ShelterContext,
  ): Promise<HopReceipt> {
    if (!isUuid(absence) || !isUuid(circleId)) return received;
    await database.transaction(systemClaims, async (rows) => {
      await takeCircle(rows, { id: circleId });
      if (await rows.existsBy(ConversationRow, { absence })) return;
      const [circle] = await circlesOf(rows, { column: "id", values: [circleId] });
      if (circle === undefined) {
        await send(rows, "reportTalk", { id: absence, status: "CANCELLED", revision: 1 });
        return;
      }
      const persons = [circle.childKey];
      await recordProcessingOf(rows, { claims, config }, "conversation.call", [{ object: circleId, persons }]);
      await callForTalk(rows, circle, { kind: "ABSENCE", raisedBy: "LEERPLICHT", absence });
    });
    return received;
  }
}
