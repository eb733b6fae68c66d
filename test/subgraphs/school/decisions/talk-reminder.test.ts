import { describe, expect, test } from "@jest/globals";
import { calendarOfRegion } from "../../../../plumbing/school-days/official-holidays.ts";
import type { SchoolCalendar } from "../../../../plumbing/school-days/school-calendar.ts";
import { usualContactHours } from "../../../../subgraphs/school/decisions/opening.ts";
import { talkReminderAt } from "../../../../subgraphs/school/decisions/talk-reminder.ts";

const midden = calendarOfRegion("Midden");
const freeOn = (day: string): SchoolCalendar => ({
  ...midden,
  ownDays: [{ firstDay: day, lastDay: day, isSchool: false }],
});
const at = (day: string, from: string, calendar = midden, hours = usualContactHours) =>
  talkReminderAt(day, new Date(from), hours, calendar)?.toISOString();

describe("contact persons are reminded of a talk", () => {
  test.each([
    ["on a Friday, the day before", "2026-11-27", midden, "2026-11-26T06:00:00.000Z"],
    ["on a Monday, the Friday before", "2026-11-30", midden, "2026-11-27T06:00:00.000Z"],
    ["on the day after a day that the school has off", "2026-11-27", freeOn("2026-11-26"), "2026-11-25T06:00:00.000Z"],
    ["on the first day after the Christmas holidays", "2027-01-04", midden, "2026-12-18T06:00:00.000Z"],
    ["on a Saturday, the Friday before", "2026-11-28", midden, "2026-11-27T06:00:00.000Z"],
    ["on the Monday after the clocks go forward", "2028-03-27", midden, "2028-03-24T06:00:00.000Z"],
    ["on the Monday after the clocks go back", "2027-11-01", midden, "2027-10-29T05:00:00.000Z"],
    ["on the Tuesday after Easter, whose Friday is free", "2027-03-30", midden, "2027-03-25T06:00:00.000Z"],
  ])("%s", (_, day, calendar, expected) => {
    expect(at(day, "2026-11-23T10:00:00Z", calendar)).toBe(expected);
  });

  test("at once while the hours of that day last, as of a signal", () => {
    expect(at("2026-11-27", "2026-11-26T10:00:00Z")).toBe("2026-11-26T10:00:00.000Z");
  });

  test("at the opening of its own day where it is planned after those hours", () => {
    expect(at("2026-11-27", "2026-11-26T17:00:00Z")).toBe("2026-11-27T06:00:00.000Z");
  });

  test("at no other time: not on a free day, nor once its own day is over", () => {
    expect(at("2026-11-28", "2026-11-27T17:00:00Z")).toBeUndefined();
    expect(at("2026-11-27", "2026-11-27T17:00:00Z")).toBeUndefined();
  });

  test("at the opening also where signals come at every hour", () => {
    const always = { ...usualContactHours, always: true };
    expect(at("2026-11-27", "2026-11-23T10:00:00Z", midden, always)).toBe("2026-11-26T06:00:00.000Z");
  });
});
