import { beforeAll, describe, expect, test } from "@jest/globals";
import { definitions, type PartName } from "../../simulate/parts.ts";
import { describeYear, isWell } from "../../simulate/report.ts";
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
    lead: 60,
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

  test("tells its operator the figures of its ledger, in whole fives", () => {
    expect(year.published.differences).toEqual([]);
    expect(year.published.statistics.signals).toBeGreaterThanOrEqual(5);
  });

  test("says how much was seen in time, by what decided it", () => {
    const text = describeYear(year, "1");
    expect(isWell(year)).toBe(true);
    expect(text).toContain("0 left over, 0 lost, 0 doubled");
    expect(text).toMatch(/straight, contact at hand +\d+ {2}\d+\.\d %/);
  });
});

test("a year in which an outbox forgets what it should send on is not well", async () => {
  const year = await liveThrough({ signals: 40, seed: "2", breakage: "outbox" });
  expect(isWell(year)).toBe(false);
  expect([...year.wrong.keys()].some((what) => what.startsWith("lost"))).toBe(true);
}, 240_000);
