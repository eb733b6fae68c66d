import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { LessThan } from "typeorm";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { LeerplichtContext } from "../context.ts";
import { shelterPart } from "../schema/parties.ts";
import { ReportTalkInput } from "../schema/pupil-absence.ts";
import { AbsenceRow } from "../store/absences.ts";
import { CircleSearchRow } from "../store/circle-entities.ts";

@Resolver()
export class ReportTalk {
  @Mutation(() => HopReceipt, {
    description: "A shelter's part tells how far the talk about an absence is. News that is older changes nothing.",
  })
  @AllowParts(shelterPart)
  async reportTalk(
    @Arg("input", () => ReportTalkInput) { id, status, revision }: ReportTalkInput,
    @Ctx() { database, claims }: LeerplichtContext,
  ): Promise<HopReceipt> {
    if (!isUuid(id)) return received;
    await database.transaction(systemClaims, async (rows) => {
      const circleSearchId = (await rows.findOneBy(AbsenceRow, { id }))?.circleSearchId;
      // Only the part that asked for the child's school has anything to say of it.
      const sender = claims.organisation ?? "";
      if (circleSearchId === undefined || !(await rows.existsBy(CircleSearchRow, { id: circleSearchId, sender })))
        return;
      await rows.update(AbsenceRow, { id, revision: LessThan(revision) }, { talk: status, revision });
    });
    return received;
  }
}
