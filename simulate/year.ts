import { Client } from "pg";
import type { DatabaseUrls } from "../system/databases.ts";
import { diceOf } from "./dice.ts";
import { deliverMoves, fillRegistries, teacherKey } from "./fill.ts";
import { planIncidents } from "./incidents.ts";
import { startMailbox } from "./mailbox.ts";
import { type Breakage, office, type PartName, type Parts, startParts } from "./parts.ts";
import { People } from "./people.ts";
import { compareFigures, type Published } from "./published.ts";
import { type Reckoning, readAll, reckon } from "./reckoning.ts";
import { type Child, firstDay, lastDay, makeRegion, type Region } from "./region.ts";
import { Agenda, type Deed, doAll, VirtualClock } from "./virtual-time.ts";

export interface YearOptions {
  readonly schools: number;
  readonly signals: number;
  readonly seed: string;
  /** Pupils of each school. */
  readonly pupils: number;
  /** How long before its deadline an unseen signal goes to an officer, in minutes. */
  readonly lead: number;
  readonly breakage?: Breakage | undefined;
  readonly databases: Readonly<Record<PartName, DatabaseUrls & { readonly adminUrl: string }>>;
  readonly onStep: (text: string) => void;
}

export interface YearReport extends Reckoning {
  readonly published: Published;
  /** How often an officer called a school. */
  readonly calls: number;
  /** How many mails people at schools got, and how many of these they looked for. */
  readonly reminders: { readonly mailed: number; readonly read: number };
  readonly jobs: { readonly done: number; readonly failed: number };
  /** In seconds: to write the registries, and to live through the year. */
  readonly took: { readonly fill: number; readonly year: number };
}

const day = 24 * 3_600_000;

/** How much is done at once at one moment. */
const atOnce = 16;

/** After the last incident, time goes on for so long: further than the summer holidays of a signal that came before them. */
const lastStretch = 100 * day;

/**
 * Lets a year go by in a made-up region: real parts over real databases, on a virtual clock. All that happens follows from
 * the seed but the ids, and the order of what happens within one minute.
 */
export async function simulateYear(options: YearOptions): Promise<YearReport> {
  const { databases, onStep } = options;
  const dice = diceOf(options.seed);
  const region = makeRegion(dice, options);
  onStep(`Enrolling ${region.children} children at ${region.schools.length} schools`);
  const filling = performance.now();
  await fillRegistries(databases.school, databases.leerplicht, region);
  const began = performance.now();
  const clock = new VirtualClock(new Date(`${firstDay}T00:00:00Z`));
  await using mailbox = await startMailbox(({ to }) => people.reminded(to));
  const settings = { SMTP_URL: mailbox.url, MAIL_FROM: "post@example.nl" };
  await using parts = await startParts(databases, clock, { ...options, settings });
  const agenda = new Agenda();
  const teachers = await readTeachers(databases.school.adminUrl);
  const people = new People({ region, dice, parts, clock, agenda, teachers });
  const incidents = planIncidents(dice, options.signals, region.children);
  for (const incident of incidents) people.plan(incident);
  planMoves(agenda, databases.leerplicht.registryUrl, movers(region, incidents));
  const end = Date.parse(`${lastDay}T00:00:00Z`) + lastStretch;
  planRounds(agenda, parts, clock.now().getTime(), end, region.schools.length);
  await liveThrough({ parts, agenda, clock, end, people, databases, onStep });
  for (const jobs of parts.jobs.values()) await jobs.doEveryMinuteTasks();
  const ended = performance.now();
  const totals = [...parts.jobs.values()];
  return {
    ...(await reckon(databases, parts, people.accepted)),
    published: await compareFigures(databases, parts),
    calls: people.calls,
    reminders: people.reminders,
    jobs: { done: sum(totals.map(({ done }) => done)), failed: sum(totals.map(({ failed }) => failed)) },
    took: { fill: (began - filling) / 1000, year: (ended - began) / 1000 },
  };
}

interface Life {
  readonly parts: Parts;
  readonly agenda: Agenda;
  readonly clock: VirtualClock;
  readonly end: number;
  readonly people: People;
  readonly databases: YearOptions["databases"];
  readonly onStep: YearOptions["onStep"];
}

