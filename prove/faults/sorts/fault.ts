import { setTimeout as pause } from "node:timers/promises";
import type { Random } from "../../random.ts";
import type { World } from "../../world/world.ts";

/** How long a fault lasts, in milliseconds. */
export type Duration = (random: Random) => number;

/** Over soon, as most faults are. */
export const short: Duration = (random) => random.below(1_500);

/** Now and then as long as heartbeats, deadlines and timeouts are there for. */
export const nowAndThenLong: Duration = (random) =>
  random.chance(0.05) ? random.between(15_000, 40_000) : short(random);

/** What a fault is given. */
export interface Scene {
  readonly world: World;
  /** What it picks and how long it lasts follows from it. */
  readonly random: Random;
  readonly duration: Duration;
}

/** One sort of fault. */
export interface Fault {
  /**
   * Breaks something, and has mended it by the time it settles.
   * @returns what it was.
   * @throws Error where it could not be mended, which is a finding.
   */
  inflict(scene: Scene): Promise<string>;
}

/** Lets it last. */
export function endure({ random, duration }: Scene): Promise<void> {
  return pause(duration(random));
}
