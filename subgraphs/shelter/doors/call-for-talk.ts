import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { CallForTalkInput } from "../schema/conversation-inputs.ts";
import { ConversationRefused, ConversationResult } from "../schema/conversation-result.ts";
import { manageConversations, school, shelter } from "../schema/parties.ts";
import { circlesOf, takeOpenConsent } from "../store/circles.ts";
import { callForTalk } from "../store/conversations.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { changed } from "./conversation-gesture.ts";

@Resolver()
export class CallForTalk {
  @Mutation(() => ConversationResult, {
    description:
      "Calls for a talk out of concern for a child; for actual violence, a shelter reports it (`reportViolence`). One that the same side has called for, and that is still to come, is given again.",
  })
  @Allow([...shelter, ...school], manageConversations)
  async callForTalk(
    @Arg("input", () => CallForTalkInput) { circleId }: CallForTalkInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof ConversationResult> {
    if (!isUuid(circleId)) return new ConversationRefused("CIRCLE_NOT_FOUND");
    const { database, claims } = context;
    const id = await database.transaction(claims, async (rows) => {
      const [circle] = await circlesOf(rows, { column: "id", values: [circleId] });
      if (circle === undefined) return undefined;
      const { guidance: guidanceId, child: childId, organisation, schoolId, childKey } = circle;
      await recordProcessingOf(rows, context, "conversation.call", [{ object: circleId, persons: [childKey] }]);
      await actAsSystem(rows);
      if ((await takeOpenConsent(rows, circleId)) === undefined) return undefined;
      const raisedBy = claims.party === "school" ? "SCHOOL" : "SHELTER";
      return callForTalk(rows, { guidanceId, childId, organisation, schoolId }, { kind: "OTHER", raisedBy });
    });
    return id === undefined ? new ConversationRefused("CIRCLE_NOT_FOUND") : changed(context, id);
  }
}
