import type { Control, Harness } from "../harness.ts";
import { Random } from "../random.ts";
import { openDatabases } from "../worlds/databases.ts";
import { type OneWorld, startWorld } from "../worlds/one-world.ts";
import { liveADay } from "./day.ts";
import type { Deed } from "./deed.ts";
import { deedsIn } from "./deeds.ts";
import { Scene } from "./scene.ts";
import { anyTampering, restore, setAside, tamperings, verifies } from "./tampering.ts";
import { block, snapshot, swallowing, ways } from "./unwritable.ts";

export const log: Harness = {
  proves:
    "nobody changes a processing log unseen, what is done with a child's data stands in it, and nothing is done while it cannot be written",
  async run(settings) {
    const wanted = settings.amount("tamperings", { small: tamperings.length, long: 200 });
    const random = new Random(settings.seed);
    await using databases = await openDatabases(settings.seed);
    await using world = await startWorld("A", databases.of.A);
    const scene = new Scene(world);
    await liveADay(scene);
    const tampered = await tamper(world, random, wanted);
    const deeds = deedsIn(scene);
    const refused: string[] = [];
    const failures: string[] = [];
    for (const deed of deeds) {
      const wrong = await tryUnwritten(scene, deed);
      if (wrong.length === 0) refused.push(deed.what);
      failures.push(...wrong);
    }
    return {
      figures: {
        tamperings: wanted,
        "of them found": wanted - tampered.missed.length,
        "deeds, each tried while a log cannot be written": deeds.length,
        "ways in which it cannot": ways.length,
        "deeds that were refused, left nothing, and once it could be written left their entry": refused.length,
      },
      failures: [...tampered.failures, ...tampered.missed, ...failures],
      controls: [await looksAtEntries(scene, deeds)],
    };
  },
};

interface Tampered {
  readonly missed: readonly string[];
  readonly failures: readonly string[];
}

/** Changes a log in ever other ways, and has it verified each time. */
async function tamper(world: OneWorld, random: Random, wanted: number): Promise<Tampered> {
  const missed: string[] = [];
  const failures: string[] = [];
  const heads = await verifies(world, undefined);
  if (!heads.whole) failures.push("a log that nobody changed is not whole");
  await setAside(world);
  for (let turn = 0; turn < wanted; turn += 1) {
    const what = await anyTampering(world, random, tamperings[turn] ?? random.pick(tamperings));
    if ((await verifies(world, heads)).whole) missed.push(`not found: ${what}`);
    await restore(world);
  }
  if (!(await verifies(world, heads)).whole) failures.push("a log that was restored is not whole");
  return { missed, failures };
}

/**
 * Tries a deed in each way in which its part's log cannot be written, and then once it can.
 * @returns what was wrong
 */
async function tryUnwritten(scene: Scene, { what, part, prepare }: Deed): Promise<string[]> {
  const wrong: string[] = [];
  const attempt = await prepare();
  for (const way of ways) {
    const before = await snapshot(scene.world, part);
    const undo = await block(scene.world, part, way);
    if (await succeeds(attempt)) wrong.push(`while the log was unwritable (${way.name}): ${what} was answered`);
    await undo();
    const after = await snapshot(scene.world, part);
    if (after !== before) wrong.push(`while the log was unwritable (${way.name}): ${what} left something`);
  }
  const entries = await scene.entriesOf(part);
  if (!(await succeeds(attempt))) wrong.push(`once the log could be written again, ${what} was refused`);
  if ((await scene.entriesOf(part)) === entries) wrong.push(`${what} left no entry`);
  return wrong;
}

function succeeds(attempt: () => Promise<unknown>): Promise<boolean> {
  return attempt().then(
    () => true,
    () => false,
  );
}

/** A log that takes what is written and forgets it: the requests are answered, and that they left no entry is noticed. */
async function looksAtEntries(scene: Scene, deeds: readonly Deed[]): Promise<Control> {
  let missed = 0;
  for (const { part, prepare } of deeds) {
    const attempt = await prepare();
    const undo = await block(scene.world, part, swallowing);
    const before = await scene.entriesOf(part);
    await attempt();
    if ((await scene.entriesOf(part)) !== before) missed += 1;
    await undo();
  }
  return { planted: "a log that forgets what is written to it", found: missed === 0 };
}
