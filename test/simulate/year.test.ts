import { beforeAll, describe, expect, test } from "@jest/globals";
import { definitions, type PartName } from "../../simulate/parts.ts";
import { describeYears, isWell } from "../../simulate/report.ts";
import { simulateYear, type YearOptions, type YearReport } from "../../simulate/year.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

/** A year of a small region, over databases of its own. */
async function liveThrough(options: Pick<YearOptions, "signals" | "seed" | "breakage">): Promise<YearReport> {
  await using stack = new AsyncDisposableStack();
  const databases: Partial<Record<PartName, TestDatabase>> = {};
  for (const [name, definition] of Object.entries(definitions) as [PartName, (typeof definitions)[PartName]][]) {
    databases[name] = stack.use(await createTestDatabase(definition));
  }
  return await simulateYear({
    ...options,
    schools: 20,
    pupils: 20,
    lead: 90,
    databases: databases as Record<PartName, TestDatabase>,
    onStep: () => undefined,
  });
}

describe("a year of a small region", () => {
  let year: YearReport;

  beforeAll(async () => {
    year = await liveThrough({ signals: 60, seed: "1" });
  }, 240_000);

  test("ends with every signal in a stated outcome, none lost and none doubled", () => {
    expect(Object.fromEntries(year.wrong)).toEqual({});
    expect(year.accepted).toBe(60);
    expect([...year.outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(year.outcomes.get("supported")).toBeGreaterThan(20);
  });

  test("is one in which people at schools are mailed of what they have not seen, and some look for it", () => {
    const { mailed, read } = year.reminders;
    expect(mailed).toBeGreaterThan(20);
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(mailed);
  });

  test("tells its operator the figures of its ledger, in whole fives", () => {
    expect(year.published.differences).toEqual([]);
    expect(year.published.statistics.signals).toBeGreaterThanOrEqual(5);
  });

  test("says how much was seen in time, by what decided it", () => {
    const text = describeYears([year], "1");
    expect(isWell(year)).toBe(true);
    expect(text).toContain("0 left over, 0 lost, 0 doubled");
    expect(text).toMatch(/straight, contact at hand +\d+ {2}\d+\.\d %/);
  });
});

test("of several regions the figures are added up", async () => {
  const year = await liveThrough({ signals: 5, seed: "3" });
  const text = describeYears([year, year], "3");
  expect(text).toMatch(/^10 signals, seed 3, in 2 regions side by side\n/);
  expect(text).toContain(`of ${2 * year.inTime.all.decided};`);
  expect(describeYears([year, { ...year, wrong: new Map([["lost", 1]]) }], "3")).toMatch(/NOT WELL\n {2}lost +1$/);
}, 240_000);

test("a year in which an outbox forgets what it should send on is not well", async () => {
  const year = await liveThrough({ signals: 40, seed: "2", breakage: "outbox" });
  expect(isWell(year)).toBe(false);
  expect([...year.wrong.keys()].some((what) => what.startsWith("lost"))).toBe(true);
}, 240_000);
