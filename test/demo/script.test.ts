import { describe, expect, test } from "@jest/globals";
import { scriptedGesture } from "../../demo/script.ts";

const raised = new Date("2026-11-27T20:00:00+01:00");
const gestureOf = (name: string, now: string) => scriptedGesture(name, raised, new Date(now));

describe("a child whose name scripts what happens", () => {
  test("is returned, or supported, at once", () => {
    expect(scriptedGesture("Ruben Retour", raised, raised)).toBe("returnSignal");
    expect(scriptedGesture("Sanne Steun", raised, raised)).toBe("confirmSupport");
  });

  test("is seen at 08:05 by the clock on the wall, and not before", () => {
    expect(gestureOf("Vera Vijfoverachten", "2026-11-28T08:04:59+01:00")).toBeUndefined();
    expect(gestureOf("Vera Vijfoverachten", "2026-11-28T08:05:00+01:00")).toBe("acknowledgeSignal");
    const atNight = new Date("2027-07-01T03:00:00+02:00");
    expect(scriptedGesture("Vera Vijfoverachten", atNight, new Date("2027-07-01T06:05:00Z"))).toBe("acknowledgeSignal");
  });

  test("is seen too late: an hour after the latest deadline that its signal can have", () => {
    expect(gestureOf("Lotte Telaat", "2026-11-30T09:29:59+01:00")).toBeUndefined();
    expect(gestureOf("Lotte Telaat", "2026-11-30T09:30:00+01:00")).toBe("acknowledgeSignal");
  });
});

test.each(["Noor van der Linden", "", "constructor"])("nothing is done for a child of another name: %j", (name) => {
  expect(gestureOf(name, "2030-01-01T00:00:00Z")).toBeUndefined();
});
