import { describe, expect, test } from "@jest/globals";
import { firstBell, isBeyond, type Region, schoolYearOf } from "../../../plumbing/school-days/school-calendar.ts";
import { calendarOf, isOpen } from "./calendars.ts";

const midden = calendarOf("Midden");

describe("a school day", () => {
  test.each<[string, Region, string, boolean]>([
    ["the Friday before the summer of Noord", "Noord", "2026-07-03", true],
    ["the Monday after it, in Noord", "Noord", "2026-07-06", false],
    ["the same Monday in Midden", "Midden", "2026-07-06", true],
    ["the last Friday of the summer of Zuid", "Zuid", "2027-09-03", false],
    ["the Monday after it", "Zuid", "2027-09-06", true],
    ["the Monday of the carnival of Zuid", "Zuid", "2027-02-15", false],
    ["the same Monday in Noord", "Noord", "2027-02-15", true],
    ["the Thursday of the Christmas holidays", "Midden", "2026-12-31", false],
    ["the Monday after them", "Midden", "2027-01-04", true],
    ["a Saturday", "Midden", "2026-11-28", false],
    ["the second week of May, which is each school's own choice", "Midden", "2027-05-03", true],
  ])("is told rightly: %s", (_, region, day, open) => {
    expect(isOpen(day, calendarOf(region))).toBe(open);
  });

  test("is none on a free day of the school, and is one where the school is open in its region's holiday", () => {
    const own = calendarOf("Midden", {
      ownDays: [
        { firstDay: "2026-12-07", lastDay: "2026-12-07", isSchool: false },
        { firstDay: "2026-10-17", lastDay: "2026-10-25", isSchool: true },
      ],
    });
    expect([isOpen("2026-12-07", own), isOpen("2026-12-08", own)]).toEqual([false, true]);
    expect([isOpen("2026-10-19", own), isOpen("2026-10-17", own), isOpen("2026-10-25", own)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("on a weekend or a public holiday takes a row of its own", () => {
    const run = { firstDay: "2027-04-24", lastDay: "2027-05-02", isSchool: true };
    const kingsDay = { firstDay: "2027-04-27", lastDay: "2027-04-27", isSchool: true };
    const openDay = { firstDay: "2027-05-01", lastDay: "2027-05-01", isSchool: true };
    expect(isOpen("2027-04-27", calendarOf("Midden", { ownDays: [run] }))).toBe(false);
    expect(isOpen("2027-04-28", calendarOf("Midden", { ownDays: [run] }))).toBe(true);
    expect(isOpen("2027-04-27", calendarOf("Midden", { ownDays: [kingsDay] }))).toBe(true);
    expect(isOpen("2027-05-01", calendarOf("Midden", { ownDays: [run, openDay] }))).toBe(true);
  });

  test("said both open and closed is open, so that no signal waits for a day that was open", () => {
    const day = { firstDay: "2026-12-07", lastDay: "2026-12-07" };
    const both = [true, false].map((isSchool) => ({ ...day, isSchool }));
    expect(isOpen("2026-12-07", calendarOf("Midden", { ownDays: both }))).toBe(true);
  });
});

describe("beyond the holidays that are known", () => {
  test("weekdays are school days, but for public holidays, which are known for ever", () => {
    expect(isBeyond("2028-08-20", midden)).toBe(false);
    expect(isBeyond("2028-08-21", midden)).toBe(true);
    expect([isOpen("2028-10-17", midden), isOpen("2028-12-29", midden)]).toEqual([true, true]);
    expect([isOpen("2028-10-21", midden), isOpen("2028-12-25", midden)]).toEqual([false, false]);
  });
});

test.each([
  ["in winter", "2026-11-24", "2026-11-24T07:30:00.000Z"],
  ["on the last school day before summer time", "2027-03-25", "2027-03-25T07:30:00.000Z"],
  ["on the first one in summer time", "2027-03-30", "2027-03-30T06:30:00.000Z"],
  ["on the first one after it", "2026-10-26", "2026-10-26T07:30:00.000Z"],
])("the first bell rings by the clock on the wall, %s", (_, day, at) => {
  expect(firstBell(day, midden).toISOString()).toBe(at);
});

test("the first bell is the school's own on that weekday", () => {
  const late = calendarOf("Midden", { hours: new Map([[2, { firstBell: "09:15", endOfDay: "15:15" }]]) });
  expect(firstBell("2026-11-24", late).toISOString()).toBe("2026-11-24T08:15:00.000Z");
  expect(firstBell("2026-11-25", late).toISOString()).toBe("2026-11-25T07:30:00.000Z");
});

test("a school year runs from August", () => {
  expect([schoolYearOf("2026-07-31"), schoolYearOf("2026-08-01"), schoolYearOf("2027-01-04")]).toEqual([
    2025, 2026, 2026,
  ]);
});
