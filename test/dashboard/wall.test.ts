import { describe, expect, test } from "@jest/globals";
import { withoutHealth } from "../../dashboard/wall/federation.ts";
import { funnelShape } from "../../dashboard/wall/funnel-shape.ts";
import { thisMonth } from "../../dashboard/wall/this-month.ts";

describe("the funnel", () => {
  test("is as wide at each stage as the share that came so far", () => {
    const { bands, slopes, height } = funnelShape([200, 150, 50]);
    expect(bands.map(({ width }) => width)).toEqual([100, 75, 25]);
    expect(bands.map(({ top }) => top)).toEqual([0, 4.5, 9]);
    expect(slopes).toEqual(["0,3 100,3 75,4.5 0,4.5", "0,7.5 75,7.5 25,9 0,9"]);
    expect(height).toBe(12);
  });

  test("draws fewer than five as none, and is there without any figure", () => {
    expect(funnelShape([20, 10, null]).bands.map(({ width }) => width)).toEqual([100, 50, 0]);
    expect(funnelShape([null, null, null]).bands.map(({ width }) => width)).toEqual([0, 0, 0]);
  });
});

test("of parts that can no longer be asked none is said to work", () => {
  const contracts = [{ name: "school", subgraphs: ["school"] }];
  const subgraphs = [{ name: "school", health: "READY" as const }];
  const known = withoutHealth({ contracts, subgraphs });
  expect(known).toEqual({ contracts, subgraphs: [{ name: "school", health: "UNKNOWN" }] });
});

describe("this month", () => {
  test("is that of Dutch clocks", () => {
    expect(thisMonth(new Date("2026-11-30T23:30:00Z"))).toEqual({ from: "2026-12-01", to: "2026-12-01" });
    expect(thisMonth(new Date("2026-06-30T21:30:00Z"))).toEqual({ from: "2026-06-01", to: "2026-06-30" });
  });
});
