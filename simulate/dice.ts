/** Chance that a seed decides: the same question has the same answer, in whatever order it is asked. */
export type Dice = (...about: (string | number)[]) => number;

/** @returns a function from a question to a number from 0 up to 1. */
export function diceOf(seed: string): Dice {
  return (...about) => hash(`${seed} ${about.join(" ")}`) / 2 ** 32;
}

/** One of these, each as likely as its weight says. */
export function choose<T>(chance: number, weighted: readonly (readonly [T, number])[]): T {
  let left = chance * weighted.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [one, weight] of weighted) {
    left -= weight;
    if (left < 0) return one;
  }
  const last = weighted.at(-1);
  if (last === undefined) throw new Error("There is nothing to choose from");
  return last[0];
}

/** FNV-1a over the text, mixed once more so that texts which differ at the end only spread as well. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) {
    state = Math.imul(state ^ text.charCodeAt(place), 0x01000193);
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
