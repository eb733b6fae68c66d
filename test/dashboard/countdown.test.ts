import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { actAfter, countdown } from "../../dashboard/session/countdown.ts";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Timers and the browser's own clock stand still; the one on the wall does not. */
const sleepFor = (milliseconds: number) => jest.setSystemTime(Date.now() + milliseconds);

describe("a time that runs out", () => {
  test("runs by the browser's own clock", () => {
    const left = countdown(60_000);
    jest.advanceTimersByTime(20_000);
    expect(left()).toBe(40_000);
  });

  test("is over after a machine's sleep, and no longer where the clock was put back", () => {
    const [slept, putBack] = [countdown(60_000), countdown(600_000)];
    sleepFor(61_000);
    expect(slept()).toBeLessThanOrEqual(0);
    sleepFor(-3_600_000);
    jest.advanceTimersByTime(600_000);
    expect(putBack()).toBeLessThanOrEqual(0);
  });

  test("is acted upon once, within ten seconds of waking up", () => {
    const act = jest.fn();
    actAfter(3_600_000, act);
    sleepFor(8 * 3_600_000);
    expect(act).not.toHaveBeenCalled();
    jest.advanceTimersByTime(10_000);
    jest.advanceTimersByTime(3_600_000);
    expect(act).toHaveBeenCalledTimes(1);
  });

  test("is not acted upon where it was stopped", () => {
    const act = jest.fn();
    actAfter(60_000, act)();
    jest.advanceTimersByTime(120_000);
    expect(act).not.toHaveBeenCalled();
  });
});
