import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { SchoolContext } from "../context.ts";
import { RemindContactsInput } from "../schema/circle.ts";
import { shelterPart } from "../schema/parties.ts";
import { CirclePupilRow } from "../store/circle-entities.ts";
import { recordPupil } from "../store/processing.ts";
import { keepTalk, takeBackTalk, takeTalkTurn } from "../store/talks.ts";

@Resolver()
export class RemindContacts {
  @Mutation(() => HopReceipt, {
    description:
      "A shelter's part asks to remind a school's contact persons of a talk, by a mail that says nothing but to sign in; or takes that back, also before it has come. The same one is taken in once.",
  })
  @AllowParts(shelterPart)
  async remindContacts(
    @Arg("input", () => RemindContactsInput) { id, circleKey, day }: RemindContactsInput,
    @Ctx() { database, clock, claims, config }: SchoolContext,
  ): Promise<HopReceipt> {
    if (!isUuid(id)) return received;
    await database.transaction(systemClaims, async (rows) => {
      await takeTalkTurn(rows, id);
      if (day == null) return takeBackTalk(rows, id);
      if (circleKey == null || !isUuid(circleKey)) return;
      const circle = await rows.findOneBy(CirclePupilRow, { circleKey });
      if (circle !== null)
        await recordPupil(rows, { claims, config }, "talk.remind", { table: "circle_pupil", ...circle });
      await keepTalk(rows, { id, circleKey, day }, clock.now());
    });
    return received;
  }
}
