import type { EntityManager } from "typeorm";
import type { ShelterContext } from "../context.ts";
import type { ConversationRefusal } from "../decisions/conversation.ts";
import { ConversationChanged, ConversationRefused, type ConversationResult } from "../schema/conversation-result.ts";
import { type ConversationChange, changeConversation, takeConversation } from "../store/conversation-changes.ts";
import type { VisibleConversation } from "../store/conversations.ts";
import { readConversation } from "./conversations.ts";

/** What is to change of a talk; why nothing may; or undefined where it is as it should be already. */
type Decision = ConversationChange | ConversationRefusal | undefined;

/**
 * Somebody's gesture on a talk in which they take part.
 * @param decide on the talk as the caller sees it; runs as the system.
 */
export async function gesture(
  context: ShelterContext,
  id: string,
  decide: (seen: VisibleConversation, rows: EntityManager) => Promise<Decision> | Decision,
): Promise<typeof ConversationResult> {
  const { database, claims, clock } = context;
  const refusal = await database.transaction(claims, async (rows) => {
    const taken = await takeConversation(rows, context, id);
    if (taken === undefined) return "CONVERSATION_NOT_FOUND";
    const decision = await decide(taken.seen, rows);
    if (typeof decision === "string") return decision;
    if (decision !== undefined) await changeConversation(rows, taken.row, decision, clock.now());
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
