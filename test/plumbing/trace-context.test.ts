import { expect, test } from "@jest/globals";
import { inTrace, newTraceparent, traceIdOf } from "../../plumbing/trace-context.ts";

const claims = { sub: "somebody", party: "school", scope: [] };

test("a new place is in a trace of its own", () => {
  const [one, other] = [newTraceparent(), newTraceparent()].map(traceIdOf);
  expect(one).toMatch(/^[0-9a-f]{32}$/);
  expect(one).not.toBe(other);
});

test.each([undefined, 7, "", "00-x-y-01", `00-${"0".repeat(32)}-00f067aa0ba902b7-01`, `${"a".repeat(32)}`])(
  "%p is in no trace",
  (given) => {
    expect(inTrace(claims, given)).toEqual(claims);
  },
);

test("whoever is asked on somebody's behalf knows in which trace", () => {
  const id = "4bf92f3577b34da6a3ce929d0e0e4736";
  expect(inTrace(claims, `00-${id}-00f067aa0ba902b7-01`)).toEqual({ ...claims, trace: id });
});
