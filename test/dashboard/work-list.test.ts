import { describe, expect, test } from "@jest/globals";
import { isCursorUnknown, pauseBefore } from "../../dashboard/api/reconnection.ts";
import { nameOf } from "../../dashboard/elements/child.ts";
import { durationOf, minutesUntil, momentAt, momentOf } from "../../dashboard/language/moments.ts";
import { afterEvent, claimOf, inOrder, type Task } from "../../dashboard/work-list/work-list.ts";

const task = (id: string, dueBy: string, closedAt: string | null = null): Task => ({
  id,
  reason: "NO_MATCH",
  returnReason: null,
  dueBy,
  closedAt,
  outcome: closedAt === null ? null : "SUPPORT_ARRANGED",
  claimedBy: null,
  claimedUntil: null,
  child: { name: null, birthDate: null, bsn: null },
  school: null,
  candidates: [],
});

describe("the work list", () => {
  const [early, late] = [task("early", "2026-11-23T08:00:00.000Z"), task("late", "2026-11-24T08:00:00.000Z")];

  test("has the task with the least time left first", () => {
    expect(inOrder([late, early]).map(({ id }) => id)).toEqual(["early", "late"]);
    expect(afterEvent([late], { cursor: "1", kind: "OPENED", task: early }).map(({ id }) => id)).toEqual([
      "early",
      "late",
    ]);
  });

  test("shows a task that it has for another reason once, and as it is now", () => {
    const returned = { ...late, reason: "RETURNED_BY_SCHOOL", returnReason: "LEFT_SCHOOL" } as const;
    expect(afterEvent([early, late], { cursor: "1", kind: "OPENED", task: returned })).toEqual([early, returned]);
  });

  test("lets go of a task that somebody has done", () => {
    const done = { ...early, closedAt: "2026-11-23T07:00:00.000Z" };
    expect(afterEvent([early, late], { cursor: "2", kind: "CLOSED", task: done })).toEqual([late]);
  });

  test("tells who is at work on a task, until the clock ends it", () => {
    const now = new Date("2026-11-23T07:29:59.999Z");
    const until = new Date("2026-11-23T07:30:00.000Z");
    const claimed = { ...early, claimedBy: "marijke", claimedUntil: until.toISOString() };
    expect(claimOf(claimed, "marijke", now)).toEqual({ isOurs: true, until });
    expect(claimOf(claimed, "youssef", now)).toEqual({ isOurs: false, until });
    expect(claimOf(claimed, "youssef", until)).toBeUndefined();
    expect(claimOf(early, "youssef", now)).toBeUndefined();
  });

  test("names a child by what the sender gave", () => {
    const words = { bsn: "BSN", unknown: "Naam niet bekend" };
    expect(nameOf({ ...early.child, bsn: "999990007" }, words)).toBe("BSN 999990007");
    expect(nameOf(early.child, words)).toBe("Naam niet bekend");
  });
});

describe("times", () => {
  test.each([
    [0, "0 minuten"],
    [59.9, "59 minuten"],
    [60, "1 uur"],
    [190, "3 uur en 10 minuten"],
    [239.9, "3 uur en 59 minuten"],
    [1_379, "22 uur"],
    [1_440, "1 dag"],
    [4_330, "3 dagen"],
  ])("%d minutes are said as people do: %s", (minutes, text) => {
    expect(durationOf(minutes, "nl")).toBe(text);
  });

  test("count what is left, and what is over", () => {
    const moment = "2026-11-23T08:00:00.000Z";
    expect(minutesUntil(moment, new Date("2026-11-23T06:30:00Z"))).toBe(90);
    expect(minutesUntil(moment, new Date("2026-11-23T08:05:00Z"))).toBe(-5);
  });

  test.each([
    ["2026-11-30T10:00", "2026-11-30T09:00:00.000Z"],
    ["2026-07-01T00:30", "2026-06-30T22:30:00.000Z"],
    ["2026-03-29T03:00", "2026-03-29T01:00:00.000Z"],
    ["2026-03-29T01:59", "2026-03-29T00:59:00.000Z"],
    ["2026-10-25T03:00", "2026-10-25T02:00:00.000Z"],
  ])("that are filled in are those of Dutch clocks: %s", (time, moment) => {
    expect(momentAt(time)).toBe(moment);
  });

  test("are those of Dutch clocks, with the day where it is another", () => {
    const now = new Date("2026-11-23T22:00:00Z");
    expect(momentOf(new Date("2026-11-23T07:12:00Z"), now, "nl")).toBe("08:12");
    expect(momentOf(new Date("2026-11-23T23:12:00Z"), now, "nl")).toBe("dinsdag 24 november, 00:12");
  });
});

describe("a lost connection", () => {
  test("is tried again ever later, within a quarter of a minute, and not by all at once", () => {
    const earliest = Array.from({ length: 10 }, (_, failures) => pauseBefore(failures, 0));
    expect(earliest).toEqual([...earliest].sort((one, other) => one - other));
    expect(pauseBefore(50, 1)).toBe(15_000);
    expect(pauseBefore(3, 0)).toBeLessThan(pauseBefore(3, 1));
  });

  test("begins without a cursor where the old one is not known any more", () => {
    expect(isCursorUnknown([{ extensions: { code: "CURSOR_UNKNOWN" } }])).toBe(true);
    expect(isCursorUnknown([{ extensions: { code: "SUBGRAPH_UNAVAILABLE" } }])).toBe(false);
    expect(isCursorUnknown(undefined)).toBe(false);
  });
});
