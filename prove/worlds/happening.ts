import type { Child } from "../../simulate/region.ts";
import { type Cause, type Happening, secretOf } from "./cause.ts";
import { ensureGuided, reportViolence } from "./guidance.ts";
import { type OneWorld, releaseDesk } from "./one-world.ts";
import { describe } from "./region.ts";

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

/**
 * Has the causes of some signals happen in a world, by the doors that an agency has, one each minute: in which order those
 * who look on from several schools hear of them is no secret. Only the first can have been at a desk.
 * @param at when its school has the first, at the earliest
 */
export async function happen(world: OneWorld, what: readonly Happening[], at: number): Promise<void> {
  for (const [place, { child, causes }] of what.entries()) {
    const cause = causes[world.side];
    if (place === 0) world.secret = secretOf(cause, true, at);
    if (place > 0 || !cause.hasDesk) {
      await world.passUntil(at + place * minute);
      await bringAbout(world, child, cause);
      continue;
    }
    await world.passUntil(at - atDesk);
    world.hasDesk = true;
    await bringAbout(world, child, cause);
    world.hasDesk = false;
    await world.passUntil(at);
    await release(world);
  }
}

/** Has one cause happen, with all that goes with it and all that comes of it at once. */
async function bringAbout(world: OneWorld, child: number, cause: Cause): Promise<void> {
  const sent: string[] = [];
  for (let turn = 0; turn < cause.reports; turn += 1) {
    sent.push(...(await send(world, cause, turn === 0 ? [child, ...cause.siblings] : [child])).slice(0, 1));
  }
  for (const other of cause.elsewhere) await send(world, cause, [other]);
  for (let turn = 0; turn < cause.vain; turn += 1) await sendInVain(world, cause, world.region.child(child), turn);
  await world.settle();
  const last = sent.at(-1);
  if (!cause.takesOneBack || sent.length < 2 || last === undefined) return;
  const agency = cause.agency === "police" ? "police" : "shelter";
  await world.ask(agency, reporter(agency), withdraw, { input: { sentSignalId: last } });
  await world.settle();
}

/** @returns the ids of the signals, in the order of the children; none where no door of ours told them */
async function send(world: OneWorld, cause: Cause, numbers: readonly number[]): Promise<string[]> {
  const occurredAt = new Date(world.clock.now().getTime() - cause.hoursAgo * hour - minute);
  const children = numbers.map(world.region.child);
  if (cause.agency === "registry") return writeToRegistry(world, occurredAt, children);
  if (cause.agency === "guidance") {
    for (const number of numbers) await reportViolence(world, await ensureGuided(world, number), occurredAt);
    return [];
  }
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
  const agency = cause.agency === "shelter" ? "shelter" : "police";
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
  await world.settle();
}
