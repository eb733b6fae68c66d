import { type EntityManager, In } from "typeorm";
import type { NewEvent } from "../../../plumbing/events.ts";
import type { ConsentCoverage } from "../decisions/consent.ts";
import { openStatuses } from "../decisions/conversation.ts";
import { applyChange } from "./conversation-changes.ts";
import { ConversationRow } from "./entities.ts";
import { audienceOf, talkEvents } from "./talk-audience.ts";

/** What has become of a circle in which a school was. */
export interface CircleChange {
  readonly circleId: string;
  readonly childId: string;
  readonly schoolId: string;
  /** What consents covered before, or cover now. */
  readonly covers: readonly ConsentCoverage[];
  /** Whether the school is out, rather than that other things are covered. */
  readonly isOver: boolean;
}

/**
 * Lets the talks of these children follow their circles, as the system: what was still to come with a school that is out
 * is cancelled.
 * @returns whom to tell of what: a school that is out hears once, and of what it saw, that there is nothing more to see.
 */
export async function followCircles(
  rows: EntityManager,
  changes: readonly CircleChange[],
  now: Date,
): Promise<NewEvent[]> {
  // All of them before the first event: whoever has one of them may be waiting to tell of it.
  const talks = await rows.find(ConversationRow, {
    where: { childId: In(changes.map(({ childId }) => childId)) },
    order: { id: "ASC" },
    lock: { mode: "for_no_key_update" },
  });
  const talksOf = Map.groupBy(talks, ({ childId }) => childId);
  const events: NewEvent[] = [];
  for (const change of changes) {
    const mine = talksOf.get(change.childId) ?? [];
    const ids = mine.map(({ id }) => id);
    const audiences = await audienceOf(rows, ids, change);
    if (change.isOver) {
      const open = mine.filter(({ status }) => openStatuses.includes(status));
      for (const talk of open) await applyChange(rows, talk, { status: "CANCELLED" }, now);
      events.push({ stream: change.schoolId, kind: "CLOSED", subject: change.circleId });
    }
    events.push(...audiences.flatMap(talkEvents));
  }
  return events;
}
