import { type EntityManager, In } from "typeorm";
import { recordEvent } from "../../../plumbing/events.ts";
import { send } from "../../../plumbing/outbox.ts";
import { leaveConversations } from "./conversations.ts";
import { ConsentRow, GuidedChildRow, SchoolLinkRow } from "./entities.ts";
import { endSharing } from "./parents.ts";
import { type OnBehalfOf, recordProcessingOf } from "./processing.ts";

/** A support circle that stands, as far as the caller may know of it. */
export interface CircleRow {
  /** The consent that it rests on. */
  readonly id: string;
  readonly circleKey: string;
  readonly schoolId: string;
  readonly since: Date;
  /** The guided child, and the registry's key of it. */
  readonly child: string;
  readonly childKey: string;
  readonly guidance: string;
  readonly organisation: string;
  readonly supporterName: string;
  readonly supporterTelephone: string | null;
  readonly supporterEmail: string | null;
}

/** The ids, keys or children of the circles that are meant. */
interface CirclesBy {
  readonly column: "id" | "circle_key" | "child";
  readonly values: readonly string[];
}

/** The circles that the caller may know of, the oldest first: all, or those with one of these ids, keys or children. */
export function circlesOf(rows: EntityManager, by?: CirclesBy): Promise<CircleRow[]> {
  return rows.query<CircleRow[]>(
    `select id, circle_key as "circleKey", school_id as "schoolId", since, child, child_key as "childKey",
            guidance, organisation, supporter_name as "supporterName",
            supporter_telephone as "supporterTelephone", supporter_email as "supporterEmail"
     from care.support_circle
     ${by === undefined ? "" : `where ${by.column} = any ($1::uuid[])`}
     order by since, id`,
    by === undefined ? [] : [by.values],
  );
}

/** The same, for the caller to see: each stands in the processing log. */
export async function seeCircles(rows: EntityManager, reader: OnBehalfOf, by?: CirclesBy): Promise<CircleRow[]> {
  const circles = await circlesOf(rows, by);
  const processed = circles.map(({ id, childKey }) => ({ object: id, persons: [childKey] }));
  await recordProcessingOf(rows, reader, "circle.read", processed);
  return circles;
}

/** The stream of what happens to an organisation's families in guidance. */
export function guidanceStream(organisation: string): string {
  return `guidance:${organisation}`;
}

/**
 * Takes a consent until the transaction ends, as the system; so that what rests on it and its end come one after the
 * other. The order of locks is: guidance, processing log, consent, talk, events.
 * @returns undefined where it has ended.
 */
export async function takeOpenConsent(rows: EntityManager, id: string): Promise<ConsentRow | undefined> {
  const consent = await rows.findOne(ConsentRow, { where: { id }, lock: { mode: "for_no_key_update" } });
  return consent === null || consent.endedAt !== null ? undefined : consent;
}

/**
 * Ends the open consents of these children, as the system: their circles are no more, the parts that help to keep them
 * are told to forget, and so are the subscribers of both sides. Call it last in a transaction.
 */
export async function endConsents(
  rows: EntityManager,
  consents: readonly ConsentRow[],
  { now, withdrawn }: { readonly now: Date; readonly withdrawn: boolean },
): Promise<void> {
  const ids = consents.map(({ id }) => id);
  const links = await rows.findBy(SchoolLinkRow, { consentId: In(ids) });
  await rows.update(ConsentRow, { id: In(ids) }, { endedAt: now, withdrawn });
  await rows.delete(SchoolLinkRow, { consentId: In(ids) });
  await endSharing(rows, ids, now);
  for (const id of ids) await send(rows, "endSearch", { id });
  const childIds = consents.map(({ childId }) => childId);
  await leaveConversations(rows, childIds, now);
  for (const { schoolId, consentId } of links) {
    if (schoolId !== null) await recordEvent(rows, { stream: schoolId, kind: "CLOSED", subject: consentId });
  }
  const children = await rows.findBy(GuidedChildRow, { id: In(childIds) });
  for (const { guidanceId, organisation } of children) {
    await recordEvent(rows, { stream: guidanceStream(organisation), kind: "CHANGED", subject: guidanceId });
  }
}
