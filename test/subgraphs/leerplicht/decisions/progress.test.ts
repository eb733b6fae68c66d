import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { advance, isEnded, isTooLate, ledgerProgress } from "../../../../subgraphs/leerplicht/decisions/progress.ts";

const anyProgress = fc.constantFrom(...ledgerProgress);

test("whatever the order of the news, progress never goes back and an end stays the end, but for a withdrawal that came too late", () => {
  fc.assert(
    fc.property(fc.array(anyProgress), (news) => {
      let current = ledgerProgress[0] as (typeof ledgerProgress)[number];
      for (const next of news) {
        const after = advance(current, next);
        if (isTooLate(current, next)) expect(after).toBe("SUPPORTED");
        else if (isEnded(current)) expect(after).toBe(current);
        else expect(ledgerProgress.indexOf(after)).toBeGreaterThanOrEqual(ledgerProgress.indexOf(current));
        current = after;
      }
    }),
  );
});
