import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  afterGesture,
  atErasure,
  type Gesture,
  namesPupil,
  type SignalStatus,
  signalStatuses,
} from "../../../../subgraphs/school/decisions/status.ts";

describe("a gesture", () => {
  test.each<[SignalStatus, Gesture, SignalStatus | "closed"]>([
    ["RAISED", "acknowledge", "SEEN"],
    ["SUPPORTED", "acknowledge", "SUPPORTED"],
    ["WITHDRAWN", "acknowledge", "closed"],
    ["RAISED", "handOver", "SEEN"],
    ["SUPPORTED", "handOver", "closed"],
    ["RAISED", "confirmSupport", "SUPPORTED"],
    ["SEEN", "return", "RETURNED"],
    ["SUPPORTED", "return", "closed"],
    ["SEEN", "withdraw", "WITHDRAWN"],
    ["SUPPORTED", "withdraw", "SUPPORTED"],
  ])("moves a signal that is %s, by %s, to %s", (status, gesture, after) => {
    expect(afterGesture(status, gesture)).toBe(after);
  });

  test("made twice changes nothing more", () => {
    const gestures: Gesture[] = ["acknowledge", "handOver", "confirmSupport", "return", "withdraw"];
    fc.assert(
      fc.property(fc.constantFrom(...signalStatuses), fc.constantFrom(...gestures), (status, gesture) => {
        const once = afterGesture(status, gesture);
        if (once !== "closed") expect(afterGesture(once, gesture)).toBe(once);
      }),
    );
  });
});

test("at its time of erasure an unseen signal is due again, and none that is over names the pupil", () => {
  expect(atErasure("RAISED", false)).toBe("due again");
  expect(atErasure("RAISED", true)).toBe("EXPIRED");
  expect(atErasure("SEEN", false)).toBe("EXPIRED");
  for (const status of ["RETURNED", "WITHDRAWN", "EXPIRED"] as const) expect(namesPupil(status)).toBe(false);
});
