import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import type { ConversationStatus } from "./conversation.ts";

/** How long a talk is set down for, in minutes. */
const length = 60;

/** A talk as far as a calendar is told of it. */
export interface TalkForCalendar {
  readonly id: string;
  readonly status: ConversationStatus;
  /** Null where no moment is chosen. */
  readonly startsAt: Date | null;
  /** How often it was changed: a calendar takes the highest. */
  readonly revision: number;
}

/**
 * A talk as a calendar takes it (iCalendar, RFC 5545): what is planned, and of what is cancelled that it is. Calendars are
 * shared, and their owners write into them themselves: it says when, and neither what it is about, nor whom, nor where.
 * @returns null where no calendar has to know of it.
 */
export function invitation({ id, status, startsAt, revision }: TalkForCalendar, now: Date): string | null {
  if (startsAt === null || (status !== "PLANNED" && status !== "CANCELLED")) return null;
  const calendar = ical({ prodId: "-//Afspraken//NL", method: ICalCalendarMethod.PUBLISH });
  calendar.createEvent({
    id: `${id}@conversation.invalid`,
    sequence: revision,
    status: status === "PLANNED" ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    stamp: now,
    start: startsAt,
    end: new Date(startsAt.getTime() + length * 60_000),
    summary: "Afspraak",
  });
  return calendar.toString();
}
