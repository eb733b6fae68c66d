import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Hub } from "../../gateway/subscriptions/hub.ts";
import { type Timing, usualTiming } from "../../gateway/subscriptions/timing.ts";
import { systemClock } from "../../plumbing/clock.ts";
import { Fault } from "../../plumbing/faults.ts";
import { caller } from "../../prove/differential/subgraphs.ts";
import { until } from "../until.ts";
import { EventLog, NotingReader, nextTurn } from "./event-log.ts";

let log: EventLog;
let readers: NotingReader[];

beforeEach(() => {
  log = new EventLog();
  readers = [];
});
afterEach(() => {
  for (const reader of readers) reader.leave();
});

const quick: Timing = { ...usualTiming, firstWait: 1, longestWait: 4, giveUpAfter: 50 };

function hubOf(timing: Timing = quick): Hub {
  return new Hub(systemClock, timing);
}

function join(hub: Hub, start?: number, until = caller.until): NotingReader {
  const reader = new NotingReader({ ...caller, id: `until ${until}`, until });
  hub.join(log.operation(start), reader);
  readers.push(reader);
  return reader;
}

/** Seconds since 1970, so many milliseconds from now. */
const soon = (milliseconds: number) => (Date.now() + milliseconds) / 1000;

describe("those who ask the same", () => {
  test("share one upstream operation, which ends with the last of them", async () => {
    const hub = hubOf();
    const [one, other, last] = [join(hub), join(hub), join(hub)];
    log.happen();
    for (const reader of readers) await reader.has(1);
    expect(log.openings).toHaveLength(1);
    one.leave();
    other.leave();
    expect(log.listeners).toBe(1);
    last.leave();
    await nextTurn();
    expect(log.listeners).toBe(0);
  });

  test("begin alone with their own cursors, and share again once they have come to the same event", async () => {
    const hub = hubOf();
    for (let event = 0; event < 5; event += 1) log.happen();
    const [live, early, late] = [join(hub), join(hub, 1), join(hub, 3)];
    await early.has(5);
    await late.has(5);
    log.happen();
    for (const reader of [live, early, late]) await reader.has(6);
    log.happen();
    for (const reader of [live, early, late]) await reader.has(7);
    expect([live, early, late].map(({ events }) => events)).toEqual([
      [6, 7],
      [2, 3, 4, 5, 6, 7],
      [4, 5, 6, 7],
    ]);
    expect(log.listeners).toBe(1);
  });

  test("come together at once where one has a cursor, the other none, and the subgraph tells what was the last", async () => {
    log.tellsLast = true;
    const hub = hubOf();
    log.happen();
    const [early, live] = [join(hub, 0), join(hub)];
    await early.has(1);
    log.happen();
    await live.has(2);
    await early.has(2);
    expect(early.events).toEqual([1, 2]);
    expect(live.events).toEqual([2]);
    expect(log.listeners).toBe(1);
  });

  test("are given what they missed from what is kept, without asking the subgraph", async () => {
    const hub = hubOf();
    const first = join(hub, 0);
    for (let event = 0; event < 5; event += 1) log.happen();
    await first.has(5);
    const back = join(hub, 2);
    expect(back.events).toEqual([3, 4, 5]);
    expect(log.openings).toHaveLength(1);
  });
});

