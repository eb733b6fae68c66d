import { type EntityManager, In, IsNull } from "typeorm";
import { actAsSystem, type Database, systemClaims, takeTurn } from "../../../plumbing/database.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import { identitiesOf, type Place } from "../../../plumbing/identities/identities.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { send } from "../../../plumbing/outbox.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import {
  type ConcernKind,
  type ConversationSide,
  type ConversationStatus,
  type GivenAction,
  openStatuses,
  type Plans,
} from "../decisions/conversation.ts";
import { ConversationRow, SupportActionRow } from "./entities.ts";
import { type Activity, type OnBehalfOf, recordProcessingOf } from "./processing.ts";

/** A talk, as far as the caller may know of it. */
export interface VisibleConversation extends Plans {
  readonly id: string;
  readonly guidance: string;
  readonly child: string;
  /** The registry's keys of the child, and of the parent by whose consent the circle stands; null once erased, or over. */
  readonly childKey: string | null;
  readonly givenBy: string | null;
  /** The circle that stands for the child now, for a school. */
  readonly circle: string | null;
  readonly place: string | null;
  readonly revision: number;
  /** Why, and who said so; null where it is not for the caller to know. */
  readonly kind: ConcernKind | null;
  readonly raisedBy: ConversationSide | null;
}

/** Where the words of a talk stand, which may name somebody: they are encrypted. */
const placeOf = (row: string): Place => ({ table: "conversation", column: "place", row });
const whatOf = (row: string): Place => ({ table: "support_action", column: "what", row });

function decrypted(rows: EntityManager, place: Place, text: string | null): string | null {
  return text === null ? null : identitiesOf(rows).decrypt<string>(place, text);
}

/** The talks that the caller may know of, the latest first: all, or those with one of these ids or of one guidance. */
export async function conversationsOf(
  rows: EntityManager,
  by?: { readonly column: "id" | "guidance"; readonly values: readonly string[] },
): Promise<VisibleConversation[]> {
  const found = await rows.query<VisibleConversation[]>(
    `select id, guidance, child, child_key as "childKey", given_by as "givenBy", circle, status, moments,
            starts_at as "startsAt", place, revision, kind, raised_by as "raisedBy"
     from care.visible_conversation ${by === undefined ? "" : `where ${by.column} = any ($1::uuid[])`}
     order by called_at desc, id`,
    by === undefined ? [] : [by.values],
  );
  return found.map((one) => ({ ...one, place: decrypted(rows, placeOf(one.id), one.place) }));
}

/** The same, for the caller to see: each stands in the processing log. */
export async function seeConversations(
  rows: EntityManager,
  reader: OnBehalfOf,
  by?: Parameters<typeof conversationsOf>[1],
): Promise<VisibleConversation[]> {
  const found = await conversationsOf(rows, by);
  await recordProcessingOf(rows, reader, "conversation.read", found.map(whose));
  return found;
}

function whose({ id, childKey, givenBy }: VisibleConversation) {
  return { object: id, persons: [childKey, givenBy] };
}

/** By the talk's id, in their order. */
export async function actionsOf(rows: EntityManager, ids: readonly string[]): Promise<Map<string, SupportActionRow[]>> {
  const found = await rows.find(SupportActionRow, {
    where: { conversationId: In([...ids]) },
    order: { ordinal: "ASC" },
  });
  const read = found.map((action) => ({ ...action, what: decrypted(rows, whatOf(action.id), action.what) }));
  return Map.groupBy(read, ({ conversationId }) => conversationId);
}

/** Writes down what was agreed in a talk, as the system. */
export async function agree(
  rows: EntityManager,
  conversationId: string,
  actions: readonly GivenAction[],
): Promise<void> {
  const agreed = actions.map(({ what, who, by }, ordinal) => {
    const id = crypto.randomUUID();
    return { id, conversationId, ordinal, what: identitiesOf(rows).encrypt(whatOf(id), what.trim()), who, by };
  });
  await rows.insert(SupportActionRow, agreed);
}

/** Notes that an action was done, as the system; the first time counts. */
export async function keepAction(rows: EntityManager, id: string, now: Date): Promise<void> {
  await rows.update(SupportActionRow, { id, keptAt: IsNull() }, { keptAt: now });
}

