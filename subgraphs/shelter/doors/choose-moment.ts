import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { ShelterContext } from "../context.ts";
import { choiceRefusal, isSameChoice } from "../decisions/conversation.ts";
import { ChooseMomentInput } from "../schema/conversation-inputs.ts";
import { ConversationResult } from "../schema/conversation-result.ts";
import { manageConversations, school, shelter } from "../schema/parties.ts";
import { gesture } from "./conversation-gesture.ts";

@Resolver()
export class ChooseMoment {
  @Mutation(() => ConversationResult, {
    description:
      "Chooses one of the moments that are proposed. On the morning of the day before, supporter and school are reminded by e-mail.",
  })
  @Allow([...shelter, ...school], manageConversations)
  async chooseMoment(
    @Arg("input", () => ChooseMomentInput) { conversationId, moment }: ChooseMomentInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof ConversationResult> {
    return gesture(context, conversationId, (conversation) => {
      if (isSameChoice(conversation, moment)) return undefined;
      const refusal = choiceRefusal(conversation, moment, context.clock.now());
      return refusal ?? { status: "PLANNED", startsAt: moment };
    });
  }
}
