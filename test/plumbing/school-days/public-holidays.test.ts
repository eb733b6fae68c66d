import { expect, test } from "@jest/globals";
import { Temporal } from "temporal-polyfill";
import { easterSunday, isPublicHoliday } from "../../../plumbing/school-days/public-holidays.ts";

function isClosed(day: string): boolean {
  return isPublicHoliday(Temporal.PlainDate.from(day));
}

test.each([
  "2025-04-20",
  "2026-04-05",
  "2027-03-28",
  "2028-04-16",
  "2029-04-01",
  "2030-04-21",
  "2038-04-25",
  "2285-03-22",
])("Easter is on %s", (day) => {
  expect(easterSunday(Number(day.slice(0, 4))).toString()).toBe(day);
});

test.each([
  ["New Year's Day", "2027-01-01"],
  ["Good Friday", "2027-03-26"],
  ["Easter Monday", "2027-03-29"],
  ["the King's birthday", "2027-04-27"],
  ["Liberation Day in a fifth year", "2030-05-05"],
  ["Ascension Day", "2027-05-06"],
  ["Whit Monday", "2027-05-17"],
  ["Christmas", "2028-12-25"],
  ["the day after Christmas", "2028-12-26"],
])("schools are closed on %s", (_, day) => {
  expect(isClosed(day)).toBe(true);
});

test.each([
  ["Liberation Day in another year", "2027-05-05"],
  ["the Friday after Ascension Day", "2027-05-07"],
  ["Maundy Thursday", "2027-03-25"],
  ["the Tuesday after Whitsun", "2027-05-18"],
  ["New Year's Eve", "2026-12-31"],
])("schools are not closed for %s", (_, day) => {
  expect(isClosed(day)).toBe(false);
});

test("the King's birthday is kept a day before a Sunday", () => {
  expect([isClosed("2031-04-26"), isClosed("2031-04-27")]).toEqual([true, false]);
});