/** Which talk an action was agreed in. Whether the caller may know of it is still to be asked. */
export async function conversationOfAction(database: Database, id: string): Promise<string | undefined> {
  if (!isUuid(id)) return undefined;
  const action = await database.transaction(systemClaims, (rows) => rows.findOneBy(SupportActionRow, { id }));
  return action?.conversationId;
}

/**
 * Takes a talk that the caller may know of, until the transaction ends, which goes on as the system's; so that two
 * gestures come one after the other, and none after a consent has ended.
 * @returns undefined where there is none for the caller.
 */
export async function takeConversation(
  rows: EntityManager,
  caller: OnBehalfOf,
  id: string,
  activity: Activity = "conversation.change",
): Promise<ConversationRow | undefined> {
  const [visible] = isUuid(id) ? await conversationsOf(rows, { column: "id", values: [id] }) : [];
  if (visible === undefined) return undefined;
  await recordProcessingOf(rows, caller, activity, [whose(visible)]);
  await actAsSystem(rows);
  return rows.findOneOrFail(ConversationRow, { where: { id }, lock: { mode: "for_no_key_update" } });
}

/** Why somebody calls for a talk. */
export interface Concern {
  readonly kind: ConcernKind;
  readonly raisedBy: ConversationSide;
  /** Leerplicht's id of the absence that it is about. */
  readonly absence?: string | null;
}

/** Somebody calls for a talk about a child. The database tells the subscribers. */
export async function callForTalk(
  rows: EntityManager,
  about: Pick<ConversationRow, "guidanceId" | "childId" | "organisation" | "schoolId">,
  { kind, raisedBy, absence = null }: Concern,
): Promise<string> {
  // Called for twice, for the same reason, it is one.
  const { childId } = about;
  await takeTurn(rows, `talk:${childId}`);
  const known = await rows.findOneBy(ConversationRow, { childId, kind, raisedBy, status: In([...openStatuses]) });
  if (known !== null) return known.id;
  const id = crypto.randomUUID();
  await rows.insert(ConversationRow, { id, ...about, kind, raisedBy, absence });
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
  const { id, absence } = conversation;
  const { place, ...plans } = change;
  Object.assign(conversation, plans, { revision: conversation.revision + 1 });
  if (place !== undefined) conversation.place = identitiesOf(rows).encrypt(placeOf(id), place);
  await rows.save(conversation);
  const { status, reminderId } = conversation;
  if (status === "PLANNED" || reminderId !== null) await schedule(rows, "remindOfTalk", { id }, now, `talk:${id}`);
  if (absence !== null) await send(rows, "reportTalk", { id: absence, status, revision: conversation.revision });
  await tellOfConversation(rows, conversation);
}

/** Tells both sides to look at a talk again. */
export async function tellOfConversation(
  rows: EntityManager,
  { id, organisation, schoolId, raisedBy, moments }: ConversationRow,
): Promise<void> {
  await recordEvent(rows, { stream: conversationStream(organisation), kind: "CHANGED", subject: id });
  // Of one that is only called for, a school must not hear: it may have come with a signal.
  if (schoolId !== null && (raisedBy === "SCHOOL" || moments.length > 0))
    await recordEvent(rows, { stream: conversationStream(schoolId), kind: "CHANGED", subject: id });
}

/**
 * The circle of these children no longer stands, or stands with another school: what was still to come is cancelled, and
 * who was in is told that there is nothing more to see. As the system; call it last in a transaction.
 */
export async function leaveConversations(rows: EntityManager, childIds: readonly string[], now: Date): Promise<void> {
  // All of them before the first event: whoever has one of them may be waiting to tell of it.
  const all = await rows.find(ConversationRow, {
    where: { childId: In([...childIds]) },
    order: { id: "ASC" },
    lock: { mode: "for_no_key_update" },
  });
  for (const conversation of all) {
    if (openStatuses.includes(conversation.status))
      await changeConversation(rows, conversation, { status: "CANCELLED" satisfies ConversationStatus }, now);
    else await tellOfConversation(rows, conversation);
  }
}

/** The stream of what happens to the talks of an organisation, or of a school's pupils. */
export function conversationStream(side: string): string {
  return `conversation:${side}`;
}
