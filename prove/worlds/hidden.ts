import type { Child } from "../../simulate/region.ts";
import type { Random } from "../random.ts";
import { type OneWorld, releaseDesk, type Secret } from "./one-world.ts";
import { describe, isObserved, regionOf } from "./region.ts";

/** Who may have reported it, unknown to whoever looks on: never the unit that looks on itself. */
const agencies = ["police", "shelter", "registry"] as const;

type HiddenAgency = (typeof agencies)[number];

/** What a signal came from, in one world. */
export interface Cause {
  readonly agency: HiddenAgency;
  readonly category: string;
  /** How long before the report it happened, in hours. */
  readonly hoursAgo: number;
  /** How often the child is reported, all in all. */
  readonly reports: number;
  /** Whether one of several reports is taken back. */
  readonly takesOneBack: boolean;
  /** Children of the same incident who go to other schools, or to none. */
  readonly siblings: readonly number[];
  /** Children of other incidents at other schools. */
  readonly elsewhere: readonly number[];
  readonly hasDesk: boolean;
  readonly byNumber: boolean;
  /** Reports that come to nothing: rehearsals, wrong ones, repeats under the same key. */
  readonly vain: number;
}

/** The same signal in both worlds, and what it came from in each. */
export interface Happening {
  readonly child: number;
  /** When the school has it, at the earliest. */
  readonly at: number;
  readonly causes: Readonly<Record<OneWorld["side"], Cause>>;
}

const categories = ["DOMESTIC_VIOLENCE", "CHILD_ABUSE", "SERIOUS_THREAT", "OTHER"];

/** Another cause of the same. @param elsewhere how many children of other schools there are */
export function anyCause(random: Random, others: readonly number[]): Cause {
  const agency = random.pick(agencies);
  return {
    agency,
    category: random.pick(categories),
    hoursAgo: random.below(20),
    reports: 1 + random.below(3),
    takesOneBack: agency !== "registry" && random.chance(0.3),
    siblings: random.shuffle(others).slice(0, random.below(3)),
    elsewhere: random.shuffle(others).slice(0, random.below(2)),
    hasDesk: random.chance(0.25),
    byNumber: random.chance(0.5),
    vain: random.below(3),
  };
}

const organisations = { police: "00000099000000002000", shelter: "00000099000000003000" };

const hour = 3_600_000;
const minute = 60_000;

/** How long before the desk lets a signal go the agency has reported it, in milliseconds. */
export const atDesk = 20 * minute;

