import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { dutchDay } from "../../../../plumbing/dutch-time.ts";
import {
  longestClosure,
  type OwnDays,
  type Region,
  regions,
  type SchoolCalendar,
} from "../../../../plumbing/school-days/school-calendar.ts";
import { erasureTime, supportDay } from "../../../../subgraphs/school/decisions/support-day.ts";
import { addDays, calendarOf, isOpen } from "../../../plumbing/school-days/calendars.ts";

test.each<[string, string, string]>([
  ["on a school day before the afternoon, the same day", "2026-11-24T06:30:00Z", "2026-11-24"],
  ["at 14:59 in the Netherlands, still the same day", "2026-11-24T13:59:00Z", "2026-11-24"],
  ["from 15:00 in the Netherlands, the next day", "2026-11-24T14:00:00Z", "2026-11-25"],
  ["on a Friday at noon, that Friday", "2026-11-27T11:00:00Z", "2026-11-27"],
  ["on a Friday evening, the Monday", "2026-11-27T19:00:00Z", "2026-11-30"],
  ["on a Sunday, the Monday", "2026-11-29T10:00:00Z", "2026-11-30"],
  ["just after midnight in the Netherlands, that new day", "2026-11-24T23:30:00Z", "2026-11-25"],
  ["in summer time, by the clock of summer", "2026-06-30T13:00:00Z", "2026-07-01"],
  ["on the Friday afternoon before the Christmas holidays, after them", "2026-12-18T14:30:00Z", "2027-01-04"],
  ["in the night of New Year, after the holidays", "2026-12-31T23:30:00Z", "2027-01-04"],
  ["on the Thursday evening before Good Friday, the Tuesday", "2027-03-25T20:00:00Z", "2027-03-30"],
  ["on the eve of the King's birthday, in the week of May, after both", "2027-04-26T20:00:00Z", "2027-05-03"],
  ["on the eve of Ascension Day, the Friday", "2027-05-05T18:00:00Z", "2027-05-07"],
  ["on Whit Sunday, the Tuesday", "2027-05-16T10:00:00Z", "2027-05-18"],
  ["in the summer of Midden, after it", "2027-07-20T08:00:00Z", "2027-08-30"],
  ["in the night in which the clock goes back, the Monday", "2026-10-25T01:30:00Z", "2026-10-26"],
  ["on the Monday after it, until 15:00 of winter", "2026-10-26T13:59:00Z", "2026-10-26"],
  ["in the night in which the clock goes forward, after Easter", "2027-03-28T01:30:00Z", "2027-03-30"],
  ["on the first school day of summer time, until 15:00 of summer", "2027-03-30T12:59:00Z", "2027-03-30"],
  ["and no later", "2027-03-30T13:00:00Z", "2027-03-31"],
  ["beyond the known holidays, the next weekday", "2028-10-20T18:00:00Z", "2028-10-23"],
])("support is due %s", (_, at, day) => {
  expect(supportDay(new Date(at), calendarOf("Midden"))).toBe(day);
});

test.each<[Region, string]>([
  ["Noord", "2026-08-17"],
  ["Midden", "2026-08-31"],
  ["Zuid", "2026-08-24"],
])("in July, support in region %s is due on %s", (region, day) => {
  expect(supportDay(new Date("2026-07-20T06:00:00Z"), calendarOf(region))).toBe(day);
});

