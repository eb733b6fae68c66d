import type { Control } from "../harness.ts";
import type { Leak } from "./leaks/leak.ts";
import { OneWorldBroke, type Pair } from "./pair.ts";
import { type Showcase, secretsOf, showcases } from "./showcases.ts";

/** Every planted leak, by its place in its showcase. */
export const leaks: readonly { readonly showcase: number; readonly leak: number }[] = showcases.flatMap(
  ({ leaks: planted }, showcase) => planted.map((_, leak) => ({ showcase, leak })),
);

/**
 * Shows one side with a leak in it. An error is a sight as well where it comes in one world only; where it comes in both,
 * the leak has broken the harness, and nothing is found.
 */
export async function showLeak(pair: Pair, start: number, place: (typeof leaks)[number]): Promise<Control> {
  const showcase = showcases[place.showcase];
  const leak = showcase?.leaks[place.leak];
  if (showcase === undefined || leak === undefined) throw new Error("There is no such leak");
  return { planted: leak.planted, found: (await show(pair, start, showcase, leak)).length > 0 };
}

/** Shows each side without a leak. @returns what could be told apart all the same */
export async function showNothing(pair: Pair, start: number): Promise<string[]> {
  const seen: string[] = [];
  for (const showcase of showcases) seen.push(...(await show(pair, start, showcase)));
  return seen.map((where) => `a showcase differs without a leak: ${where}`);
}

async function show(pair: Pair, start: number, showcase: Showcase, leak?: Leak): Promise<string[]> {
  await pair.begin(start);
  const secrets = secretsOf(showcase);
  for (const world of pair.worlds) world.secret = secrets[world.side];
  const undo = await leak?.plant(pair.worlds);
  try {
    await showcase.show(pair);
  } catch (error) {
    if (leak === undefined || !(error instanceof OneWorldBroke)) throw error;
    pair.differences.push({ where: "an end in one world only", A: "", B: "" });
  } finally {
    await undo?.();
    await pair.hangUp();
  }
  return pair.differences.splice(0).map(({ where }) => where);
}
