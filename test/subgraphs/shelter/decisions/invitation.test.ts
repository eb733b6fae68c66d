import { describe, expect, test } from "@jest/globals";
import ICAL from "ical.js";
import { conversationStatuses } from "../../../../subgraphs/shelter/decisions/conversation.ts";
import { invitation, type TalkForCalendar } from "../../../../subgraphs/shelter/decisions/invitation.ts";

const now = new Date("2026-11-23T10:00:00Z");
const talk = {
  id: "5f0c4d0e-6f6e-4c0e-9f6e-5f0c4d0e6f6e",
  status: "PLANNED",
  startsAt: new Date("2026-11-27T08:30:00Z"),
  revision: 2,
} satisfies TalkForCalendar;

/** An invitation as a calendar reads it. */
function read(change: Partial<TalkForCalendar> = {}): { calendar: ICAL.Component; event: ICAL.Event } {
  const calendar = ICAL.Component.fromString(invitation({ ...talk, ...change }, now) ?? "");
  const [event, another] = calendar.getAllSubcomponents("vevent");
  expect(another).toBeUndefined();
  return { calendar, event: new ICAL.Event(event) };
}

const propertyOf = (component: ICAL.Component, name: string) => component.getFirstPropertyValue(name);

describe("the invitation to a talk, as a calendar reads it,", () => {
  test("is of its moment, an hour long, and a later one takes its place", () => {
    const { calendar, event } = read();
    expect(propertyOf(calendar, "version")).toBe("2.0");
    expect(propertyOf(calendar, "method")).toBe("PUBLISH");
    expect(event.startDate.toJSDate()).toEqual(talk.startsAt);
    expect(event.endDate.toJSDate()).toEqual(new Date("2026-11-27T09:30:00Z"));
    expect(propertyOf(event.component, "status")).toBe("CONFIRMED");
    const later = read({ startsAt: new Date("2026-12-01T08:30:00Z"), revision: 4 });
    expect(later.event.uid).toBe(event.uid);
    expect([event.sequence, later.event.sequence]).toEqual([2, 4]);
  });

  test("says that one which was planned is cancelled, under the same id and with a later number", () => {
    const { event } = read({ status: "CANCELLED", revision: 3 });
    expect(propertyOf(event.component, "status")).toBe("CANCELLED");
    expect(event.uid).toBe(read().event.uid);
    expect(event.sequence).toBe(3);
  });

  test("has nothing in it but that: no words of anybody's, no place, no person, and not of which project it is", () => {
    const { calendar, event } = read();
    const names = event.component.getAllProperties().map(({ name }) => name);
    expect(names.sort()).toEqual(["dtend", "dtstamp", "dtstart", "sequence", "status", "summary", "uid"]);
    expect(event.summary).toBe("Afspraak");
    expect(String(propertyOf(calendar, "prodid"))).not.toMatch(/care|zorg|steun/i);
  });

  test("is there where a moment is chosen, and until the talk is held", () => {
    const withMoment = conversationStatuses.filter((status) => invitation({ ...talk, status }, now) !== null);
    expect(withMoment).toEqual(["PLANNED", "CANCELLED"]);
    expect(conversationStatuses.every((status) => invitation({ ...talk, status, startsAt: null }, now) === null)).toBe(
      true,
    );
  });
});
