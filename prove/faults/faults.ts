import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { withClient } from "../../system/databases.ts";
import type { Harness } from "../harness.ts";
import { Random } from "../random.ts";
import { type Client, clientOf, operations, readAll, reportOf } from "../world/client.ts";
import type { PartProcess } from "../world/part-process.ts";
import { type KnownPupil, pupilsOf } from "../world/pupils.ts";
import { startWorld, type World } from "../world/world.ts";
import { Ledger } from "./ledger.ts";

/** How long after the last repair everything must have arrived, in milliseconds (F2). */
const promptness = 60_000;

/** How many integrators report at once. */
const integrators = 4;

export const faults: Harness = {
  proves: "whatever dies or is cut off, no accepted signal is lost and none is doubled",
  async run(settings) {
    const random = new Random(settings.seed);
    const signals = settings.amount("signals", { small: 40, long: 5_000 });
    const faultsWanted = settings.amount("faults", { small: 4, long: 200 });
    const ledger = new Ledger();
    await using world = await startWorld({ replicas: 2, isDurable: true });
    const run = { world, ledger, random, pupils: await pupilsOf(world) };
    const { faulted, sorts: tried, repaired } = await attack(run, signals, faultsWanted);

    // The outbox switched off: what was to be sent on is forgotten.
    const control = new Ledger();
    for (const name of ["police", "leerplicht"]) {
      await withClient(world.databases[name]?.ownerUrl ?? "", (owner) =>
        owner.query(
          "alter table care.outbox disable trigger enqueue_hop; create rule forget as on insert to care.outbox do instead nothing",
        ),
      );
    }
    await attack({ ...run, ledger: control, pupils: run.pupils.slice(-3) }, 3, 0, 3_000);

    const { accepted, arrived, doubled, lost, longest, history } = ledger;
    const failures = [
      ...lost.map((pupil) => `lost: a report about ${pupil} was accepted, and nothing arrived`),
      ...doubled.map((one) => `doubled: ${one}`),
      ...world.processes
        .filter(({ crashes }) => crashes > 0)
        .map(({ part, crashes }) => `${part} ended by itself ${crashes} times`),
    ];
    if (failures.length > 0) {
      const file = join(tmpdir(), `prove-faults-${settings.seed}.log`);
      await writeFile(file, history);
      failures.push(`what was accepted, seen and broken, in its order: ${file}`);
    }
    return {
      figures: {
        "signals accepted": accepted,
        "of them arrived": arrived,
        lost: lost.length,
        doubled: doubled.length,
        faults: faulted,
        "of the sorts": [...tried].sort().join(", "),
        "longest from acceptance to arrival, s": (longest / 1000).toFixed(1),
        "last arrival after the last repair, s": (repaired / 1000).toFixed(1),
      },
      failures,
      controls: [{ planted: "parts whose outbox forgets", found: control.lost.length > 0 }],
    };
  },
};

interface Run {
  readonly world: World;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly pupils: readonly KnownPupil[];
}

/** @returns how many faults there were, and how long after the last of them the last signal came, in milliseconds */
async function attack(
  { world, ledger, random, pupils }: Run,
  signals: number,
  faultsWanted: number,
  wait = promptness,
) {
  const police = await clientOf(world, "police-integrator", { patience: 3_000 });
  const contact = await clientOf(world, "sis-vendor", {
    claims: { scope: "signals:read signals:handle" },
    patience: 5_000,
  });
  const free = [...pupils];
  const busy = new Map<string, KnownPupil>();
  let started = 0;
  let isReporting = true;

  const integrator = async () => {
    while (started < signals) {
      const pupil = free.shift();
      if (pupil === undefined) {
        await pause(20);
        continue;
      }
      started += 1;
      busy.set(pupil.displayName, pupil);
      ledger.send(pupil.displayName);
      await reportUntilAccepted(
        police,
        reportOf(`faults-${random.below(2 ** 31)}-${started}-${Date.now()}`, pupil.bsn),
      );
      ledger.accept(pupil.displayName);
    }
  };
  const dashboard = async () => {
    for (const until = { time: Number.POSITIVE_INFINITY }; Date.now() < until.time; await pause(50)) {
      const open = await readAll(contact, operations.inbox, "signals").catch(() => []);
      // All that is there has arrived, before the first of it is confirmed: that takes its time.
      for (const { id, pupil } of open) if (busy.has(pupil?.displayName)) ledger.raise(pupil.displayName, id);
      for (const { id, pupil } of open) {
        const name: string | undefined = pupil?.displayName;
        const reported = name === undefined ? undefined : busy.get(name);
        if (name === undefined || reported === undefined) continue;
        // The answer to the report may still be on its way: then it is the next round's.
        if (!ledger.isDone(name)) continue;
        await confirmUntilDone(contact, id);
        busy.delete(name);
        free.push(reported);
      }
      if (!isReporting && until.time === Number.POSITIVE_INFINITY) until.time = Date.now() + wait;
      if (!isReporting && ledger.lost.length === 0) return;
    }
  };
  let faulted = 0;
  const tried = new Set<string>();
  let lastRepair = Date.now();
  const chaos = async () => {
    for (; faulted < faultsWanted && isReporting; faulted += 1) {
      tried.add(await oneFault(world, random, ledger));
      lastRepair = Date.now();
      await pause(random.below(400));
    }
  };
  const watching = dashboard();
  const breaking = chaos();
  await Promise.all(Array.from({ length: integrators }, integrator));
  isReporting = false;
  await breaking;
  await watching;
  return { faulted, sorts: tried, repaired: Date.now() - lastRepair };
}

