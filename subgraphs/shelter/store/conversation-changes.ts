import { type EntityManager, In } from "typeorm";
import { actAsSystem, actFor, takeTurn } from "../../../plumbing/database.ts";
import { identitiesOf } from "../../../plumbing/identities/identities.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { send } from "../../../plumbing/outbox.ts";
import type { OnBehalfOf } from "../../../plumbing/processing-log.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import { type ConcernKind, type ConversationSide, openStatuses } from "../decisions/conversation.ts";
import { circlesOf, type SupportCircleRow } from "./circles.ts";
import { conversationsOf, placeOf, type VisibleConversation, whose } from "./conversations.ts";
import { ConversationRow } from "./entities.ts";
import { recordProcessingOf } from "./processing.ts";
import { audienceOf, talkEvents } from "./talk-audience.ts";
import { tell, viewsChanged } from "./telling.ts";

/** A talk that is taken: its row, and what the caller sees of it. */
export interface TakenConversation {
  readonly row: ConversationRow;
  readonly seen: VisibleConversation;
}

/**
 * Takes a talk in which the caller takes part, until the transaction ends, which goes on as the system's; so that two
 * gestures come one after the other. What the caller may know is asked again once it is taken: consent may have ended
 * while it was waited for.
 * @returns undefined where there is none for the caller.
 */
export async function takeConversation(
  rows: EntityManager,
  caller: OnBehalfOf,
  id: string,
): Promise<TakenConversation | undefined> {
  const known = await partOf(rows, id);
  if (known === undefined) return undefined;
  await recordProcessingOf(rows, caller, "conversation.change", [whose(known)]);
  await actAsSystem(rows);
  const row = await rows.findOneOrFail(ConversationRow, { where: { id }, lock: { mode: "for_no_key_update" } });
  await actFor(rows, caller.claims);
  const seen = await partOf(rows, id);
  await actAsSystem(rows);
  return seen && { row, seen };
}

/** A talk in which the caller takes part. */
async function partOf(rows: EntityManager, id: string): Promise<VisibleConversation | undefined> {
  const [found] = isUuid(id) ? await conversationsOf(rows, { ids: [id] }) : [];
  return found?.takesPart ? found : undefined;
}

/** Why somebody calls for a talk. */
export interface Concern {
  readonly kind: ConcernKind;
  readonly raisedBy: ConversationSide;
  /** Leerplicht's id of the absence that it is about. */
  readonly absence?: string | null;
}

/**
 * Somebody calls for a talk about the child of a circle that is taken, as the system. The database tells shelter and
 * school.
 */
export async function callForTalk(
  rows: EntityManager,
  circle: SupportCircleRow,
  { kind, raisedBy, absence = null }: Concern,
): Promise<string> {
  // Called for twice, for the same reason, it is one.
  const { guidance: guidanceId, child: childId, organisation, schoolId } = circle;
  await takeTurn(rows, `talk:${childId}`);
  const known = await rows.findOneBy(ConversationRow, { childId, kind, raisedBy, status: In([...openStatuses]) });
  if (known !== null) return known.id;
  const id = crypto.randomUUID();
  await rows.insert(ConversationRow, { id, guidanceId, childId, organisation, schoolId, kind, raisedBy, absence });
  const [audience] = await audienceOf(rows, [id], circle);
  tell(rows, viewsChanged(guidanceId, audience?.forParents ? circle.parents : []));
  return id;
}

/** What a gesture changes of a talk. */
export type ConversationChange = Partial<Pick<ConversationRow, "status" | "moments" | "startsAt">> & {
  readonly place?: string;
};

/** Changes a talk, as the system, and tells who may know of it. Call it last in a transaction. */
export async function changeConversation(
  rows: EntityManager,
  conversation: ConversationRow,
  change: ConversationChange,
  now: Date,
): Promise<void> {
  await applyChange(rows, conversation, change, now);
  const { id, childId, guidanceId } = conversation;
  const [circle] = await circlesOf(rows, { column: "child", values: [childId] });
  const [audience] = await audienceOf(rows, [id], circle);
  const parents = audience?.forParents ? (circle?.parents ?? []) : [];
  tell(rows, [...talkEvents(audience), ...viewsChanged(guidanceId, parents)]);
}

/** Changes a talk, and tells nobody but Leerplicht of it. */
export async function applyChange(
  rows: EntityManager,
  conversation: ConversationRow,
  { place, ...plans }: ConversationChange,
  now: Date,
): Promise<void> {
  const { id, absence } = conversation;
  Object.assign(conversation, plans, { revision: conversation.revision + 1 });
  if (place !== undefined) conversation.place = identitiesOf(rows).encrypt(placeOf(id), place);
  const { status, reminderId } = conversation;
  const isToRemind = status === "PLANNED" || reminderId !== null;
  if (isToRemind) conversation.remindsAt = now;
  await rows.save(conversation);
  if (isToRemind) await schedule(rows, "remindOfTalk", { id }, now, `talk:${id}`);
  if (absence !== null) await send(rows, "reportTalk", { id: absence, status, revision: conversation.revision });
}
