import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { ShelterContext } from "../context.ts";
import { ConfirmActionInput } from "../schema/conversation-inputs.ts";
import { ConversationRefused, ConversationResult } from "../schema/conversation-result.ts";
import { manageConversations, school, shelter } from "../schema/parties.ts";
import { conversationOfAction, keepAction } from "../store/support-actions.ts";
import { gesture } from "./conversation-gesture.ts";

@Resolver()
export class ConfirmAction {
  @Mutation(() => ConversationResult, { description: "Confirms that what was agreed has been done." })
  @Allow([...shelter, ...school], manageConversations)
  async confirmAction(
    @Arg("input", () => ConfirmActionInput) { actionId }: ConfirmActionInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof ConversationResult> {
    const conversationId = await conversationOfAction(context.database, actionId);
    const result = await gesture(context, conversationId ?? "", async (_, rows) => {
      const isNew = await keepAction(rows, actionId, context.clock.now());
      return isNew ? {} : undefined;
    });
    const unknown = result instanceof ConversationRefused && result.code === "CONVERSATION_NOT_FOUND";
    return unknown ? new ConversationRefused("ACTION_NOT_FOUND") : result;
  }
}
