import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem, actFor } from "../../../plumbing/database.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { GuidanceNotFound } from "../schema/guidance-results.ts";
import { InvitationRefused, InviteParentInput, InviteParentResult, ParentInvited } from "../schema/parent-view.ts";
import { manageGuidance, shelter } from "../schema/parties.ts";
import { readGuidance } from "../store/guidance.ts";
import { inviteParent } from "../store/parents.ts";
import { recordProcessingOf } from "../store/processing.ts";

@Resolver()
export class InviteParent {
  @Mutation(() => InviteParentResult, {
    description:
      "Makes a code for a parent of a family in guidance, by which they see once what their consents led to, and can withdraw them. Earlier codes that they have not used are good no more.",
  })
  @Allow(shelter, manageGuidance)
  async inviteParent(
    @Arg("input", () => InviteParentInput) { guidanceId, parentId }: InviteParentInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof InviteParentResult> {
    if (!isUuid(guidanceId)) return new GuidanceNotFound();
    const { database, claims, clock, config } = context;
    return database.transaction(claims, async (rows) => {
      const record = await readGuidance(rows, guidanceId);
      if (record === undefined) return new GuidanceNotFound();
      if (record.guidance.endedAt !== null) return new InvitationRefused("GUIDANCE_ENDED");
      if (!record.parents.some(({ id }) => id === parentId)) return new InvitationRefused("PARENT_NOT_IN_FAMILY");
      await actAsSystem(rows);
      const { pseudonymKey } = config;
      const invited = await inviteParent(rows, guidanceId, parentId, { pseudonymKey, now: clock.now() });
      // After the codes, as where one is taken: who writes to the log waits for nobody who waits for it.
      await actFor(rows, claims);
      await recordProcessingOf(rows, context, "parent.invite", [{ object: guidanceId, persons: [parentId] }]);
      return Object.assign(new ParentInvited(), invited);
    });
  }
}
