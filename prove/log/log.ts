import type { Control, Harness } from "../harness.ts";
import { Random } from "../random.ts";
import { openDatabases } from "../worlds/databases.ts";
import { startWorld } from "../worlds/one-world.ts";
import { deedsIn, liveADay } from "./deeds.ts";
import { anyTampering, restore, setAside, tamperings, verifies } from "./tampering.ts";
import { block, snapshot, swallowing, ways } from "./unwritable.ts";

export const log: Harness = {
  proves: "nobody changes a processing log unseen, and nothing is done with a child's data while it cannot be written",
  async run(settings) {
    const wanted = settings.amount("tamperings", { small: tamperings.length, long: 200 });
    const random = new Random(settings.seed);
    await using databases = await openDatabases(settings.seed);
    await using world = await startWorld("A", databases.of.A);
    const failures: string[] = [];
    await liveADay(world);

    const heads = await verifies(world, undefined);
    if (!heads.whole) failures.push("a log that nobody changed is not whole");
    await setAside(world);
    let found = 0;
    for (let turn = 0; turn < wanted; turn += 1) {
      const tampering = tamperings[turn] ?? random.pick(tamperings);
      const what = await anyTampering(world, random, tampering);
      if ((await verifies(world, heads)).whole) failures.push(`not found: ${what}`);
      else found += 1;
      await restore(world);
    }
    if (!(await verifies(world, heads)).whole) failures.push("a log that was restored is not whole");

    let refused = 0;
    const deeds = deedsIn(world);
    for (const way of ways) {
      for (const { what, part, prepare, attempt } of deeds) {
        const id = await prepare();
        const before = await snapshot(world, part);
        const undo = await block(world, part, way);
        const answered = await attempt(id).then(
          () => true,
          () => false,
        );
        await undo();
        if (answered) failures.push(`while the log was unwritable (${way.name}): ${what} was answered`);
        else refused += 1;
        if ((await snapshot(world, part)) !== before)
          failures.push(`while it was unwritable (${way.name}): ${what} left something`);
        const after = await attempt(id).catch(() => undefined);
        if (after === undefined) failures.push(`once the log could be written again, ${what} was refused`);
      }
    }
    return {
      figures: {
        tamperings: wanted,
        "of them found": found,
        "requests while a log cannot be written": ways.length * deeds.length,
        "of them refused": refused,
      },
      failures,
      controls: [await looksAtEntries(world, deeds)],
    };
  },
};

/** A log that takes what is written and forgets it: the requests are answered, and that they left no entry is noticed. */
async function looksAtEntries(
  world: Parameters<typeof deedsIn>[0],
  deeds: ReturnType<typeof deedsIn>,
): Promise<Control> {
  let missed = 0;
  for (const { part, prepare, attempt, entries } of deeds) {
    const id = await prepare();
    const undo = await block(world, part, swallowing);
    const before = await entries();
    await attempt(id);
    if ((await entries()) !== before) missed += 1;
    await undo();
  }
  return { planted: "a log that forgets what is written to it", found: missed === 0 };
}
