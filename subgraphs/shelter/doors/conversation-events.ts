import { Arg, Ctx, Resolver, Root, Subscription } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { EventRow } from "../../../plumbing/events.ts";
import type { ShelterContext } from "../context.ts";
import { ConversationEvent } from "../schema/conversation.ts";
import { manageConversations, school, shelter } from "../schema/parties.ts";
import { conversationStreams } from "../store/streams.ts";
import { readConversation } from "./conversations.ts";

@Resolver()
export class ConversationEvents {
  @Subscription(() => ConversationEvent, {
    description:
      "What happens to the talks that the caller may know of: first what came after the cursor, then live, without gap or repeat.",
    subscribe: ({ args, context }) => {
      const { claims, events } = context as ShelterContext;
      const { after } = args as { after?: string | null };
      return events.follow(claims, conversationStreams(claims), after ?? undefined);
    },
  })
  @Allow([...shelter, ...school], manageConversations)
  async conversationEvents(
    @Root() event: EventRow,
    @Arg("after", () => String, { nullable: true, description: "The cursor of the last event that you have." })
    _after: string | null,
    @Ctx() context: ShelterContext,
  ): Promise<ConversationEvent> {
    const conversation = await readConversation(context, event.subject);
    return { cursor: event.id, conversationId: event.subject, conversation };
  }
}
