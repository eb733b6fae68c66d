import { describe, expect, test } from "@jest/globals";
import {
  afterEvent,
  changeBetween,
  freshAmong,
  type InboxEvent,
  type Item,
  type Items,
  type Status,
  sectionsOf,
} from "../../dashboard/inbox/inbox.ts";

const item = (id: string, status: Status = "RAISED", raisedAt = "2026-11-23T06:00:00.000Z"): Item => ({
  id,
  status,
  raisedAt,
  practice: false,
  isHandedOver: null,
});
const event = (kind: InboxEvent["kind"], signal: Item): InboxEvent => ({
  cursor: `${kind} ${signal.id}`,
  kind,
  signal,
});

describe("the list of messages", () => {
  const list: Items = [item("b", "SEEN", "2026-11-23T07:00:00.000Z"), item("a")];

  test("takes in a message by its time, and once", () => {
    const raised = event("RAISED", item("c", "RAISED", "2026-11-23T06:30:00.000Z"));
    const once = afterEvent(list, raised);
    expect(once.map(({ id }) => id)).toEqual(["b", "c", "a"]);
    expect(afterEvent(once, raised)).toEqual(once);
  });

  test("shows a message as new once more where support is due anew, in its own place and once", () => {
    const anew = afterEvent(list, event("RAISED", item("b", "RAISED", "2026-11-23T07:00:00.000Z")));
    expect(anew.map(({ id, status }) => [id, status])).toEqual([
      ["b", "RAISED"],
      ["a", "RAISED"],
    ]);
    expect(freshAmong(list)).toEqual(["a"]);
    expect(freshAmong(anew)).toEqual(["b", "a"]);
  });

  test("shows how far a message is", () => {
    const { fresh, open, done } = sectionsOf(afterEvent(list, event("CHANGED", item("a", "SUPPORTED"))));
    expect([fresh, open, done].map((items) => items.map(({ id }) => id))).toEqual([[], ["b"], ["a"]]);
  });

  test.each<[string, InboxEvent]>([
    ["erased", event("ERASED", item("a", "SUPPORTED"))],
    ["returned", event("CHANGED", item("a", "RETURNED"))],
    ["withdrawn", event("CHANGED", item("a", "WITHDRAWN"))],
    ["expired", event("CHANGED", item("a", "EXPIRED"))],
  ])("lets go of what was %s", (_, gone) => {
    expect(afterEvent(list, gone).map(({ id }) => id)).toEqual(["b"]);
  });
});

describe("an open message", () => {
  const open = { status: "SEEN", supportOn: "2026-11-23", handedTo: null } as const;

  test("that others leave alone is what it was", () => {
    expect(changeBetween(open, { ...open })).toBeUndefined();
  });

  test("that is raised again is not taken for a colleague's doing", () => {
    expect(changeBetween(open, { ...open, status: "RAISED", supportOn: "2026-11-24" })).toBe("OTHER_DAY");
    expect(changeBetween(open, { ...open, supportOn: "2026-11-24" })).toBe("OTHER_DAY");
  });

  test("shows what a colleague did", () => {
    expect(changeBetween(open, { ...open, status: "SUPPORTED" })).toBe("COLLEAGUE");
    expect(changeBetween(open, { ...open, handedTo: { name: "Els Bakker" } })).toBe("COLLEAGUE");
  });
});
