import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { DeadlineQueue } from "../../gateway/upstream/deadline-queue.ts";

describe("deadlines of many waits", () => {
  let queue: DeadlineQueue;
  let passed: string[];
  const set = (name: string, within: number) => queue.set(performance.now() + within, () => passed.push(name));

  beforeEach(() => {
    jest.useFakeTimers();
    queue = new DeadlineQueue();
    passed = [];
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test("pass at their time, each once, whichever was set first", () => {
    set("late", 100);
    set("soon", 50);
    set("between", 70);
    jest.advanceTimersByTime(49);
    expect(passed).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(passed).toEqual(["soon"]);
    jest.advanceTimersByTime(1_000);
    expect(passed).toEqual(["soon", "between", "late"]);
  });

  test("pass for nobody once they have been lifted, be it by one that passes at the same time", () => {
    set("lifted", 50).lift();
    queue.set(performance.now() + 60, () => beside.lift());
    const beside = set("beside", 60);
    set("last", 60);
    jest.advanceTimersByTime(1_000);
    expect(passed).toEqual(["last"]);
  });

  test("may be lifted twice, and after they have passed", () => {
    const first = set("first", 50);
    set("second", 60);
    jest.advanceTimersByTime(55);
    first.lift();
    first.lift();
    jest.advanceTimersByTime(5);
    expect(passed).toEqual(["first", "second"]);
  });

  test("can be set by one that passes", () => {
    queue.set(performance.now() + 50, () => set("again", 50));
    jest.advanceTimersByTime(99);
    expect(passed).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(passed).toEqual(["again"]);
  });

  test("take one timer, and none once none is left", () => {
    for (let nth = 0; nth < 1_000; nth += 1) set("lifted", 50 + nth).lift();
    set("kept", 2_000);
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(2_000);
    expect(passed).toEqual(["kept"]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
