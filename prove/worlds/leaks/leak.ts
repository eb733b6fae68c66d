import type { OneWorld } from "../one-world.ts";

/** What is broken on purpose, in both worlds alike: what one of them shows by it depends on its secret. */
export interface Leak {
  readonly planted: string;
  /** @returns what takes it out again */
  plant(worlds: readonly OneWorld[]): Promise<Undo> | Undo;
}

export type Undo = () => unknown;

/** Puts a function in the place of a method. It is given the method that was there. */
export function replaceMethod<Name extends string>(
  // biome-ignore lint/suspicious/noExplicitAny: whatever class it is
  owner: any,
  name: Name,
  // biome-ignore lint/suspicious/noExplicitAny: whatever the method takes and gives
  replacement: (original: (...given: any[]) => any) => (this: any, ...given: any[]) => any,
): Undo {
  const original = owner[name];
  owner[name] = replacement(original);
  return () => {
    owner[name] = original;
  };
}

/** The world that a resolver is at work in, by the clock in its context. */
export function worldOf(worlds: readonly OneWorld[], given: readonly unknown[]): OneWorld {
  const clocks = given.map((one) => (one as { clock?: unknown } | null)?.clock);
  const world = worlds.find(({ clock }) => clocks.includes(clock));
  if (world === undefined) throw new Error("A resolver is at work in no world");
  return world;
}

/** The world whose gateway listens on a port. */
export function worldAt(worlds: readonly OneWorld[], port: number | undefined): OneWorld | undefined {
  return worlds.find(({ url }) => new URL(url).port === String(port));
}
