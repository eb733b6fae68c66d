import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Hub } from "../../gateway/subscriptions/hub.ts";
import { usualTiming } from "../../gateway/subscriptions/timing.ts";
import { systemClock } from "../../plumbing/clock.ts";
import { caller } from "../../prove/differential/subgraphs.ts";
import { EventLog, NotingReader, nextTurn } from "./event-log.ts";

/*
 * Random joins, leaves, losses and events, against one rule: who comes with a cursor is told each event after it,
 * who comes without one each event after its coming, in order, without gap or repeat.
 */

type Step =
  | { readonly kind: "event" | "loss" | "live" }
  | { readonly kind: "resume"; readonly back: number }
  | { readonly kind: "leave"; readonly reader: number }
  | { readonly kind: "turns"; readonly count: number };

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("event" as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("live" as const) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("resume" as const), back: fc.nat(50) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("leave" as const), reader: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("loss" as const) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("turns" as const), count: fc.integer({ min: 1, max: 8 }) }) },
  ),
  { minLength: 10, maxLength: 120 },
);

interface Reading {
  readonly reader: NotingReader;
  /** The first event that it must be told, at the latest. */
  readonly from: number;
  readonly isLive: boolean;
}

/** How the subgraph is. */
interface Source {
  readonly skips?: number;
  readonly tellsLast?: boolean;
}

/** @returns what was wrong. */
async function play(
  scenario: readonly Step[],
  delays: readonly number[],
  { skips = 0, tellsLast = false }: Source = {},
): Promise<string[]> {
  const log = new EventLog(8);
  Object.assign(log, { skips, tellsLast });
  const hub = new Hub(systemClock, { ...usualTiming, firstWait: 1, longestWait: 2 });
  const present: Reading[] = [];
  const problems: string[] = [];
  let asked = 0;
  const turns = () => delays[asked++ % delays.length] ?? 0;
  const join = (start?: number) => {
    const reader = new NotingReader(caller);
    hub.join(log.operation(start, turns), reader);
    present.push({ reader, from: (start ?? log.length) + 1, isLive: start === undefined });
  };
  const judge = ({ reader, from, isLive }: Reading, isToBeComplete: boolean) => {
    const { events } = reader;
    const first = events[0] ?? undefined;
    const begins = first === undefined || (isLive ? first <= from : first === from);
    if (!begins) problems.push(`began with ${first} instead of ${from}`);
    events.forEach((event, index) => {
      if (index > 0 && event !== (events[index - 1] ?? 0) + 1) problems.push(`${event} after ${events[index - 1]}`);
    });
    if (isToBeComplete && (events.at(-1) ?? from - 1) !== log.length) problems.push(`stopped at ${events.at(-1)}`);
  };
  for (const step of scenario) {
    switch (step.kind) {
      case "event":
        log.happen();
        break;
      case "loss":
        log.lose();
        break;
      case "live":
        join();
        break;
      case "resume":
        join(Math.max(0, log.length - step.back));
        break;
      case "leave": {
        const [left] = present.splice(step.reader, 1);
        left?.reader.leave();
        if (left) judge(left, false);
        break;
      }
      case "turns":
        for (let turn = 0; turn < step.count; turn += 1) await nextTurn();
        break;
      default:
        step satisfies never;
    }
  }
  log.happen();
  for (const reading of present) {
    if (reading.from <= log.length) await within(reading.reader.has(log.length));
    // A live stream that was lost before its first event has no cursor to be resumed from, unless it was told one, and says so.
    const mayEnd = reading.isLive && !tellsLast;
    judge(reading, !(mayEnd && reading.reader.isEnded));
    if (reading.reader.isEnded && !mayEnd) problems.push("ended");
    reading.reader.leave();
  }
  await nextTurn();
  if (log.listeners > 0) problems.push(`left ${log.listeners} streams open`);
  return problems;
}

/** A reader that is never told must not hold up the test: its judge will say so. */
async function within(told: Promise<void>): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, 2_000);
  await Promise.race([told, patience.promise]);
  clearTimeout(timer);
}

const delays = fc.array(fc.nat(3), { minLength: 1, maxLength: 10 });

describe("the hub", () => {
  test("tells each reader every event once and in order, whoever comes, goes or is lost", async () => {
    await fc.assert(
      fc.asyncProperty(steps, delays, fc.boolean(), async (scenario, waits, tellsLast) => {
        expect(await play(scenario, waits, { tellsLast })).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test("would be found out if a resumed stream left out an event", async () => {
    const scenario: Step[] = [
      { kind: "event" },
      { kind: "event" },
      { kind: "resume", back: 2 },
      { kind: "turns", count: 5 },
      { kind: "event" },
    ];
    expect(await play(scenario, [0])).toEqual([]);
    expect(await play(scenario, [0], { skips: 1 })).not.toEqual([]);
  });
});
