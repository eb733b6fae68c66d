import type { OpenWorld } from "../gateways.ts";
import type { Undo } from "../replace-method.ts";

/** What is broken on purpose, in both worlds alike: what one of them shows by it depends on its secret. */
export interface Leak {
  readonly planted: string;
  /** @returns what takes it out again */
  plant(worlds: readonly OpenWorld[]): Promise<Undo> | Undo;
}

/** The world that a resolver is at work in, by the clock in its context. */
export function worldOf(worlds: readonly OpenWorld[], given: readonly unknown[]): OpenWorld {
  const clocks = given.map((one) => (one as { clock?: unknown } | null)?.clock);
  const world = worlds.find(({ clock }) => clocks.includes(clock));
  if (world === undefined) throw new Error("A resolver is at work in no world");
  return world;
}

/** The world one of whose gateways listens on a port. */
export function worldAt(worlds: readonly OpenWorld[], port: number | undefined): OpenWorld | undefined {
  return worlds.find(({ urls }) => Object.values(urls).some((url) => new URL(url).port === String(port)));
}
