import type { EntityManager } from "typeorm";
import type { ShelterContext } from "../context.ts";
import type { ConversationRefusal } from "../decisions/conversation.ts";
import { ConversationChanged, ConversationRefused, type ConversationResult } from "../schema/conversation-result.ts";
import { type ConversationChange, changeConversation, takeConversation } from "../store/conversations.ts";
import type { ConversationRow } from "../store/entities.ts";
import { readConversation } from "./conversations.ts";

/**
 * Somebody's gesture on a talk that they may know of.
 * @param decide what is to change, or why nothing is; runs as the system.
 */
export async function gesture(
  context: ShelterContext,
  id: string,
  decide: (
    conversation: ConversationRow,
    rows: EntityManager,
  ) => Promise<ConversationChange | ConversationRefusal> | ConversationChange | ConversationRefusal,
): Promise<typeof ConversationResult> {
  const { database, claims, clock } = context;
  const refusal = await database.transaction(claims, async (rows) => {
    const conversation = await takeConversation(rows, context, id);
    if (conversation === undefined) return "CONVERSATION_NOT_FOUND";
    const change = await decide(conversation, rows);
    if (typeof change === "string") return change;
    await changeConversation(rows, conversation, change, clock.now());
    return undefined;
  });
  return refusal === undefined ? changed(context, id) : new ConversationRefused(refusal);
}

/** The talk as the caller sees it now. */
export async function changed(context: ShelterContext, id: string): Promise<typeof ConversationResult> {
  const conversation = await readConversation(context, id);
  // Consent may have ended between the gesture and its answer.
  if (conversation === null) return new ConversationRefused("CONVERSATION_NOT_FOUND");
  return Object.assign(new ConversationChanged(), { conversation });
}
