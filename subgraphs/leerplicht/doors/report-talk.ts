import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { LeerplichtContext } from "../context.ts";
import { afterNews } from "../decisions/absence-talk.ts";
import { shelterPart } from "../schema/parties.ts";
import { ReportTalkInput } from "../schema/pupil-absence.ts";
import { AbsenceRow } from "../store/absences.ts";
import { CircleSearchRow } from "../store/circle-entities.ts";
import { recordSought } from "../store/sought.ts";

@Resolver()
export class ReportTalk {
  @Mutation(() => HopReceipt, {
    description: "A shelter's part tells how far the talk about an absence is. News that is older changes nothing.",
  })
  @AllowParts(shelterPart)
  async reportTalk(
    @Arg("input", () => ReportTalkInput) { id, status, revision }: ReportTalkInput,
    @Ctx() { database, clock, claims, config }: LeerplichtContext,
  ): Promise<HopReceipt> {
    if (!isUuid(id)) return received;
    await database.transaction(systemClaims, async (rows) => {
      const known = await rows.findOneBy(AbsenceRow, { id });
      if (known === null || known.revision >= revision) return;
      // Only the part that asked for the child's school has anything to say of it.
      const sender = claims.organisation ?? "";
      const search = await rows.findOneBy(CircleSearchRow, { id: known.circleSearchId, sender });
      if (search === null) return;
      // Before the absence is taken: who reports one comes from the log to it.
      recordSought(rows, { claims, config }, "absence.talk", search, id);
      const absence = await rows.findOne(AbsenceRow, { where: { id }, lock: { mode: "for_no_key_update" } });
      if (absence === null || absence.revision >= revision) return;
      await rows.update(AbsenceRow, { id }, { ...afterNews(absence, status, clock.now()), revision });
    });
    return received;
  }
}
