import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { bellAfter } from "../../../../plumbing/school-days/deadline.ts";
import { opensAt, usualContactHours } from "../../../../subgraphs/school/decisions/opening.ts";
import { calendarOf } from "../../../plumbing/school-days/calendars.ts";

const midden = calendarOf("Midden");

test.each([
  ["at 06:59 on a school day, at 07:00", "2026-11-24T05:59:00Z", "2026-11-24T06:00:00Z"],
  ["at 07:00, at once", "2026-11-24T06:00:00Z", "2026-11-24T06:00:00Z"],
  ["at 17:59, at once", "2026-11-24T16:59:00Z", "2026-11-24T16:59:00Z"],
  ["at 18:00, the next morning", "2026-11-24T17:00:00Z", "2026-11-25T06:00:00Z"],
  ["on a Saturday noon, on Monday", "2026-11-28T11:00:00Z", "2026-11-30T06:00:00Z"],
  ["in the Christmas holidays, after them", "2026-12-28T11:00:00Z", "2027-01-04T06:00:00Z"],
  ["in the night in which the clock goes back, by the clock of winter", "2026-10-25T00:30:00Z", "2026-10-26T06:00:00Z"],
  ["on Easter Sunday of summer time, on the Tuesday", "2027-03-28T20:00:00Z", "2027-03-30T05:00:00Z"],
])("a signal that comes %s", (_, at, opening) => {
  expect(opensAt(new Date(at), usualContactHours, midden)).toEqual(new Date(opening));
});

test("an early first bell brings the opening forward, and short hours still hold the hour before it", () => {
  const early = calendarOf("Midden", { hours: new Map([[2, { firstBell: "07:30", endOfDay: "14:00" }]]) });
  expect(opensAt(new Date("2026-11-24T01:00:00Z"), usualContactHours, early)).toEqual(new Date("2026-11-24T05:30:00Z"));
  const short = { opens: "05:00", closes: "06:00", always: false };
  const at = new Date("2026-11-24T07:00:00Z");
  expect(opensAt(at, short, midden)).toEqual(at);
});

test("a school that is always reached is reached at night", () => {
  const night = new Date("2026-12-25T02:00:00Z");
  expect(opensAt(night, { ...usualContactHours, always: true }, midden)).toEqual(night);
});

test("a school that says it is closed for good loses no signal", () => {
  const closed = calendarOf("Midden", {
    ownDays: [{ firstDay: "2026-01-01", lastDay: "2036-12-31", isSchool: false }],
  });
  expect(opensAt(new Date("2026-11-27T19:00:00Z"), usualContactHours, closed)).toEqual(
    new Date("2026-11-30T06:00:00Z"),
  );
});

describe("at any moment, with any hours", () => {
  const moments = fc.date({
    min: new Date("2025-08-01T00:00:00Z"),
    max: new Date("2028-07-01T00:00:00Z"),
    noInvalidDate: true,
  });
  const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const text = (of: number) => `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`;
  const hours = fc
    .tuple(minutes, minutes)
    .filter(([one, other]) => one !== other)
    .map((pair) => pair.sort((a, b) => a - b).map(text))
    .map(([opens = "", closes = ""]) => ({ opens, closes, always: false }));

  test("the opening is not before, is open, comes no earlier for what comes later, and an hour before the bell", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 90 * 86_400_000 }), hours, (at, more, set) => {
        const opening = opensAt(at, set, midden);
        expect(opening >= at).toBe(true);
        expect(opensAt(opening, set, midden)).toEqual(opening);
        expect(opensAt(new Date(at.getTime() + more), set, midden) >= opening).toBe(true);
        const lead = new Date(bellAfter(at, midden).getTime() - 3_600_000);
        expect(opening <= (lead > at ? lead : at)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
