import { describe, expect, test } from "@jest/globals";
import { advance, SignalProgress } from "../../../../subgraphs/agency/decisions/progress.ts";

const all = Object.values(SignalProgress);

describe("progress", () => {
  test.each([
    ["SENT", "DELIVERED"],
    ["DELIVERED", "SEEN"],
    ["SENT", "SUPPORTED"],
    ["SEEN", "WITHDRAWN"],
    ["SENT", "CLOSED"],
    ["WITHDRAWN", "SUPPORTED"],
    ["WITHDRAWN", "CLOSED"],
  ] as const)("goes from %s to %s", (current, next) => {
    expect(advance(current, next)).toBe(next);
  });

  test.each([
    ["DELIVERED", "SENT"],
    ["SUPPORTED", "SEEN"],
    ["SEEN", "DELIVERED"],
    ["WITHDRAWN", "SEEN"],
  ] as const)("does not go from %s back to %s", (current, next) => {
    expect(advance(current, next)).toBe(current);
  });

  test.each(all)("goes nowhere from the end, not even to %s", (next) => {
    expect(advance("SUPPORTED", next)).toBe("SUPPORTED");
    expect(advance("CLOSED", next)).toBe("CLOSED");
  });

  test.each(all)("stays where it is when it is told %s twice", (next) => {
    expect(advance(advance("SENT", next), next)).toBe(advance("SENT", next));
  });
});
