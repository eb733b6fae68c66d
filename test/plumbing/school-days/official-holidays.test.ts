import { expect, test } from "@jest/globals";
import { Temporal } from "temporal-polyfill";
import { holidaysOf, officialHolidays } from "../../../plumbing/school-days/official-holidays.ts";
import { regions, schoolYearOf } from "../../../plumbing/school-days/school-calendar.ts";

/** Whole weeks of the five holidays of a year, which are the same each year: one, two, one, one and six. */
const weeks = [1, 2, 1, 1, 6];

test.each(regions)("the holidays of %s are whole weeks from Saturday to Sunday, five a year, in order", (region) => {
  const holidays = officialHolidays[region];
  expect(holidays.map(({ firstDay }) => schoolYearOf(firstDay))).toEqual(
    [2025, 2026, 2027].flatMap((year) => weeks.map(() => year)),
  );
  for (const [index, { firstDay, lastDay }] of holidays.entries()) {
    const first = Temporal.PlainDate.from(firstDay);
    expect([first.dayOfWeek, first.until(lastDay).days + 1]).toEqual([6, 7 * (weeks[index % 5] ?? 0) + 2]);
    expect(firstDay > (holidays[index - 1]?.lastDay ?? "")).toBe(true);
  }
});

test("the regions begin their summers a week apart, and have Christmas and the week of May together", () => {
  for (const year of [0, 1, 2]) {
    const holidaysOfYear = regions.map((region) => officialHolidays[region].slice(5 * year, 5 * year + 5));
    const firstDays = (nth: number): string[] => holidaysOfYear.map((holidays) => holidays[nth]?.firstDay ?? "");
    expect(new Set(firstDays(1)).size).toBe(1);
    expect(new Set(firstDays(3)).size).toBe(1);
    const [one = "", two, three] = firstDays(4).sort();
    expect([7, 14].map((days) => Temporal.PlainDate.from(one).add({ days }).toString())).toEqual([two, three]);
  }
});

test("an imported school year stands in the place of the one that ships with the project, and only of that", () => {
  const autumn = { firstDay: "2026-10-24", lastDay: "2026-11-01" };
  const holidays = holidaysOf("Midden", [autumn]);
  expect(holidays.filter(({ firstDay }) => schoolYearOf(firstDay) === 2026)).toEqual([autumn]);
  expect(holidays).toHaveLength(11);
});
