import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";

/** How long a talk is set down for, in minutes. */
const length = 60;

/** A talk that has a moment. */
export interface PlannedTalk {
  readonly id: string;
  readonly startsAt: Date;
  readonly place: string | null;
  /** How often it was changed: a calendar takes the highest. */
  readonly revision: number;
}

/**
 * A talk as a calendar takes it (iCalendar, RFC 5545). Calendars are shared: it says nothing of what it is about, nor of
 * whom.
 */
export function invitation({ id, startsAt, place, revision }: PlannedTalk, now: Date): string {
  const calendar = ical({ prodId: "-//Handle with Care//NL", method: ICalCalendarMethod.PUBLISH });
  calendar.createEvent({
    id: `${id}@conversation.invalid`,
    sequence: revision,
    status: ICalEventStatus.CONFIRMED,
    stamp: now,
    start: startsAt,
    end: new Date(startsAt.getTime() + length * 60_000),
    summary: "Gesprek",
    ...(place === null ? {} : { location: place }),
  });
  return calendar.toString();
}
