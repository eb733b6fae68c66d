import { describe, expect, test } from "@jest/globals";
import { RecentMap } from "../../gateway/recent.ts";

describe("a map of recent entries", () => {
  test("forgets what was used longest ago, by weight", () => {
    const map = new RecentMap<string>(3);
    map.set("a", "A");
    map.set("b", "B");
    map.set("c", "C");
    expect(map.get("a")).toBe("A");
    map.set("d", "D", 2);
    expect(["a", "b", "c", "d"].map((key) => map.get(key))).toEqual(["A", undefined, undefined, "D"]);
  });

  test("says what it forgets to make room, and nothing else", () => {
    const forgotten: string[] = [];
    const map = new RecentMap<string>(2, (value) => forgotten.push(value));
    for (const key of ["a", "b", "c"]) map.set(key, key.toUpperCase());
    map.set("c", "D");
    map.delete("b");
    expect(forgotten).toEqual(["A"]);
  });

  test("counts an entry that is set again once, and does without one that is heavier than all it may hold", () => {
    const map = new RecentMap<number>(2);
    for (const value of [1, 2, 3]) map.set("a", value);
    map.set("b", 1);
    expect([map.get("a"), map.get("b")]).toEqual([3, 1]);
    map.set("c", 1, 3);
    expect(["a", "b", "c"].map((key) => map.get(key))).toEqual([3, 1, undefined]);
  });

  test("makes room for what an entry comes to weigh, at the cost of others first", () => {
    const map = new RecentMap<string>(10);
    map.set("a", "A", 4);
    map.set("b", "B", 4);
    map.weigh("a", "A", 7);
    expect([map.get("a"), map.get("b"), map.weight]).toEqual(["A", undefined, 7]);
    map.weigh("b", "B", 9);
    expect(map.weight).toBe(7);
  });
});
