import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { IsNull } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { CallForTalkInput } from "../schema/conversation-inputs.ts";
import { ConversationRefused, ConversationResult } from "../schema/conversation-result.ts";
import { manageConversations, school, shelter } from "../schema/parties.ts";
import { takeVisibleCircle } from "../store/circles.ts";
import { callForTalk } from "../store/conversation-changes.ts";
import { ConsentRow } from "../store/entities.ts";
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
      // A shelter knows the consents, and not the circle that stands on them.
      const consent = await rows.findOneBy(ConsentRow, { id: circleId, endedAt: IsNull() });
      const column = consent === null ? "id" : "child";
      const circle = await takeVisibleCircle(rows, claims, { column, values: [consent?.childId ?? circleId] });
      if (circle === undefined) return undefined;
      const persons = [circle.childKey];
      await recordProcessingOf(rows, context, "conversation.call", [{ object: circle.id, persons }]);
      await actAsSystem(rows);
      return callForTalk(rows, circle, { kind: "OTHER", raisedBy: claims.party === "school" ? "SCHOOL" : "SHELTER" });
    });
    return id === undefined ? new ConversationRefused("CIRCLE_NOT_FOUND") : changed(context, id);
  }
}
