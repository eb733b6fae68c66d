import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { retryDelay } from "../../plumbing/outbox.ts";

test("the wait before another attempt grows, and never passes half a minute", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const delay = retryDelay(attempt, chance);
      expect(delay).toBeGreaterThanOrEqual(125);
      expect(delay).toBeLessThanOrEqual(30_000);
      expect(retryDelay(attempt + 1, chance)).toBeGreaterThanOrEqual(delay);
    }),
  );
});