describe("a stream whose subgraph is lost", () => {
  test("is resumed from the last event, as often as it takes", async () => {
    const reader = join(hubOf({ ...quick, giveUpAfter: 60_000 }));
    log.happen();
    await reader.has(1);
    log.isDown = true;
    log.lose();
    log.happen();
    await log.opened(4);
    log.isDown = false;
    await reader.has(2);
    expect(reader.events).toEqual([1, 2]);
    expect(log.openings.at(-1)?.after).toBe(1);
  });

  test("is given up after its time, with a code", async () => {
    const reader = join(hubOf(), 0);
    log.isDown = true;
    log.lose();
    expect(await reader.ended.promise).toMatchObject({ extensions: { code: "SUBGRAPH_UNAVAILABLE" } });
  });

  test("is given up at once where nothing says from where to resume", async () => {
    const reader = join(hubOf());
    log.lose();
    expect(await reader.ended.promise).toMatchObject({ extensions: { code: "SUBGRAPH_UNAVAILABLE" } });
    expect(log.openings).toHaveLength(1);
  });

  test("is resumed from where it began, though no event has come, where the subgraph tells what was the last", async () => {
    log.tellsLast = true;
    for (let event = 0; event < 5; event += 1) log.happen();
    const hub = hubOf({ ...quick, giveUpAfter: 60_000 });
    const reader = join(hub);
    await log.opened(1);
    log.isDown = true;
    log.lose();
    log.happen();
    await log.opened(3);
    const other = join(hub);
    log.isDown = false;
    log.happen();
    await reader.has(7);
    await other.has(7);
    expect(reader.events).toEqual([6, 7]);
    expect(other.events).toEqual([6, 7]);
    expect(new Set(log.openings.map(({ after }) => after))).toEqual(new Set([5]));
  });

  test("is resumed before an event that the subgraph could not read, so that it is told when it can", async () => {
    const reader = join(hubOf(), 0);
    log.happen();
    await reader.has(1);
    log.unreadable = 3;
    log.happen();
    log.happen();
    await reader.has(3);
    expect(reader.events).toEqual([1, 2, 3]);
    expect(log.openings.length).toBeGreaterThan(1);
  });

  test("is given up where an event can never be read, and goes past it for who comes back after the last", async () => {
    const hub = hubOf();
    const reader = join(hub, 0);
    log.happen();
    await reader.has(1);
    log.unreadable = Number.POSITIVE_INFINITY;
    log.happen();
    expect(await reader.ended.promise).toMatchObject({ extensions: { code: "SUBGRAPH_UNAVAILABLE" } });
    expect(reader.events).toEqual([1]);
    log.unreadable = 1;
    const back = join(hub, 1);
    log.happen();
    await back.has(3);
    expect(back.events).toEqual([null, 3]);
  });

  test("is not resumed against a refusal", async () => {
    const reader = join(hubOf(), 0);
    log.lose(new Fault("CURSOR_UNKNOWN"));
    expect(await reader.ended.promise).toMatchObject({ extensions: { code: "CURSOR_UNKNOWN" } });
    expect(log.openings).toHaveLength(1);
  });

  test("is resumed where events came faster than they could be enriched", async () => {
    log = new EventLog(4);
    const reader = join(hubOf(), 0);
    for (let event = 0; event < 20; event += 1) log.happen();
    await reader.has(20);
    expect(reader.events).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });
});

describe("a right that carries the upstream operation", () => {
  test("gives way before its end to one that lasts longer, from the last event on", async () => {
    const hub = hubOf({ ...quick, renewBefore: 900 });
    const short = join(hub, 0, soon(1_000));
    const long = join(hub, 0, soon(60_000));
    log.happen();
    await log.opened(2);
    log.happen();
    await long.has(2);
    expect(log.openings.map(({ after, caller: { id } }) => [after, id])).toEqual([
      [0, short.caller.id],
      [1, long.caller.id],
    ]);
    expect(long.events).toEqual([1, 2]);
    expect(log.listeners).toBe(1);
  });

  test("gives way without a gap where no event has told a cursor yet", async () => {
    const hub = hubOf({ ...quick, renewBefore: 900 });
    const short = join(hub, undefined, soon(1_000));
    const long = join(hub, undefined, soon(60_000));
    await log.opened(2);
    expect(log.listeners).toBe(2);
    log.happen();
    await long.has(1);
    await log.opened(3);
    log.happen();
    await long.has(2);
    expect(long.events).toEqual([1, 2]);
    expect(log.openings.at(-1)).toMatchObject({ after: 1, caller: long.caller });
    expect(log.listeners).toBe(1);
    expect(short.events).toEqual([1, 2]);
  });

  test("gives way at its end where nothing has happened at all", async () => {
    const hub = hubOf({ ...quick, renewBefore: 300 });
    join(hub, undefined, soon(400));
    const long = join(hub, undefined, soon(60_000));
    await log.opened(2);
    await until("the short one to give way", async () => {
      await nextTurn();
      return log.listeners === 1;
    });
    log.happen();
    await long.has(1);
    expect(long.events).toEqual([1]);
    expect(log.openings).toHaveLength(2);
  });

  test("tells nothing to those whose own right has ended", async () => {
    const hub = hubOf();
    const ended = join(hub, 0, soon(-1));
    const reader = join(hub, 0);
    log.happen();
    await reader.has(1);
    expect(ended.events).toEqual([]);
  });
});
