import { expect, test } from "@jest/globals";
import { calendarOfRegion } from "../../../../plumbing/school-days/official-holidays.ts";
import { daysAhead, isReachableOn, lastNoonDay } from "../../../../subgraphs/school/decisions/reachable.ts";

const midden = calendarOfRegion("Midden");
const there = { email: "ina@example.nl", employedUntil: null, absences: [] };
const away = { firstDay: "2026-02-03", lastDay: "2026-02-05" };

test.each([
  ["who is there", "2026-02-03", there, true],
  ["without an address", "2026-02-03", { ...there, email: null }, false],
  ["the day before leaving", "2026-02-03", { ...there, employedUntil: "2026-02-04" }, true],
  ["who has left", "2026-02-04", { ...there, employedUntil: "2026-02-04" }, false],
  ["the day before an absence", "2026-02-02", { ...there, absences: [away] }, true],
  ["on its first day", "2026-02-03", { ...there, absences: [away] }, false],
  ["on its last day", "2026-02-05", { ...there, absences: [away] }, false],
  ["the day after it", "2026-02-06", { ...there, absences: [away] }, true],
])("a person can be reached or not: %s", (_, day, person, reachable) => {
  expect(isReachableOn(day, person)).toBe(reachable);
});

test.each([
  ["during school", "2026-02-03T11:00:00Z", ["2026-02-03", "2026-02-04"]],
  ["after school", "2026-02-03T14:00:00Z", ["2026-02-04"]],
  ["on a Friday", "2026-02-06T15:00:00Z", ["2026-02-09"]],
  ["on a Sunday", "2026-02-08T11:00:00Z", ["2026-02-09"]],
  ["before the holidays", "2026-07-17T16:00:00Z", ["2026-08-31"]],
])("the days looked at ahead, %s", (_, at, days) => {
  expect(daysAhead(new Date(at), midden)).toEqual(days);
});

test.each([
  ["2026-02-03T10:59:59Z", "2026-02-02"],
  ["2026-02-03T11:00:00Z", "2026-02-03"],
  ["2026-07-01T09:59:59Z", "2026-06-30"],
  ["2026-07-01T10:00:00Z", "2026-07-01"],
])("the last noon before %s was on %s", (at, day) => {
  expect(lastNoonDay(new Date(at))).toBe(day);
});
