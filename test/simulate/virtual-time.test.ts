import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { choose, diceOf } from "../../simulate/dice.ts";
import { inOfficeHours, nextOpening } from "../../simulate/hours.ts";
import { Agenda, doAll, VirtualClock } from "../../simulate/virtual-time.ts";

describe("the virtual clock", () => {
  test("moves on by whole minutes and never back", () => {
    const clock = new VirtualClock(new Date("2027-01-01T00:00:00Z"));
    clock.moveTo(Date.parse("2027-01-01T08:00:01Z"));
    expect(clock.now().toISOString()).toBe("2027-01-01T08:01:00.000Z");
    clock.moveTo(Date.parse("2026-01-01T00:00:00Z"));
    expect(clock.now().toISOString()).toBe("2027-01-01T08:01:00.000Z");
  });
});

describe("the agenda", () => {
  test("gives what is due in the order of time, and keeps the rest", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.nat(50), (times, now) => {
        const agenda = new Agenda();
        const done: number[] = [];
        for (const at of times) agenda.add(at, async () => void done.push(at));
        for (const deed of agenda.take(now)) void deed();
        expect(done).toEqual(times.filter((at) => at <= now).sort((a, b) => a - b));
        const left = times.filter((at) => at > now);
        expect(agenda.next).toBe(Math.min(Number.POSITIVE_INFINITY, ...left));
      }),
    );
  });

  test("lets some be done at once, and all be done", async () => {
    let [under, most, done] = [0, 0, 0];
    const deed = async (): Promise<void> => {
      under += 1;
      most = Math.max(most, under);
      await Promise.resolve();
      under -= 1;
      done += 1;
    };
    await doAll(
      Array.from({ length: 30 }, () => deed),
      4,
    );
    expect([most, done]).toEqual([4, 30]);
  });
});

describe("the dice", () => {
  test("answer the same to the same question, and fall evenly", () => {
    const dice = diceOf("1");
    expect(dice("a", 1)).toBe(diceOf("1")("a", 1));
    expect(dice("a", 1)).not.toBe(diceOf("2")("a", 1));
    const thrown = Array.from({ length: 10_000 }, (_, place) =>
      choose(dice("even", place), [
        ["a", 1],
        ["b", 3],
      ] as const),
    );
    const share = thrown.filter((one) => one === "a").length / thrown.length;
    expect(share).toBeGreaterThan(0.23);
    expect(share).toBeLessThan(0.27);
  });
});

test.each([
  ["2027-03-26T20:00:00Z", "2027-03-29T05:30:00.000Z"],
  ["2027-03-29T05:00:00Z", "2027-03-29T05:30:00.000Z"],
  ["2027-03-29T10:00:00Z", "2027-03-29T10:00:00.000Z"],
])("who is asked at %s works at it at %s, across the beginning of summer time", (asked, works) => {
  expect(new Date(inOfficeHours(Date.parse(asked))).toISOString()).toBe(works);
});

test("who looks in the morning does so on the next weekday", () => {
  expect(new Date(nextOpening(Date.parse("2027-01-08T09:00:00Z"), 0.5)).toISOString()).toBe("2027-01-11T07:00:00.000Z");
});