type Fault = (world: World, random: Random) => Promise<string>;

const ways = ["gateway", "postgres", "police", "leerplicht", "school"];

/** The sorts of faults, each mended by the time it settles. */
const sorts: readonly Fault[] = [
  async ({ processes }, random) => {
    const victim = random.pick(processes);
    await victim.stop("SIGKILL");
    await pause(random.below(500));
    await restarted(victim);
    return `kill -9 of a ${victim.part}`;
  },
  async ({ processes }, random) => {
    const { part } = random.pick(processes);
    const victims = processes.filter((one) => one.part === part);
    await Promise.all(victims.map((one) => one.stop("SIGKILL")));
    await Promise.all(victims.map(restarted));
    return `kill -9 of every ${part}`;
  },
  async ({ processes }, random) => {
    const { part } = random.pick(processes);
    for (const one of processes.filter((other) => other.part === part)) {
      await one.stop("SIGTERM");
      await restarted(one);
    }
    return `rolling restart of ${part}`;
  },
  async (world) => {
    process.kill(world.postgres.pid, "SIGKILL");
    await world.postgres.ended;
    await world.restartPostgres();
    return "kill -9 of PostgreSQL";
  },
  async ({ databases }, random) => {
    const part = random.pick(["police", "leerplicht", "school"]);
    await withFullDisk(databases[part]?.ownerUrl ?? "", () => pause(random.below(1_500)));
    return `a full disk under ${part}`;
  },
  ...(["drop", "cut", "stall"] as const).map(
    (what): Fault =>
      async (world, random) => {
        const to = random.pick(ways);
        world.way(to)[what]();
        await pause(random.below(1_500));
        world.way(to).mend();
        return `${what} of the way to ${to}`;
      },
  ),
  async (world, random) => {
    const to = random.pick(ways);
    world.way(to).delay(20 + random.below(300));
    await pause(random.below(1_500));
    world.way(to).mend();
    return `delay on the way to ${to}`;
  },
];

/**
 * Has PostgreSQL say what it says of a full disk to whatever is written of ours, at a moment that chance chooses: an
 * insert now, an update then. It says so by triggers, for which no disk of a certain size is needed.
 */
async function withFullDisk(ownerUrl: string, work: () => Promise<void>): Promise<void> {
  const tables = ["outbox", "event", "processing"];
  const change = (text: (table: string) => string) =>
    withClient(ownerUrl, (owner) => owner.query(tables.map(text).join(";")));
  await withClient(ownerUrl, (owner) =>
    owner.query(`create or replace function care.is_full() returns trigger language plpgsql
      as $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`),
  );
  await change(
    (table) => `create or replace trigger a_full_disk before insert or update on care.${table}
      for each row execute function care.is_full()`,
  );
  await work();
  await change((table) => `drop trigger a_full_disk on care.${table}`);
}

/** @returns what it was, and to which part. */
async function oneFault(world: World, random: Random, ledger: Ledger): Promise<string> {
  const what = await random.pick(sorts)(world, random);
  ledger.note(`fault, mended: ${what}`);
  return what;
}

/** A part that cannot start, say because PostgreSQL is just being cut off, is started again, as any supervisor would. */
async function restarted(one: PartProcess): Promise<void> {
  for (;;) {
    if (!one.isRunning) one.start();
    try {
      return await one.ready();
    } catch {
      await one.stop("SIGKILL");
    }
  }
}

async function reportUntilAccepted(police: Client, report: unknown): Promise<void> {
  for (;;) {
    const data = await police.ask(operations.report, report as never).catch(() => undefined);
    if (data?.reportIncident.__typename === "IncidentReported") return;
    await pause(50);
  }
}

async function confirmUntilDone(contact: Client, id: string): Promise<void> {
  for (;;) {
    const data = await contact.ask(operations.confirm, { id }).catch(() => undefined);
    if (data !== undefined) return;
    await pause(50);
  }
}
