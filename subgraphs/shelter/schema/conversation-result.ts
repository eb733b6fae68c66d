import { createUnionType, Field, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { ConversationRefusal } from "../decisions/conversation.ts";
import { Conversation } from "./conversation.ts";
import { school, shelter } from "./parties.ts";

@ObjectType({
  description:
    "The talk as it is now. Done again with the same input, a gesture changes nothing, and is told to nobody.",
})
@Allow([...shelter, ...school])
export class ConversationChanged {
  @Field(() => Conversation)
  conversation!: Conversation;
}

@ObjectType({ description: "Nothing was changed." })
@Allow([...shelter, ...school])
export class ConversationRefused {
  @Field(() => String, {
    description:
      "`CIRCLE_NOT_FOUND`, `CONVERSATION_NOT_FOUND`, `ACTION_NOT_FOUND`: there is none in which the caller takes part; a talk that was held with an earlier school is only to be seen. `CONVERSATION_ENDED`: it is held or cancelled. `MOMENTS_MISSING`, `MOMENTS_TOO_MANY`, `MOMENT_PAST`, `PLACE_INVALID`: of a proposal. `MOMENT_NOT_PROPOSED`: of a choice. `TALK_NOT_PLANNED`, `TALK_NOT_YET`: it cannot have been held. `ACTIONS_TOO_MANY`, `ACTION_INVALID`: of what was agreed.",
  })
  readonly code: ConversationRefusal;

  constructor(code: ConversationRefusal) {
    this.code = code;
  }
}

/** type-graphql tells the members apart by their classes, so results are instances. */
export const ConversationResult = createUnionType({
  name: "ConversationResult",
  description: "What became of a gesture on a talk.",
  types: () => [ConversationChanged, ConversationRefused] as const,
});
