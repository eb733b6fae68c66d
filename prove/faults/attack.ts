import { setTimeout as pause } from "node:timers/promises";
import { Random, seedOf } from "../random.ts";
import { type Client, clientOf, operations, reportOf } from "../world/client.ts";
import type { KnownPupil } from "../world/pupils.ts";
import type { World } from "../world/world.ts";
import type { Ledger } from "./ledger.ts";
import { SchoolSide } from "./school-side.ts";
import type { Duration, Fault } from "./sorts/fault.ts";
import { untilDone } from "./until-done.ts";

/** Who reports, and how many of each at once. */
const agencies = ["police-integrator", "shelter-worker", "crisis-worker"];
const integrators = 2;

/** The most children in one report. */
const siblings = 6;

/** How long a signal waits before an integrator whose share is done reports again, only for faults to meet something, in milliseconds. */
const idle = 500;

/** After how long without a report the run is given up, in milliseconds. */
const stuck = 600_000;

export interface Attack {
  readonly world: World;
  readonly ledger: Ledger;
  readonly pupils: readonly KnownPupil[];
  readonly seed: number;
  /** How many signals are to be accepted at least. */
  readonly signals: number;
  /** How many faults there are, spread over them. */
  readonly faults: number;
  readonly sorts: readonly Fault[];
  readonly duration: Duration;
  /** After how long nothing that was accepted is waited for any more, in milliseconds. */
  readonly patience: number;
  /** How long it is waited for a signal that comes a second time, once all have come, in milliseconds. */
  readonly settling: number;
}

/** What the screens were told, judged. */
export interface Screens {
  readonly failures: readonly string[];
  readonly events: number;
}

/** Reports while faults come and go, until as many signals and faults were had as are wanted. */
export async function attack(given: Attack): Promise<Screens> {
  const { world, ledger, pupils, seed, patience, settling } = given;
  await using school = await SchoolSide.open(world, ledger, pupils, seedOf(`${seed} screens`));
  const over = new AbortController();
  const reporting = { started: 0, isDone: false };
  const clients = await Promise.all(agencies.map((name) => clientOf(world, name, { patience: 5_000 })));
  const report = clients.flatMap((client, agency) =>
    Array.from({ length: integrators }, (_, place) =>
      reportOn(
        given,
        school,
        client,
        new Random(seedOf(`${seed} integrator ${agency} ${place}`)),
        reporting,
        over.signal,
      ),
    ),
  );
  try {
    await Promise.all([breakAndMend(given, reporting).finally(() => (reporting.isDone = true)), ...report]);
    // Each look is at a ledger that events change.
    for (const until = Date.now() + patience; ledger.lost.length > 0 && Date.now() < until; await pause(50)) {
      await supervise(world);
    }
    if (ledger.lost.length > 0) return { failures: [], events: 0 };
    await school.quiet();
    await pause(settling);
    return await school.judge();
  } finally {
    over.abort();
  }
}

interface Reporting {
  /** How many signals were asked for. */
  started: number;
  /** Whether there are no faults to come. */
  isDone: boolean;
}

async function reportOn(
  { ledger, signals, seed }: Attack,
  { pool }: SchoolSide,
  agency: Client,
  random: Random,
  reporting: Reporting,
  over: AbortSignal,
): Promise<void> {
  for (let number = 1; !over.aborted && (reporting.started < signals || !reporting.isDone); number += 1) {
    const isExtra = reporting.started >= signals;
    const wanted = isExtra ? 1 : Math.min(random.between(1, siblings), signals - reporting.started);
    const pupils = pool.take(wanted);
    if (isExtra || pupils.length === 0) await pause(isExtra ? idle : 20);
    if (pupils.length === 0) continue;
    reporting.started += pupils.length;
    for (const { displayName } of pupils) ledger.send(displayName);
    const key = `faults-${seed}-${random.below(2 ** 31)}-${number}-${Date.now()}`;
    const report = reportOf(key, ...pupils.map(({ bsn }) => bsn));
    const isAccepted = await untilDone(async () => {
      const { reportIncident } = await agency.ask(operations.report, report);
      if (reportIncident.__typename !== "IncidentReported") throw new Error(reportIncident.__typename);
    }, over);
    if (!isAccepted && !over.aborted) ledger.undone.push(`a report was not accepted: ${key}`);
    if (!isAccepted) continue;
    for (const pupil of pupils) {
      ledger.accept(pupil.displayName);
      pool.accept(pupil);
    }
  }
}

/** @throws Error where nothing is accepted for so long that nothing will be. */
async function reached(reporting: Reporting, started: number): Promise<void> {
  let last = { started: reporting.started, at: Date.now() };
  while (reporting.started < started) {
    if (reporting.started > last.started) last = { started: reporting.started, at: Date.now() };
    if (Date.now() - last.at > stuck) throw new Error("Nothing is reported any more: every pupil waits for a signal");
    await pause(20);
  }
}

/** Goes through all sorts of faults, in an order that chance chooses anew each time. */
async function breakAndMend(
  { world, ledger, seed, signals, faults, sorts, duration }: Attack,
  reporting: Reporting,
): Promise<void> {
  const random = new Random(seedOf(`${seed} faults`));
  let order: Fault[] = [];
  for (let done = 0; done < faults; done += 1) {
    await reached(reporting, (signals * done) / faults);
    if (order.length === 0) order = random.shuffle(sorts);
    ledger.break();
    const what = await (order.pop() as Fault).inflict({ world, random, duration });
    await supervise(world);
    ledger.repair(what);
    await pause(random.below(400));
  }
}

/** What ended by itself is started again, as by any supervisor. A part that did so is counted. */
async function supervise({ cluster, processes }: World): Promise<void> {
  await cluster.start();
  await cluster.startStandby();
  for (const one of processes) if (!one.isRunning) await one.restart();
}
