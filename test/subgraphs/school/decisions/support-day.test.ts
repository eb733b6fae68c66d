import { expect, test } from "@jest/globals";
import { erasureTime, supportDay } from "../../../../subgraphs/school/decisions/support-day.ts";

test.each([
  ["on a school day before the afternoon, the same day", "2026-11-24T06:30:00Z", "2026-11-24"],
  ["at 14:59 in the Netherlands, still the same day", "2026-11-24T13:59:00Z", "2026-11-24"],
  ["from 15:00 in the Netherlands, the next day", "2026-11-24T14:00:00Z", "2026-11-25"],
  ["on a Friday evening, the Monday", "2026-11-27T19:00:00Z", "2026-11-30"],
  ["on a Sunday, the Monday", "2026-11-29T10:00:00Z", "2026-11-30"],
  ["just after midnight in the Netherlands, that new day", "2026-11-24T23:30:00Z", "2026-11-25"],
  ["in summer time, by the clock of summer", "2026-06-30T13:00:00Z", "2026-07-01"],
])("support is due %s", (_, at, day) => {
  expect(supportDay(new Date(at))).toBe(day);
});

test.each([
  ["in winter", "2026-11-24", "2026-11-24T23:00:00.000Z"],
  ["in summer", "2026-06-30", "2026-06-30T22:00:00.000Z"],
  ["on the day on which the clock goes back", "2026-10-25", "2026-10-25T23:00:00.000Z"],
])("a signal is erased at midnight in the Netherlands, %s", (_, day, at) => {
  expect(erasureTime(day).toISOString()).toBe(at);
});