describe("a school with days of its own", () => {
  const school = calendarOf("Midden", {
    ownDays: [
      { firstDay: "2026-12-07", lastDay: "2026-12-07", isSchool: false },
      { firstDay: "2027-05-07", lastDay: "2027-05-07", isSchool: false },
    ],
    hours: new Map([[3, { firstBell: "08:30", endOfDay: "12:15" }]]),
  });

  test.each([
    ["not on its free Monday", "2026-12-04T19:00:00Z", "2026-12-08"],
    ["not on the Friday after Ascension Day", "2027-05-06T10:00:00Z", "2027-05-10"],
    ["on a Wednesday before it ends at 12:15", "2026-11-25T11:14:00Z", "2026-11-25"],
    ["on the Thursday once it has ended", "2026-11-25T11:15:00Z", "2026-11-26"],
  ])("supports %s", (_, at, day) => {
    expect(supportDay(new Date(at), school)).toBe(day);
  });

  test("that says it is closed for good loses no signal", () => {
    const closed = calendarOf("Midden", {
      ownDays: [{ firstDay: "2026-01-01", lastDay: "2036-12-31", isSchool: false }],
    });
    expect(supportDay(new Date("2026-11-27T19:00:00Z"), closed)).toBe("2026-11-30");
  });
});

const moments = fc.date({
  min: new Date("2025-08-01T00:00:00Z"),
  max: new Date("2029-12-31T23:59:59Z"),
  noInvalidDate: true,
});
const regionCalendars = fc.constantFrom(...regions).map((region) => calendarOf(region));

const ownDays: fc.Arbitrary<OwnDays> = fc
  .record({ from: moments, days: fc.integer({ min: 0, max: 70 }), isSchool: fc.boolean() })
  .map(({ from, days, isSchool }) => ({ firstDay: dutchDay(from), lastDay: addDays(dutchDay(from), days), isSchool }));
const hours = fc.constantFrom("10:00", "12:15", "15:00", "17:30").map((endOfDay) => ({ firstBell: "08:00", endOfDay }));
const schoolCalendars: fc.Arbitrary<SchoolCalendar> = fc
  .record({
    region: fc.constantFrom(...regions),
    ownDays: fc.array(ownDays, { maxLength: 8 }),
    hours: fc.array(fc.tuple(fc.integer({ min: 1, max: 7 }), hours), { maxLength: 5 }),
  })
  .map((own) => calendarOf(own.region, { ownDays: own.ownDays, hours: new Map(own.hours) }));

describe("at any moment, for any region", () => {
  test("the support day is a school day, today or within sixty days", () => {
    fc.assert(
      fc.property(moments, regionCalendars, (at, calendar) => {
        const day = supportDay(at, calendar);
        expect(isOpen(day, calendar)).toBe(true);
        expect(day >= dutchDay(at) && day <= addDays(dutchDay(at), 60)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("at any moment, for any school", () => {
  test("the support day is never before the day itself, and a free day only where the school never opens", () => {
    fc.assert(
      fc.property(moments, schoolCalendars, (at, calendar) => {
        const day = supportDay(at, calendar);
        expect(day >= dutchDay(at)).toBe(true);
        if (isOpen(day, calendar)) return;
        const ahead = Array.from({ length: longestClosure - 1 }, (_, days) => addDays(dutchDay(at), days + 1));
        expect(ahead.filter((one) => isOpen(one, calendar))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("no school day is passed over between a moment and its support day", () => {
    fc.assert(
      fc.property(moments, schoolCalendars, (at, calendar) => {
        const day = supportDay(at, calendar);
        for (let one = addDays(dutchDay(at), 1); one < day; one = addDays(one, 1)) {
          expect(isOpen(one, calendar)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("a later moment never has an earlier support day", () => {
    const hour = 3_600_000;
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 90 * 24 * hour }), schoolCalendars, (at, later, calendar) => {
        const [first, second] = [at, new Date(at.getTime() + later)].map((one) => supportDay(one, calendar));
        expect((first ?? "") <= (second ?? "")).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ["in winter", "2026-11-24", "2026-11-24T23:00:00.000Z"],
  ["in summer", "2026-06-30", "2026-06-30T22:00:00.000Z"],
  ["on the day on which the clock goes back", "2026-10-25", "2026-10-25T23:00:00.000Z"],
  ["on the day on which the clock goes forward", "2027-03-28", "2027-03-28T22:00:00.000Z"],
])("a signal is erased at midnight in the Netherlands, %s", (_, day, at) => {
  expect(erasureTime(day).toISOString()).toBe(at);
});
