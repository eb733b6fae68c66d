import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import type { ShelterContext } from "../context.ts";
import { isSameAgreement, recordRefusal } from "../decisions/conversation.ts";
import { RecordTalkInput } from "../schema/conversation-inputs.ts";
import { ConversationResult } from "../schema/conversation-result.ts";
import { manageConversations, school, shelter } from "../schema/parties.ts";
import { actionsOf, agree } from "../store/support-actions.ts";
import { gesture } from "./conversation-gesture.ts";

@Resolver()
export class RecordTalk {
  @Mutation(() => ConversationResult, {
    description: "Records that a talk was held, and what was agreed in it: who does what by when.",
  })
  @Allow([...shelter, ...school], manageConversations)
  async recordTalk(
    @Arg("input", () => RecordTalkInput) { conversationId, actions }: RecordTalkInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof ConversationResult> {
    return gesture(context, conversationId, async (conversation, rows) => {
      const now = context.clock.now();
      const agreed = (await actionsOf(rows, [conversation.id])).get(conversation.id) ?? [];
      if (conversation.status === "HELD" && isSameAgreement(agreed, actions)) return undefined;
      const refusal = recordRefusal(conversation, actions, now, dutchDay(now));
      if (refusal !== undefined) return refusal;
      await agree(rows, conversation.id, actions);
      return { status: "HELD" };
    });
  }
}
