import { type EntityManager, In } from "typeorm";
import { recordEvent } from "../../../plumbing/events.ts";
import { send } from "../../../plumbing/outbox.ts";
import { ConsentRow, GuidedChildRow, SchoolLinkRow } from "./entities.ts";

/** A support circle that stands, as far as the caller may know of it. */
export interface CircleRow {
  /** The consent that it rests on. */
  readonly id: string;
  readonly circleKey: string;
  readonly schoolId: string;
  readonly since: Date;
  /** The guided child. */
  readonly child: string;
  readonly supporterName: string;
  readonly supporterTelephone: string | null;
  readonly supporterEmail: string | null;
}

/** The circles that the caller may know of, the oldest first: all, or those with one of these ids, keys or children. */
export function circlesOf(
  rows: EntityManager,
  by?: { readonly column: "id" | "circle_key" | "child"; readonly values: readonly string[] },
): Promise<CircleRow[]> {
  return rows.query<CircleRow[]>(
    `select id, circle_key as "circleKey", school_id as "schoolId", since, child, supporter_name as "supporterName",
            supporter_telephone as "supporterTelephone", supporter_email as "supporterEmail"
     from care.support_circle
     ${by === undefined ? "" : `where ${by.column} = any ($1::uuid[])`}
     order by since, id`,
    by === undefined ? [] : [by.values],
  );
}

/** The stream of what happens to an organisation's families in guidance. */
export function guidanceStream(organisation: string): string {
  return `guidance:${organisation}`;
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
  for (const id of ids) await send(rows, "endSearch", { id });
  for (const { schoolId, consentId } of links) {
    if (schoolId !== null) await recordEvent(rows, { stream: schoolId, kind: "CLOSED", subject: consentId });
  }
  const children = await rows.findBy(GuidedChildRow, { id: In(consents.map(({ childId }) => childId)) });
  for (const { guidanceId, organisation } of children) {
    await recordEvent(rows, { stream: guidanceStream(organisation), kind: "CHANGED", subject: guidanceId });
  }
}
