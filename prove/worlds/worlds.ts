import { audience } from "../../system/settings.ts";
import type { Control, Harness } from "../harness.ts";
import { startAnyProvider } from "../provider.ts";
import { Random } from "../random.ts";
import { openDatabases } from "./databases.ts";
import { firstMoment, liveThrough, weeks } from "./episode.ts";
import { stopLooking } from "./looking.ts";
import { type Difference, Pair } from "./pair.ts";
import { planted, showLeaks, unreadable } from "./showcase.ts";
import { compareTimes, plantDelay, standsOut } from "./timing.ts";

export const worlds: Harness = {
  proves: "nothing that somebody can see over HTTP or WebSocket depends on what they may not know",
  async run(settings) {
    const wanted = settings.amount("pairs", { small: 200, long: 1_000_000 });
    await using databases = await openDatabases();
    await using provider = await startAnyProvider(audience);
    const looks = settings.amount("looks", { small: 6, long: 60 });
    const leaks = settings.amount("leaks", { small: 6, long: 57 });
    const times = settings.amount("times", { small: 60, long: 2_000 });
    const failures: string[] = [];
    const total = { pairs: 0, answers: 0, frames: 0, conversations: 0, bytes: 0, "pairs of worlds": 0 };
    while (total.pairs < wanted && failures.length === 0) {
      await using pair = await Pair.start(databases, provider);
      for (let week = 0; week < weeks && total.pairs < wanted && failures.length === 0; week += 1) {
        await liveThrough(pair, settings.seed + total["pairs of worlds"], week, looks);
        failures.push(...pair.differences.map(told));
        if (pair.lengths.size > 1)
          failures.push(`events can be told apart by their length: ${[...pair.lengths].join(", ")}`);
        add(total, pair.takeCount());
        if (!settings.isSmall) console.error(`${total.pairs} pairs`);
      }
    }
    const controls: Control[] = [];
    {
      await using pair = await Pair.start(databases, provider);
      const shown = await showLeaks(pair, firstMoment, Math.max(1, Math.floor(planted / leaks)));
      controls.push(...shown.found);
      failures.push(...shown.failures);
      const timed = await compareAllTimes(
        pair,
        new Random(settings.seed),
        times,
        delays[settings.isSmall ? "small" : "long"],
      );
      failures.push(...timed.failures);
      controls.push(timed.control);
      Object.assign(total, timed.figures);
    }
    stopLooking();
    return {
      figures: total,
      failures,
      controls,
    };
  },
};

/** How much longer a planted look-up takes, in milliseconds: a short run on a busy machine notices no less. */
const delays = { small: 40, long: 1 };

/** Whether what may not be read takes as long as what is not there (F5), and a look-up that takes longer is noticed. */
async function compareAllTimes(pair: Pair, random: Random, each: number, delay: number) {
  const sorts = await unreadable(pair, firstMoment);
  const compared = await compareTimes(pair, random, sorts, each);
  const undo = plantDelay(sorts["foreign"] ?? [], delay);
  const slowed = await compareTimes(pair, random, sorts, each);
  undo();
  const wanted = slowed.filter((one) => one.sorts.includes("foreign"));
  return {
    figures: Object.fromEntries(
      compared.map(({ sorts: names, apart, chance }) => [
        `deciles of ${names} apart, ms (chance)`,
        `${apart.toFixed(3)} (${chance.toFixed(3)})`,
      ]),
    ),
    failures: compared
      .filter(standsOut)
      .map((one) => `by its time ${one.sorts} can be told apart: ${one.apart.toFixed(3)} ms`),
    control: {
      planted: `a look-up that takes ${delay} ms longer`,
      found: wanted.length > 0 && wanted.every(standsOut),
    },
  };
}

function add(total: Record<string, number>, more: Record<string, number>): void {
  for (const [name, count] of Object.entries(more)) total[name] = (total[name] ?? 0) + count;
}

/** Where two worlds part, with the little that stands before and after. */
function told({ where, A, B }: Difference): string {
  let at = 0;
  while (at < A.length && A[at] === B[at]) at += 1;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
  return `${where}: ${around(A)} and ${around(B)}`;
}
