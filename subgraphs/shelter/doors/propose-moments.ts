import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { ShelterContext } from "../context.ts";
import { isSameProposal, proposalRefusal } from "../decisions/conversation.ts";
import { ProposeMomentsInput } from "../schema/conversation-inputs.ts";
import { ConversationResult } from "../schema/conversation-result.ts";
import { manageConversations, school, shelter } from "../schema/parties.ts";
import { gesture } from "./conversation-gesture.ts";

@Resolver()
export class ProposeMoments {
  @Mutation(() => ConversationResult, {
    description:
      "Proposes when and where a talk can be. From now on the school sees it. A moment that was chosen before is open again, unless the same is proposed.",
  })
  @Allow([...shelter, ...school], manageConversations)
  async proposeMoments(
    @Arg("input", () => ProposeMomentsInput) { conversationId, moments, place }: ProposeMomentsInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof ConversationResult> {
    return gesture(context, conversationId, (conversation) => {
      if (isSameProposal(conversation, moments, place)) return undefined;
      const refusal = proposalRefusal(conversation, moments, place, context.clock.now());
      return refusal ?? { status: "PROPOSED", moments, place: place.trim(), startsAt: null };
    });
  }
}
