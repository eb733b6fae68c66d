import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Harness } from "../harness.ts";
import { type Client, clientOf, operations, readAll, reportOf } from "../world/client.ts";
import { pupilsOf } from "../world/pupils.ts";
import { startWorld, type World } from "../world/world.ts";
import { Dashboard } from "./dashboard.ts";

/** How long a crowd may take to be back, in milliseconds (F10). */
const resumption = 30_000;

export const crowd: Harness = {
  proves:
    "a crowd of dashboards, also one that comes back all at once, misses nothing, is told nothing twice, and does not slow down the others",
  async run(settings) {
    const size = settings.amount("dashboards", { small: 40, long: 2_000 });
    const signals = settings.amount("signals", { small: 3, long: 50 });
    await using world = await startWorld({ replicas: 1 });
    // What is reported and handled goes past the way that breaks under the dashboards.
    const { port } = world.processes.find(({ part }) => part === "gateway") ?? {};
    const past = { url: `http://127.0.0.1:${port}/graphql`, patience: 60_000 };
    const police = await clientOf(world, "police-integrator", past);
    const claims = { scope: "signals:read signals:handle" };
    const contact = await clientOf(world, "sis-vendor", { ...past, claims });
    const bsns = (await pupilsOf(world)).map(({ bsn }) => bsn);
    const failures: string[] = [];
    const raise = (count: number, from: number) => raiseSignals(police, contact, bsns.slice(from, from + count));

    const many = await gather(world, contact, size);
    await raise(signals, 0);
    await allTold(many, failures, "calm");
    const calm = spread(many);

    const stalled = many.splice(-Math.ceil(size / 20));
    for (const one of stalled) one.stall();
    const memoryBefore = await residentMemory(world);
    await raise(signals, signals);
    await allTold(many, failures, "beside stalled readers");
    const beside = spread(many, calm.last);
    // A small run is over too soon for its quantiles to say much.
    if (!settings.isSmall && beside.p99 > 2 * calm.p99) failures.push("stalled readers slow down the others");

    const droppedAt = performance.now();
    const back = many.map((one) => one.comesBack());
    world.way("gateway").drop();
    const storming = raise(signals, 2 * signals);
    await Promise.all(back);
    const resumed = performance.now() - droppedAt;
    if (resumed > resumption) failures.push(`the crowd was back after ${(resumed / 1000).toFixed(1)} s`);
    await storming;
    await allTold(many, failures, "after the storm");
    const memoryAfter = await residentMemory(world);

    const start = many[0]?.cursors[0] ?? "";
    const reader = new Dashboard(world.urlOf("gateway"), contact.authorization, start);
    const wanted = Math.max(...many.map(({ cursors }) => cursors.length));
    for (const until = Date.now() + resumption; reader.cursors.length < wanted - 1 && Date.now() < until; )
      await pause(20);
    const truth = reader.cursors;
    for (const [place, { cursors }] of many.entries()) {
      const own = cursors.slice(cursors.indexOf(start) + 1);
      const wrong = compare(own, truth);
      if (wrong !== undefined) failures.push(`dashboard ${place}: ${wrong}`);
    }
    for (const one of [...many, ...stalled, reader]) one.close();
    const [first = "", ...rest] = truth;
    return {
      figures: {
        dashboards: size,
        "of them stalled": stalled.length,
        "events to each": truth.length,
        "from the first dashboard told to the others, calm, p99 ms": calm.p99.toFixed(1),
        "the same of the healthy, beside stalled ones, p99 ms": beside.p99.toFixed(1),
        "all back after the storm, s": (resumed / 1000).toFixed(1),
        "gateway's memory before and after, MiB": `${memoryBefore} and ${memoryAfter}`,
        "gaps and repeats": failures.length,
      },
      failures,
      controls: [
        { planted: "a dashboard that missed an event", found: compare(rest, truth) !== undefined },
        { planted: "a dashboard that was told twice", found: compare([first, ...truth], truth) !== undefined },
      ],
    };
  },
};

/** @returns what is wrong with what a dashboard was told; undefined where it is the whole truth, once, in order. */
function compare(told: readonly string[], truth: readonly string[]): string | undefined {
  if (new Set(told).size !== told.length) return "was told something twice";
  const missing = truth.filter((cursor) => !told.includes(cursor)).length;
  if (missing > 0 || told.length !== truth.length)
    return `missed ${missing} of ${truth.length} events, and had ${told.length}`;
  return told.every((cursor, place) => cursor === truth[place]) ? undefined : "was told out of order";
}

async function gather(world: World, { authorization }: Client, count: number): Promise<Dashboard[]> {
  const all = Array.from({ length: count }, () => new Dashboard(world.urlOf("gateway"), authorization));
  await Promise.all(all.map((one) => one.comesBack()));
  return all;
}

/** Waits until each has as many events as the one with the most, as far as these follow from a common start. */
async function allTold(all: readonly Dashboard[], failures: string[], when: string): Promise<void> {
  const last = () => all.map(({ cursors }) => cursors.at(-1));
  for (const until = Date.now() + resumption; Date.now() < until; await pause(20)) {
    const before = last();
    if (new Set(before).size === 1 && before[0] !== undefined) return;
  }
  failures.push(`${when}, not all were told the same in ${resumption / 1000} s`);
}

interface Spread {
  readonly p99: number;
  readonly last: string | undefined;
}

/** How long after the first dashboard the others heard of an event, over the events after a cursor. */
function spread(all: readonly Dashboard[], after?: string): Spread {
  const events = all[0]?.cursors ?? [];
  const delays: number[] = [];
  for (const cursor of events.slice(events.indexOf(after ?? "") + 1)) {
    const times = all.flatMap(({ cameAt }) => cameAt.get(cursor) ?? []);
    const first = Math.min(...times);
    delays.push(...times.map((time) => time - first));
  }
  delays.sort((one, other) => one - other);
  return { p99: delays[Math.floor(delays.length * 0.99)] ?? Number.NaN, last: events.at(-1) };
}

async function raiseSignals(police: Client, contact: Client, bsns: readonly string[]): Promise<void> {
  for (const bsn of bsns) await police.ask(operations.report, reportOf(`crowd-${bsn}`, bsn));
  for (let seen = 0; seen < bsns.length; ) {
    const open = await readAll(contact, operations.inbox, "signals");
    for (const { id } of open) await contact.ask(operations.confirm, { id });
    seen += open.length;
    if (open.length === 0) await pause(20);
  }
}

async function residentMemory({ processes }: World): Promise<number> {
  const { pid = 0 } = processes.find(({ part }) => part === "gateway") ?? {};
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