/** Moves the clock from one thing that is due to the next, until nothing is left to do or the time is over. */
async function liveThrough({ parts, agenda, clock, end, people, databases, onStep }: Life): Promise<void> {
  await using raised = await followEvents(databases.school.adminUrl, "RAISED", (stream) => people.told(stream));
  await using opened = await followEvents(databases.leerplicht.adminUrl, "OPENED", (_, id) => people.asked(id));
  const jobs = [...parts.jobs.values()];
  const progress = progressOf(people, onStep);
  for (;;) {
    // What is done makes more to do at the same moment: hops, and what people are told.
    for (;;) {
      const now = clock.now().getTime();
      const due = [...agenda.take(now), ...(await takeJobs(parts, now))];
      if (due.length === 0) break;
      await doAll(due, atOnce);
      const { touched } = parts;
      await Promise.all([touched.has("school") && raised.read(), touched.has("leerplicht") && opened.read()]);
    }
    const next = Math.min(agenda.next, ...jobs.map((one) => one.next));
    if (next > end) return;
    clock.moveTo(next);
    progress(clock.now());
  }
}

/** What is due at the parts. One that nobody asked for anything has no more to do than it had at the last look. */
async function takeJobs({ jobs, touched }: Parts, now: number): Promise<Deed[]> {
  const looked = [...jobs].filter(([name, { next }]) => touched.delete(name) || next <= now);
  const taken = await Promise.all(
    looked.map(async ([name, one]) => {
      const due = await one.take();
      // A job may make another.
      if (due.length > 0) touched.add(name);
      return due;
    }),
  );
  return taken.flat();
}

/** Tells how far the year is, every week of it. */
function progressOf(people: People, onStep: Life["onStep"]): (now: Date) => void {
  const began = performance.now();
  let told = 0;
  return (now) => {
    if (now.getTime() < told + 7 * day) return;
    told = now.getTime();
    const [signals, seconds] = [people.accepted.length, (performance.now() - began) / 1000];
    const pace = (signals / seconds).toFixed(1);
    onStep(`${now.toISOString().slice(0, 10)}: ${signals} signals in ${seconds.toFixed(0)} s, ${pace} a second`);
  };
}

/** Who is told of what happens: reads a part's events as its subscribers do, from the rows and in their order. */
async function followEvents(url: string, kind: string, tell: (stream: string, subject: string) => void) {
  const client = new Client({ connectionString: url });
  await client.connect();
  let position = "0";
  return {
    async read(): Promise<void> {
      const { rows } = await client.query<{ position: string; kind: string; stream: string; subject: string }>({
        name: "events",
        text: "select position, kind, stream, subject from care.event where position > $1 order by position",
        values: [position],
      });
      for (const event of rows) {
        position = event.position;
        if (event.kind === kind && (kind === "RAISED" || event.stream === office)) tell(event.stream, event.subject);
      }
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}

/** Those of the children reported who change school in the course of the year. */
function movers(region: Region, incidents: readonly { readonly children: readonly number[] }[]): Child[] {
  const numbers = new Set(incidents.flatMap(({ children }) => children));
  return [...numbers].map((number) => region.child(number)).filter(({ circumstance }) => circumstance === "moved");
}

/** The office's registry is a week behind. */
function planMoves(agenda: Agenda, registryUrl: string, children: readonly Child[]): void {
  for (const [movesOn, moved] of Map.groupBy(children, (child) => child.movesOn)) {
    agenda.add(Date.parse(`${movesOn}T03:00:00Z`) + 7 * day, () => deliverMoves(registryUrl, moved));
  }
}

/**
 * What the parts do each minute, they do each week here, just after noon; in a large region each month, as they look at
 * every school each time.
 */
function planRounds(agenda: Agenda, parts: Parts, from: number, end: number, schools: number): void {
  const every = schools > 1_000 ? 30 : 7;
  for (let at = from + 12.2 * 3_600_000; at < end; at += every * day) {
    for (const [name, jobs] of parts.jobs) {
      agenda.add(at, async () => {
        await jobs.doEveryMinuteTasks();
        parts.touched.add(name);
      });
    }
  }
}

async function readTeachers(url: string): Promise<ReadonlyMap<string, string>> {
  const rows = await readAll<{ site: string; number: string }>(
    url,
    `select brincode || dependancecode as site, medewerkernummer as number
     from registry.medewerker where sleutel = '${teacherKey}'`,
  );
  return new Map(rows.map(({ site, number }) => [site, number]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
