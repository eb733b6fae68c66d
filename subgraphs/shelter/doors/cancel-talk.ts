import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { ShelterContext } from "../context.ts";
import { openStatuses } from "../decisions/conversation.ts";
import { CancelTalkInput } from "../schema/conversation-inputs.ts";
import { ConversationResult } from "../schema/conversation-result.ts";
import { manageConversations, school, shelter } from "../schema/parties.ts";
import { gesture } from "./conversation-gesture.ts";

@Resolver()
export class CancelTalk {
  @Mutation(() => ConversationResult, { description: "Says that a talk will not be held." })
  @Allow([...shelter, ...school], manageConversations)
  async cancelTalk(
    @Arg("input", () => CancelTalkInput) { conversationId }: CancelTalkInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof ConversationResult> {
    return gesture(context, conversationId, ({ status }) => {
      if (status === "CANCELLED") return undefined;
      return openStatuses.includes(status) ? { status: "CANCELLED" } : "CONVERSATION_ENDED";
    });
  }
}
