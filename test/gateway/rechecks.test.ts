import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { Rechecks } from "../../gateway/doors/rechecks.ts";
import { Fault } from "../../plumbing/faults.ts";

const every = 3_000;

/** How long the provider takes to answer one question, in milliseconds. */
const answer = 20;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test("of 5,000 tokens each is asked about once in three seconds, and the one that was revoked ends", async () => {
  const asked = new Map<unknown, number>();
  const signIn = {
    async verify(token: unknown) {
      await new Promise((resolve) => setTimeout(resolve, answer));
      asked.set(token, (asked.get(token) ?? 0) + 1);
      if (token === "token 17") throw new Fault("UNAUTHENTICATED");
      return {} as never;
    },
    ready: async () => true,
  };
  const ended: number[] = [];
  using rechecks = new Rechecks<number>(signIn, every, (one) => ended.push(one));
  for (let one = 0; one < 5_000; one += 1) rechecks.add(`id ${one}`, `token ${one}`, one);
  await jest.advanceTimersByTimeAsync(2 * every - 1);
  expect(new Set(asked.values())).toEqual(new Set([1]));
  expect(asked.size).toBe(5_000);
  expect(ended).toEqual([17]);
});

test("a provider that is slower than the turns is asked without a pause, and by no more at once", async () => {
  let open = 0;
  let most = 0;
  let questions = 0;
  const signIn = {
    async verify() {
      open += 1;
      most = Math.max(most, open);
      questions += 1;
      await new Promise((resolve) => setTimeout(resolve, 2 * every));
      open -= 1;
      return {} as never;
    },
    ready: async () => true,
  };
  using rechecks = new Rechecks<number>(signIn, every, () => undefined);
  for (let one = 0; one < 200; one += 1) rechecks.add(`id ${one}`, `token ${one}`, one);
  // Four turns of questions fill the first round: 64, 64, 64 and 8.
  await jest.advanceTimersByTimeAsync(every + 8 * every + 1);
  expect(questions).toBeGreaterThan(200);
  expect(most).toBeLessThanOrEqual(64);
});
