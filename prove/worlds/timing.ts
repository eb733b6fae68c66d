import { setTimeout as pause } from "node:timers/promises";
import { Signals } from "../../subgraphs/school/doors/signals.ts";
import type { Random } from "../random.ts";
import { replaceMethod } from "./replace-method.ts";

/** What somebody may ask for, or do: all sorts of one list must look alike, to the byte and by their time. */
export interface Sort {
  readonly name: string;
  /** Asks once. @returns the answer */
  ask(): Promise<string>;
}

/** By how much two sorts may differ by chance: in so few of as many shuffles as are tried. */
const shuffles = 2_000;
const leastChance = 1 / 1_000;

/** What came of one comparison: how often chance alone would set two sorts so far apart, the smaller the odder. */
export interface Compared {
  readonly sorts: string;
  readonly chance: number;
  /** The largest difference between deciles, in milliseconds. */
  readonly apart: number;
}

export function standsOut({ chance }: Compared): boolean {
  return chance < leastChance;
}

/**
 * Asks for each sort in turns that chance decides, and compares how long the answers took: each sort with each other, and
 * one with itself (A/A).
 * @returns the comparisons, and how many different answers there were
 */
export async function compareTimes(random: Random, sorts: readonly Sort[], each: number) {
  const all = [...sorts, ...sorts.slice(0, 1).map((sort) => ({ ...sort, name: "A/A" }))];
  const taken = new Map<string, number[]>(all.map(({ name }) => [name, []]));
  const answers = new Set<string>();
  for (const { name, ask } of random.shuffle(all.flatMap((sort) => Array<Sort>(each).fill(sort)))) {
    const began = performance.now();
    const answer = await ask();
    taken.get(name)?.push(performance.now() - began);
    answers.add(answer);
  }
  const names = all.map(({ name }) => name);
  const pairs = names.flatMap((one, place) => names.slice(place + 1).map((other) => [one, other] as const));
  const compared = pairs.map(([one, other]) =>
    compare(`${one} and ${other}`, taken.get(one) ?? [], taken.get(other) ?? [], random),
  );
  return { compared, answers: answers.size };
}

function compare(sorts: string, one: readonly number[], other: readonly number[], random: Random): Compared {
  const apart = distance(one, other);
  const both = [...one, ...other];
  let asFar = 0;
  for (let turn = 0; turn < shuffles; turn += 1) {
    const mixed = random.shuffle(both);
    if (distance(mixed.slice(0, one.length), mixed.slice(one.length)) >= apart) asFar += 1;
  }
  return { sorts, chance: (asFar + 1) / (shuffles + 1), apart };
}

/** The largest difference between the deciles of two samples; the last one, which the machine's hiccups make, left out. */
function distance(one: readonly number[], other: readonly number[]): number {
  const [first, second] = [deciles(one), deciles(other)];
  return Math.max(...first.map((value, place) => Math.abs(value - (second[place] ?? 0))));
}

function deciles(sample: readonly number[]): number[] {
  const sorted = [...sample].sort((one, other) => one - other);
  return Array.from({ length: 8 }, (_, place) => sorted[Math.floor((sorted.length * (place + 1)) / 10)] ?? 0);
}

/** A look-up that takes a little longer for some ids. @returns what takes it out again */
export function plantDelay(ids: readonly string[], milliseconds: number) {
  return replaceMethod(
    Signals.prototype,
    "signal",
    (resolve) =>
      async function (id: string, ...rest: unknown[]) {
        if (ids.includes(id)) await pause(milliseconds);
        return resolve.call(this, id, ...rest);
      },
  );
}
