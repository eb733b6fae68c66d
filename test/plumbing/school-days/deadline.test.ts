import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { bellAfter, bellsBetween, deadline } from "../../../plumbing/school-days/deadline.ts";
import { regions } from "../../../plumbing/school-days/school-calendar.ts";
import { calendarOf } from "./calendars.ts";

const midden = calendarOf("Midden");
const dueBy = (incident: string, calendar = midden) => {
  const at = new Date(incident);
  return deadline(at, bellAfter(at, calendar)).toISOString();
};

describe("a signal is in time", () => {
  test("within 24 hours of the incident, where a school day begins in them", () => {
    expect(dueBy("2026-11-23T20:00:00+01:00")).toBe("2026-11-24T19:00:00.000Z");
    // Just before the bell: it is this day's.
    expect(dueBy("2026-11-27T08:29:00+01:00")).toBe("2026-11-28T07:29:00.000Z");
  });

  test("before the first bell of the next school day, where none begins in them", () => {
    expect(dueBy("2026-11-27T20:00:00+01:00")).toBe("2026-11-30T07:30:00.000Z");
    expect(dueBy("2026-11-27T08:30:00+01:00")).toBe("2026-11-30T07:30:00.000Z");
    expect(dueBy("2026-12-18T20:00:00+01:00")).toBe("2027-01-04T07:30:00.000Z");
  });

  test("by the clock on the wall, when summer time begins and ends", () => {
    expect(dueBy("2027-03-26T20:00:00+01:00")).toBe("2027-03-30T06:30:00.000Z");
    expect(dueBy("2026-10-23T20:00:00+02:00")).toBe("2026-10-26T07:30:00.000Z");
  });

  test("by the days and hours of its school", () => {
    const own = calendarOf("Midden", {
      ownDays: [{ firstDay: "2026-11-24", lastDay: "2026-11-24", isSchool: false }],
      hours: new Map([[3, { firstBell: "09:15", endOfDay: "12:00" }]]),
    });
    expect(dueBy("2026-11-23T09:00:00+01:00", own)).toBe("2026-11-25T08:15:00.000Z");
  });
});

test("bells are listed from after one moment to the first after another", () => {
  const bells = bellsBetween(new Date("2026-11-27T07:30:00Z"), new Date("2026-11-30T07:30:00Z"), midden);
  expect(bells.map((bell) => bell.toISOString())).toEqual(["2026-11-30T07:30:00.000Z", "2026-12-01T07:30:00.000Z"]);
});

test("a deadline is never before 24 hours, and no bell after the incident and before the last day of it goes by unused", () => {
  const day = 24 * 60 * 60 * 1000;
  const moments = fc.date({ min: new Date("2026-01-01"), max: new Date("2028-07-01"), noInvalidDate: true });
  fc.assert(
    fc.property(moments, fc.constantFrom(...regions), (at, region) => {
      const calendar = calendarOf(region);
      const due = deadline(at, bellAfter(at, calendar)).getTime();
      expect(due).toBeGreaterThanOrEqual(at.getTime() + day);
      const bellsWithinADay = bellsBetween(at, new Date(at.getTime() + day), calendar).slice(0, -1);
      expect(due === at.getTime() + day).toBe(bellsWithinADay.length > 0);
    }),
  );
});
