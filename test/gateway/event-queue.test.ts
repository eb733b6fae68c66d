import { describe, expect, test } from "@jest/globals";
import { EventQueue } from "../../gateway/upstream/event-queue.ts";

describe("a queue of events", () => {
  test("gives each event once, in order, whether the reader waits or the event does", async () => {
    const queue = new EventQueue<number>({ events: 10, characters: 100 }, () => undefined);
    const waiting = queue.next();
    for (const event of [1, 2, 3]) expect(queue.push(event)).toBe(true);
    queue.end();
    expect(await waiting).toEqual({ done: false, value: 1 });
    const rest: number[] = [];
    for await (const event of queue) rest.push(event);
    expect(rest).toEqual([2, 3]);
  });

  test("takes no more than its limit, and tells the error after what it has taken", async () => {
    const queue = new EventQueue<number>({ events: 2, characters: 100 }, () => undefined);
    expect([1, 2, 3].map((event) => queue.push(event))).toEqual([true, true, false]);
    queue.end(new Error("too slow"));
    expect([(await queue.next()).value, (await queue.next()).value]).toEqual([1, 2]);
    await expect(queue.next()).rejects.toThrow("too slow");
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  test("takes no more than so many characters, and makes room as they are read", async () => {
    const queue = new EventQueue<string>({ events: 10, characters: 12 }, () => undefined);
    expect(["four", "four", "four"].map((event) => queue.push(event))).toEqual([true, true, false]);
    await queue.next();
    expect(queue.push("four")).toBe(true);
  });

  test("lets its reader leave at once, while it waits", async () => {
    let hasLeft = false;
    const queue = new EventQueue<number>({ events: 2, characters: 100 }, () => {
      hasLeft = true;
    });
    const waiting = queue.next();
    await queue.return();
    expect(hasLeft).toBe(true);
    expect((await waiting).done).toBe(true);
    expect(queue.push(1)).toBe(false);
  });
});
