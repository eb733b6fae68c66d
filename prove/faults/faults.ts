import type { Harness, Verdict } from "../harness.ts";
import { Random, seedOf } from "../random.ts";
import { pupilsOf } from "../world/pupils.ts";
import { startWorld } from "../world/world.ts";
import { attack, type Screens } from "./attack.ts";
import { plantDouble, plantLoss } from "./controls.ts";
import { killInMidJob, resumption } from "./death.ts";
import { openHistory } from "./history.ts";
import { Ledger } from "./ledger.ts";
import { nowAndThenLong, short } from "./sorts/fault.ts";
import { sortsFor } from "./sorts/sorts.ts";

/** How soon after its acceptance, or the last repair since, a signal must be there, in seconds (F2). */
const promptness = {
  // A small run shares its machine with other tests.
  small: 180,
  long: 60,
};

/** When what has not come counts as lost and not as late, in milliseconds. */
const patience = 300_000;

/** The least that the outbox that forgets is given, in milliseconds: longer than a way takes where nothing is broken. */
const calmWay = 3_000;

export const faults: Harness = {
  proves: "whatever dies, fills up, goes wrong or is cut off, no accepted signal is lost and none is doubled",
  async run(settings, progress) {
    const { seed, isSmall } = settings;
    const signals = settings.amount("signals", { small: 40, long: 100_000 });
    const wanted = settings.amount("faults", { small: 4, long: 1_000 });
    const deaths = settings.amount("deaths", { small: 1, long: 10 });
    const settling = 1_000 * settings.amount("settling", { small: 2, long: 60 });
    const history = openHistory(seed);
    const ledger = new Ledger(1_000 * settings.amount("promptness", promptness), history.note);
    const resumed: number[] = [];
    let screens: Screens = { failures: [], events: 0 };
    await using world = await startWorld({ replicas: 2, isFaulty: true });
    const { sorts, untried } = sortsFor(world);
    const verdict = (): Verdict => {
      const failures = [
        ...ledger.doubled.map((one) => `doubled: ${one}`),
        ...ledger.late.map((one) => `late: ${one}`),
        ...ledger.undone,
        ...screens.failures,
        ...resumed
          .filter((seconds) => seconds > resumption)
          .map((seconds) => `a killed worker's job was done again after ${seconds.toFixed(1)} s`),
        ...world.processes.flatMap(({ name, crashes }) => crashes.map((line) => `${name} ended by itself: ${line}`)),
      ];
      return {
        figures: {
          "signals accepted": ledger.accepted,
          "of them arrived": ledger.arrived,
          doubled: ledger.doubled.length,
          faults: ledger.faults,
          "of the sorts": [...ledger.tried.keys()].sort().join(", "),
          "could not be tried here": untried.join(", ") || "nothing",
          "from acceptance to arrival, median, p99 and longest, s": [0.5, 0.99, 1]
            .map((share) => ledger.way(share).toFixed(1))
            .join(", "),
          "last arrival after the last repair, s": (ledger.afterRepair / 1000).toFixed(1),
          "events that each screen was told once, in order": screens.events,
          "a killed worker's job done again after, at the longest, s": Math.max(0, ...resumed).toFixed(1),
          history: history.file,
        },
        failures,
        controls: [],
      };
    };
    progress.soFar(verdict);

    const duration = isSmall ? short : nowAndThenLong;
    const [first, ...pupils] = new Random(seedOf(`${seed} pupils`)).shuffle(await pupilsOf(world));
    if (first === undefined) throw new Error("There is no pupil to report");
    for (let death = 0; death < deaths; death += 1) resumed.push(await killInMidJob(world, first));
    screens = await attack({
      world,
      ledger,
      pupils,
      seed,
      signals,
      faults: wanted,
      sorts,
      duration,
      patience,
      settling,
    });

    const calm = {
      world,
      seed,
      pupils: [first, ...pupils.filter(({ displayName }) => ledger.isDone(displayName)).slice(0, 3)],
      duration,
    };
    const controls = [
      await plantDouble(calm),
      await plantLoss({ ...calm, pupils: calm.pupils.slice(1) }, Math.max(calmWay, longestWayOf(ledger))),
    ];
    const { figures, failures } = verdict();
    const lost = ledger.lost.map((pupil) => `lost: a report about ${pupil} was accepted, and nothing arrived`);
    const all = [...lost, ...failures];
    if (all.length > 0) return { figures: { ...figures, lost: lost.length }, failures: all, controls };
    await history.forget();
    const { history: _, ...rest } = figures;
    return { figures: { ...rest, lost: 0 }, failures: all, controls };
  },
};

/** How long a signal takes where nothing is broken, as far as the run has shown, in milliseconds. */
function longestWayOf(ledger: Ledger): number {
  return ledger.faults === 0 ? 1_000 * ledger.way(1) : ledger.afterRepair;
}
