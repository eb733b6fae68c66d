import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { LessThan } from "typeorm";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims, takeTurn } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { mailQueue } from "../../../plumbing/mail-task.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { SchoolContext } from "../context.ts";
import { RemindContactsInput } from "../schema/circle.ts";
import { shelterPart } from "../schema/parties.ts";
import { CirclePupilRow, TalkReminderRow } from "../store/circle-entities.ts";
import { reachableContacts } from "../store/contact-persons.ts";

@Resolver()
export class RemindContacts {
  @Mutation(() => HopReceipt, {
    description:
      "A shelter's part asks to remind a school's contact persons of a talk: by a mail that says nothing but to sign in. The same one is taken in once.",
  })
  @AllowParts(shelterPart)
  async remindContacts(
    @Arg("input", () => RemindContactsInput) { id: asked, circleKey }: RemindContactsInput,
    @Ctx() { database, clock }: SchoolContext,
  ): Promise<HopReceipt> {
    if (!isUuid(asked) || !isUuid(circleKey)) return received;
    await database.transaction(systemClaims, async (rows) => {
      await takeTurn(rows, `talk reminder:${asked}`);
      const now = clock.now();
      const day = dutchDay(now);
      await rows.delete(TalkReminderRow, { day: LessThan(day) });
      const schoolId = (await rows.findOneBy(CirclePupilRow, { circleKey }))?.schoolId ?? null;
      if (schoolId === null || (await rows.existsBy(TalkReminderRow, { asked }))) return;
      for (const { staffKey } of (await reachableContacts(rows, schoolId))(day)) {
        const id = crypto.randomUUID();
        await rows.insert(TalkReminderRow, { id, asked, schoolId, staffKey, day });
        await schedule(rows, "mailTalkReminder", { id }, now, `mailTalkReminder:${id}`, mailQueue(id));
      }
    });
    return received;
  }
}
