import { describe, expect, test } from "@jest/globals";
import { type EscalationSettings, escalationTime } from "../../../../subgraphs/leerplicht/decisions/escalation.ts";

const usual: EscalationSettings = { leadMinutes: 60, callingHours: { opens: "07:30", closes: "17:30" } };
const longAgo = new Date("2026-01-01T00:00:00Z");

/** By the clock on the wall in the Netherlands: on 23 November it is an hour ahead of UTC, on 22 June two. */
const escalatedAt = (dueBy: string, appearsAt = longAgo, settings = usual) =>
  escalationTime(new Date(dueBy), appearsAt, settings).toISOString();

describe("an officer is asked to call", () => {
  test.each([
    ["the lead before a deadline in calling hours", "2026-11-24T10:00:00+01:00", "2026-11-24T08:00:00.000Z"],
    ["when the calling hours begin, for the usual first bell", "2026-11-24T08:30:00+01:00", "2026-11-24T06:30:00.000Z"],
    [
      "on the day before for an early bell, with the lead left to call",
      "2026-11-24T08:15:00+01:00",
      "2026-11-23T15:30:00.000Z",
    ],
    ["on the day before for a deadline at night", "2026-11-24T03:00:00+01:00", "2026-11-23T15:30:00.000Z"],
    ["before the hours end for a deadline in the evening", "2026-11-24T21:00:00+01:00", "2026-11-24T15:30:00.000Z"],
    ["with the lead left to call where the hours are ending", "2026-11-24T18:20:00+01:00", "2026-11-24T15:30:00.000Z"],
    ["on Friday for a deadline in the weekend", "2026-11-22T12:00:00+01:00", "2026-11-20T15:30:00.000Z"],
    ["on Friday for an early bell on Monday", "2026-11-23T08:00:00+01:00", "2026-11-20T15:30:00.000Z"],
    ["not on Whit Monday", "2026-05-26T08:00:00+02:00", "2026-05-22T14:30:00.000Z"],
    ["by the clock on the wall in summer", "2026-06-23T08:30:00+02:00", "2026-06-23T05:30:00.000Z"],
    ["after the clock went back", "2026-10-26T08:30:00+01:00", "2026-10-26T06:30:00.000Z"],
  ])("%s", (_, dueBy, at) => {
    expect(escalatedAt(dueBy)).toBe(at);
  });

  test("half an hour after the signal appeared where that is later, even after the deadline", () => {
    const dueBy = "2026-11-24T08:30:00+01:00";
    expect(escalatedAt(dueBy, new Date("2026-11-24T06:20:00Z"))).toBe("2026-11-24T06:50:00.000Z");
    expect(escalatedAt(dueBy, new Date("2026-11-27T06:00:00Z"))).toBe("2026-11-27T06:30:00.000Z");
  });

  test("never later for an earlier deadline", () => {
    const quarter = 15 * 60 * 1000;
    const times = Array.from({ length: 14 * 96 }, (_, step) =>
      escalationTime(new Date(Date.parse("2026-05-18T00:00:00Z") + step * quarter), longAgo, usual).getTime(),
    );
    expect(times.every((time, place) => time >= (times[place - 1] ?? 0))).toBe(true);
  });

  test("from the first calling hour where the lead is longer than they are", () => {
    const slow = { ...usual, leadMinutes: 1_440 };
    expect(escalatedAt("2026-11-25T12:00:00+01:00", longAgo, slow)).toBe("2026-11-24T06:30:00.000Z");
  });
});
