import { expect, test } from "@jest/globals";
import { calendarOfRegion } from "../../../../plumbing/school-days/official-holidays.ts";
import type { SchoolCalendar } from "../../../../plumbing/school-days/school-calendar.ts";
import { type ContactHours, opensAt, usualContactHours } from "../../../../subgraphs/school/decisions/opening.ts";
import { deputiesAt, nextReminderAt } from "../../../../subgraphs/school/decisions/reminders.ts";

const midden = calendarOfRegion("Midden");
const early: SchoolCalendar = { ...midden, hours: new Map([[2, { firstBell: "07:30", endOfDay: "14:00" }]]) };
const always: ContactHours = { ...usualContactHours, always: true };

test.each([
  ["in open hours: at once", "2026-02-03T09:00:00Z", "2026-02-03T09:00:00Z"],
  ["at the opening: at once", "2026-02-03T06:00:00Z", "2026-02-03T06:00:00Z"],
  ["before it: at it", "2026-02-03T05:59:59Z", "2026-02-03T06:00:00Z"],
  ["at closing time: at the next opening", "2026-02-03T17:00:00Z", "2026-02-04T06:00:00Z"],
  ["on Friday night: on Monday", "2026-02-06T22:00:00Z", "2026-02-09T06:00:00Z"],
  [
    "in the night in which summer time begins: by the clock on the wall",
    "2026-03-28T22:00:00Z",
    "2026-03-30T05:00:00Z",
  ],
  ["before the holidays: after them", "2026-07-17T18:00:00Z", "2026-08-31T05:00:00Z"],
])("contact persons are reached, %s", (_, at, expected) => {
  expect(opensAt(new Date(at), usualContactHours, midden)).toEqual(new Date(expected));
});

test("a school whose first bell is early opens an hour before it", () => {
  const night = new Date("2026-02-03T02:00:00Z");
  expect(opensAt(night, usualContactHours, early)).toEqual(new Date("2026-02-03T05:30:00Z"));
  expect(nextReminderAt(new Date("2026-02-02T09:00:00Z"), always, early)).toEqual(new Date("2026-02-03T05:30:00Z"));
});

test("a school that is always open is reached at once, and reminded anew in the morning of a school day", () => {
  const saturday = new Date("2026-02-07T23:30:00Z");
  expect(opensAt(saturday, always, midden)).toEqual(saturday);
  expect(nextReminderAt(saturday, always, midden)).toEqual(new Date("2026-02-09T06:00:00Z"));
});

test("the deputies' turn comes after the first contact's, in open hours", () => {
  const after = (at: string) => deputiesAt(new Date(at), 30 * 60_000, usualContactHours, midden).toISOString();
  expect(after("2026-02-03T09:00:00Z")).toBe("2026-02-03T09:30:00.000Z");
  expect(after("2026-02-03T16:45:00Z")).toBe("2026-02-04T06:00:00.000Z");
});
