import type { EntityManager } from "typeorm";
import { identitiesOf, type Place } from "../../../plumbing/identities/identities.ts";
import type { OnBehalfOf } from "../../../plumbing/processing-log.ts";
import type { ConcernKind, ConversationSide, ConversationStatus, Plans } from "../decisions/conversation.ts";
import { type Processed, recordProcessingOf } from "./processing.ts";

/** A talk, as far as the caller may know of it. */
export interface VisibleConversation extends Plans {
  readonly id: string;
  readonly guidance: string;
  readonly child: string;
  /** The registry's keys of the child, and of the parents by whose consents the circle stands: none once it is over. */
  readonly childKey: string;
  readonly parents: readonly string[];
  /** The circle that stands for the child now, for a school. */
  readonly circle: string | null;
  readonly place: string | null;
  readonly revision: number;
  /** Why, and who said so; null where it is not for the caller to know. */
  readonly kind: ConcernKind | null;
  readonly raisedBy: ConversationSide | null;
  /** Whether the caller takes part, and so may change it, rather than only see it. */
  readonly takesPart: boolean;
}

/** The talks that are meant. */
export interface ConversationsBy {
  readonly ids?: readonly string[];
  readonly statuses?: readonly ConversationStatus[];
}

/** Where the place of a talk stands, which may name somebody: it is encrypted. */
export const placeOf = (row: string): Place => ({ table: "conversation", column: "place", row });

/**
 * The talks that the caller may know of, the latest first: all, or those with one of these ids or statuses.
 * @param most the most that are given; all where it is left out.
 */
export async function conversationsOf(
  rows: EntityManager,
  { ids, statuses }: ConversationsBy = {},
  most: number | null = null,
): Promise<VisibleConversation[]> {
  const found = await rows.query<VisibleConversation[]>(
    `select id, guidance, child, child_key as "childKey", parents, circle, status, moments, starts_at as "startsAt",
            place, revision, kind, raised_by as "raisedBy", takes_part as "takesPart"
     from care.visible_conversation
     where ($1::uuid[] is null or id = any ($1)) and ($2::text[] is null or status = any ($2))
     order by called_at desc, id limit $3`,
    [ids ?? null, statuses ?? null, most],
  );
  const identities = identitiesOf(rows);
  return found.map((one) => ({
    ...one,
    place: one.place === null ? null : identities.decrypt<string>(placeOf(one.id), one.place),
  }));
}

/** The same, for the caller to see: each stands in the processing log. */
export async function seeConversations(
  rows: EntityManager,
  reader: OnBehalfOf,
  by?: ConversationsBy,
  most?: number,
): Promise<VisibleConversation[]> {
  const found = await conversationsOf(rows, by, most);
  await recordProcessingOf(rows, reader, "conversation.read", found.map(whose));
  return found;
}

/** Whose data a talk is. */
export function whose({ id, childKey, parents }: VisibleConversation): Processed {
  return { object: id, persons: [childKey, ...parents] };
}
