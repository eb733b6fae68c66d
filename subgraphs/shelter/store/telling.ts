import type { EntityManager } from "typeorm";
import { type NewEvent, recordEvent } from "../../../plumbing/events.ts";

/** The stream of what happens to an organisation's families in guidance. */
export function guidanceStream(organisation: string): string {
  return `guidance:${organisation}`;
}

/** The stream of what happens to the talks of an organisation, or of a school's pupils. */
export function conversationStream(side: string): string {
  return `conversation:${side}`;
}

/** The stream of what one parent sees of one guidance. What another parent does is not in it, nor when. */
export function parentStream(guidanceId: string, parent: string): string {
  return `parent:${guidanceId}:${parent}`;
}

/** A family's guidance is to be looked at again, by the shelter. */
export function guidanceChanged({
  id,
  organisation,
}: {
  readonly id: string;
  readonly organisation: string;
}): NewEvent {
  return { stream: guidanceStream(organisation), kind: "CHANGED", subject: id };
}

/** What they see is to be looked at again, by these parents. */
export function viewsChanged(guidanceId: string, parents: readonly string[]): NewEvent[] {
  return parents.map((parent) => ({ stream: parentStream(guidanceId, parent), kind: "CHANGED", subject: guidanceId }));
}

/** Tells subscribers, of the same thing once. */
export function tell(rows: EntityManager, events: readonly NewEvent[]): void {
  const once = new Map(events.map((event) => [JSON.stringify([event.stream, event.kind, event.subject]), event]));
  for (const event of once.values()) recordEvent(rows, event);
}