const report = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) {
  __typename ... on IncidentReported { signals { id } } } }`;
const withdraw = "mutation ($input: WithdrawSignalInput!) { withdrawSignal(input: $input) { __typename } }";
const waiting = "{ releaseTasks(first: 500) { edges { node { id } } } }";
const letGo = "mutation ($input: ReleaseSignalInput!) { releaseSignal(input: $input) { __typename } }";

let keys = 0;

/** What of a cause a planted leak may tell. @param at when it is reported */
export function secretOf(
  { agency, category, hoursAgo, reports, siblings, elsewhere }: Cause,
  isEnrolled: boolean,
  at = 0,
) {
  const occurred = new Date(at - hoursAgo * hour);
  const counts = { reports, siblings: siblings.length, elsewhere: elsewhere.length };
  return { agency, category, hour: occurred.getUTCHours(), ...counts, isEnrolled } satisfies Secret;
}

/** Has the cause of a signal happen in a world, by the doors that an agency has; the clock stands at its moment after. */
export async function happen(world: OneWorld, { child, at, causes }: Happening): Promise<void> {
  const cause = causes[world.side];
  const region = regionOf(world.side);
  world.secret = secretOf(cause, true, at);
  if (cause.hasDesk) await world.passUntil(at - atDesk);
  else await world.passUntil(at);
  world.hasDesk = cause.hasDesk;
  const sent: string[] = [];
  for (let turn = 0; turn < cause.reports; turn += 1) {
    const family = turn === 0 ? [child, ...cause.siblings] : [child];
    sent.push(...(await send(world, cause, family.map(region.child))).slice(0, 1));
  }
  for (const other of cause.elsewhere) await send(world, cause, [region.child(other)]);
  for (let turn = 0; turn < cause.vain; turn += 1) await sendInVain(world, cause, region.child(child), turn);
  await world.settle();
  world.hasDesk = false;
  if (cause.hasDesk) {
    await world.passUntil(at);
    await release(world);
    await world.settle();
  }
  const last = sent.at(-1);
  if (cause.takesOneBack && sent.length > 1 && last !== undefined && cause.agency !== "registry") {
    await world.ask(cause.agency, reporter(cause.agency), withdraw, { input: { sentSignalId: last } });
    await world.settle();
  }
}

/** @returns the ids of the signals, in the order of the children; none where the agency's own system wrote them */
async function send(world: OneWorld, cause: Cause, children: readonly Child[]): Promise<string[]> {
  const occurredAt = new Date(world.clock.now().getTime() - cause.hoursAgo * hour - minute);
  if (cause.agency === "registry") return writeToRegistry(world, occurredAt, children);
  keys += 1;
  const input = {
    idempotencyKey: `hidden ${keys}`,
    occurredAt: occurredAt.toISOString(),
    category: cause.category,
    children: children.map((child) => describe(child, cause.byNumber)),
  };
  const { reportIncident } = await world.ask(cause.agency, reporter(cause.agency), report, { input });
  return reportIncident.signals.map(({ id }: { id: string }) => id);
}

/** A row that the agency's existing system writes past us. */
async function writeToRegistry(world: OneWorld, occurredAt: Date, children: readonly Child[]): Promise<string[]> {
  const { police } = world.databases.admin;
  await police.query("begin");
  await police.query("select set_config('app.now', $1, true)", [world.clock.now().toISOString()]);
  const { rows } = await police.query<{ id: string }>(
    `insert into registry.incident (eenheidscode, klassecode, pleegdatum, pleegtijd)
     select '9102', 'G20', moment::date, moment::time from (select $1::timestamptz at time zone 'Europe/Amsterdam' as moment)
     returning incident_id as id`,
    [occurredAt],
  );
  for (const { bsn, familyName, givenName, birthDate } of children) {
    await police.query(
      `insert into registry.betrokkene (incident_id, rol, bsn, achternaam, voornamen, geboortedatum)
       values ($1, 'KIND', $2, $3, $4, $5)`,
      [rows[0]?.id, bsn, familyName, givenName, birthDate.replaceAll("-", "")],
    );
  }
  await police.query("commit");
  return [];
}

async function sendInVain(world: OneWorld, cause: Cause, child: Child, turn: number): Promise<void> {
  const agency = cause.agency === "registry" ? "police" : cause.agency;
  const input = {
    idempotencyKey: `vain ${turn}`,
    occurredAt: world.clock.now().toISOString(),
    category: cause.category,
    children: turn === 0 ? [] : [describe(child, true)],
    dryRun: turn !== 0,
  };
  await world.ask(agency, reporter(agency), report, { input });
}

function reporter(agency: "police" | "shelter") {
  return { party: agency, organisation: organisations[agency], scope: "incidents:report signals:read" };
}

async function release(world: OneWorld): Promise<void> {
  const caller = { party: "release", organisation: releaseDesk, scope: "releases:manage" };
  const { releaseTasks } = await world.ask("leerplicht", caller, waiting);
  for (const { node } of releaseTasks.edges) {
    await world.ask("leerplicht", caller, letGo, { input: { taskId: node.id } });
  }
}

/** The children of the other schools, by number. */
export const strangers: readonly number[] = Array.from(
  { length: regionOf("A").children },
  (_, number) => number,
).filter((number) => !isObserved(number));
