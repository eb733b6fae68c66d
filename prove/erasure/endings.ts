import { withClient } from "../../system/databases.ts";
import type { Random } from "../random.ts";
import { type ErasableChild, type ErasableChildren, enrol } from "./children.ts";
import type { Caller, ErasableSystem, Json } from "./system.ts";

/** Where a signal lives and ends: the system, and whoever is in it. */
export interface Stage {
  readonly system: ErasableSystem;
  readonly children: ErasableChildren;
  readonly random: Random;
  /** Of sites that take part. */
  readonly sites: readonly string[];
  /** Is told of a child who is somewhere in the middle. */
  readonly underWay: (child: ErasableChild) => Promise<void>;
}

const minute = 60_000;
export const day = 24 * 60 * minute;

const police = { party: "police", organisation: "00000099000000001000", scope: "incidents:report signals:read" };
const shelter = { party: "shelter", organisation: "00000099000000003000", scope: "incidents:report signals:read" };
const officer = { party: "leerplicht", organisation: "00000099000000004000", scope: "routing:manage" };

function contactOf(site: string): Caller {
  return { party: "school", organisation: "school", schools: [site], scope: "signals:read signals:handle" };
}

/** Every way in which a signal ends, by what happened to it. */
export const endings: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  async supported(stage) {
    const { child, site } = await delivered(stage);
    await support(stage, site, child);
  },
  async "seen, and left at that"(stage) {
    const { child, site } = await delivered(stage);
    await gesture(stage, contactOf(site), "acknowledgeSignal", await inInbox(stage, site, child));
  },
  async "handed over, and left at that"(stage) {
    const { child, site } = await delivered(stage);
    await handOver(stage, site, await inInbox(stage, site, child));
  },
  async "reported twice, by two agencies"(stage) {
    const { child, site } = await delivered(stage);
    await report(stage, [child], shelter);
    await support(stage, site, child);
  },
  async "written by the existing system"(stage) {
    const { child, site } = await enrolled(stage);
    await writeRow(stage, child, "commit");
    await inInbox(stage, site, child);
    await stage.underWay(child);
    await support(stage, site, child);
  },
  async "written by the existing system, and taken away at once"(stage) {
    const { child } = await enrolled(stage);
    await writeRow(stage, child, "delete from registry.betrokkene; commit");
    await stage.system.settle();
  },
  async "withdrawn before it has left the agency"(stage) {
    const { child } = await enrolled(stage);
    const [signal] = await report(stage, [child]);
    await stage.underWay(child);
    await withdraw(stage, signal);
  },
  async "withdrawn in the inbox"(stage) {
    const { signal } = await delivered(stage);
    await withdraw(stage, signal);
  },
  async "withdrawn once it was seen"(stage) {
    const { child, site, signal } = await delivered(stage);
    await gesture(stage, contactOf(site), "acknowledgeSignal", await inInbox(stage, site, child));
    await withdraw(stage, signal);
  },
  async "withdrawn while an officer has it"(stage) {
    const child = stage.children.make();
    const [signal] = await report(stage, [child]);
    await taskOf(stage, child);
    await stage.underWay(child);
    await withdraw(stage, signal);
  },
  async "withdrawn while it is held in the night"(stage) {
    const { child } = await enrolled(stage);
    await night(stage);
    const [signal] = await report(stage, [child]);
    await stage.system.settle();
    await stage.underWay(child);
    await withdraw(stage, signal);
  },
  async "held in the night, then supported"(stage) {
    const { child, site } = await enrolled(stage);
    await night(stage);
    await report(stage, [child]);
    await stage.system.settle();
    await stage.underWay(child);
    await support(stage, site, child);
  },
  async "returned by a school, and sent to the right one"(stage) {
    const [wrong, right] = stage.random.shuffle(stage.sites) as [string, string];
    const child = await enrolledAt(stage, wrong, [wrong, right]);
    await report(stage, [child]);
    const signalId = await inInbox(stage, wrong, child);
    await gesture(stage, contactOf(wrong), "acknowledgeSignal", signalId);
    await gesture(stage, contactOf(wrong), "returnSignal", signalId, { reason: "LEFT_SCHOOL" });
    const task = await taskOf(stage, child);
    await stage.underWay(child);
    await ofOfficer(stage, "routeToSchool", { taskId: task.id, schoolId: right });
    await support(stage, right, child);
  },
  async "unknown at the school, and forwarded by an officer"(stage) {
    const child = await enrolledAt(stage, stage.random.pick(stage.sites), []);
    await report(stage, [child]);
    await closed(stage, child, "FORWARDED");
  },
  async "unknown to everybody, and closed by an officer"(stage) {
    const child = stage.children.make();
    await report(stage, [child]);
    await closed(stage, child, "NOT_FOUND");
  },
  async "not seen in time, and closed by an officer"(stage) {
    const { child } = await delivered(stage);
    await closed(stage, child, "SUPPORT_ARRANGED");
  },
  async "rehearsed, or refused"(stage) {
    const { child } = await enrolled(stage);
    await report(stage, [child], police, { dryRun: true });
    const tomorrow = new Date(stage.system.clock.now().getTime() + day).toISOString();
    await report(stage, [child], police, { occurredAt: tomorrow });
  },
  async "a practice signal"(stage) {
    const site = stage.random.pick(stage.sites);
    const mutation = `mutation ($input: SendPracticeSignalInput!) { sendPracticeSignal(input: $input) { __typename } }`;
    await stage.system.ask(contactOf(site), mutation, { input: { schoolId: site } });
  },
};

/** A child who goes to a school of the region, which knows it. */
export async function enrolled(stage: Stage) {
  const site = stage.random.pick(stage.sites);
  return { site, child: await enrolledAt(stage, site, [site]) };
}

async function enrolledAt({ system, children }: Stage, at: string, known: readonly string[]): Promise<ErasableChild> {
  const child = children.make();
  await enrol(system.databases.school, system.databases.leerplicht, child, { at, known });
  return child;
}

/** A signal that lies in the inbox of the child's school. */
async function delivered(stage: Stage) {
  const { site, child } = await enrolled(stage);
  const [signal] = await report(stage, [child], stage.random.pick([police, shelter]));
  await inInbox(stage, site, child);
  await stage.underWay(child);
  return { site, child, signal };
}

interface Sent {
  readonly id: string;
  readonly by: Caller;
}

/** Reports as careless integrators do, who put a child's number into their idempotency keys. */
async function report(
  { system, random }: Stage,
  children: readonly ErasableChild[],
  by: Caller = police,
  more: object = {},
): Promise<Sent[]> {
  const now = system.clock.now();
  const byNumber = random.chance(0.5);
  const input = {
    idempotencyKey: `${children[0]?.bsn} ${now.toISOString()}`,
    reference: children[0]?.familyName,
    occurredAt: new Date(now.getTime() - 30 * minute).toISOString(),
    category: random.pick(["DOMESTIC_VIOLENCE", "CHILD_ABUSE", "OTHER"]),
    children: children.map(({ bsn, givenName, familyName, birthDate }) => ({
      ...(byNumber ? { bsn } : {}),
      name: { givenName, familyName },
      birthDate,
    })),
    ...more,
  };
  const { reportIncident } = await system.ask(
    by,
    `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) {
       __typename ... on IncidentReported { signals { id } } } }`,
    { input },
  );
  return (reportIncident.signals ?? []).map(({ id }: Json) => ({ id, by }));
}

async function writeRow({ system }: Stage, child: ErasableChild, end: string): Promise<void> {
  const occurred = new Date(system.clock.now().getTime() - 60 * minute);
  await withClient(system.databases.police.registryUrl, async (registry) => {
    await registry.query("begin");
    const { rows } = await registry.query(
      `insert into registry.incident (eenheidscode, klassecode, pleegdatum, pleegtijd)
       values ('9101', 'G10', $1, '00:01') returning incident_id as id`,
      [occurred.toISOString().slice(0, 10)],
    );
    await registry.query(
      `insert into registry.betrokkene (incident_id, rol, bsn, achternaam, voornamen, geboortedatum)
       values ($1, 'KIND', $2, $3, $4, $5)`,
      [rows[0].id, child.bsn, child.familyName, child.givenName, child.birthDate.replaceAll("-", "")],
    );
    await registry.query(end);
  });
}

/** The id of the child's signal, once it is in the inbox. */
function inInbox({ system }: Stage, site: string, child: ErasableChild): Promise<string> {
  return system.until(async () => {
    const { signals } = await system.ask(
      contactOf(site),
      "{ signals(status: [RAISED, SEEN], first: 500) { edges { node { id pupil { displayName birthDate } } } } }",
    );
    return signals.edges.find(({ node }: Json) => node.pupil?.birthDate === child.birthDate)?.node.id;
  });
}

async function support(stage: Stage, site: string, child: ErasableChild): Promise<void> {
  const id = await inInbox(stage, site, child);
  await gesture(stage, contactOf(site), "acknowledgeSignal", id);
  await handOver(stage, site, id);
  const teacher = { ...contactOf(site), role: "teacher", staffMember: "teacher" };
  await stage.system.ask(teacher, "{ signals { edges { node { id pupil { displayName } } } } }");
  await gesture(stage, teacher, "confirmSupport", id);
}

async function handOver(stage: Stage, site: string, signalId: string): Promise<void> {
  const { rows } = await withClient(stage.system.databases.school.registryUrl, (registry) =>
    registry.query(
      "select medewerkernummer as number from registry.medewerker where brincode = $1 and sleutel = 'teacher'",
      [site.slice(0, 4)],
    ),
  );
  await gesture(stage, contactOf(site), "handOverSignal", signalId, { staffMemberId: rows[0].number });
}

/** @throws Error where it is refused. */
async function gesture(
  { system }: Stage,
  by: Caller,
  name: string,
  signalId: string,
  more: object = {},
): Promise<void> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const data = await system.ask(by, `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
    input: { signalId, ...more },
  });
  if (/Not|Closed/.test(data[name].__typename)) throw new Error(`${name} was answered ${data[name].__typename}`);
}

async function withdraw({ system }: Stage, signal: Sent | undefined): Promise<void> {
  if (signal === undefined) throw new Error("A report raised no signal");
  const { withdrawSignal } = await system.ask(
    signal.by,
    "mutation ($input: WithdrawSignalInput!) { withdrawSignal(input: $input) { __typename } }",
    { input: { sentSignalId: signal.id } },
  );
  if (withdrawSignal.__typename !== "SignalWithdrawn") throw new Error("A signal could not be withdrawn");
  await system.settle();
}

/** The officer's task about the child, once there is one. */
function taskOf({ system }: Stage, child: ErasableChild): Promise<Json> {
  return system.until(async () => {
    const { routingTasks } = await system.ask(
      officer,
      "{ routingTasks(first: 500) { edges { node { id child { bsn name birthDate } candidates { id } } } } }",
    );
    return routingTasks.edges.find(({ node }: Json) => node.child.birthDate === child.birthDate)?.node;
  });
}

async function closed(stage: Stage, child: ErasableChild, outcome: string): Promise<void> {
  const { id: taskId } = await taskOf(stage, child);
  await stage.underWay(child);
  await ofOfficer(stage, "closeRoutingTask", { taskId, outcome });
}

async function ofOfficer({ system }: Stage, name: string, input: object): Promise<void> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const data = await system.ask(officer, `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
    input,
  });
  if (!/SignalRouted|TaskEnded/.test(data[name].__typename)) throw new Error(`${name} was ${data[name].__typename}`);
}

/** Half past eight in the evening. */
function night({ system }: Stage): Promise<void> {
  return passToHour(system, 19.5);
}

/** Half past nine in the morning. */
export function morning({ system }: Stage): Promise<void> {
  return passToHour(system, 8.5);
}

/** @param hour of the day, UTC */
function passToHour(system: ErasableSystem, hour: number): Promise<void> {
  const now = system.clock.now().getTime();
  const today = now - (now % day) + hour * 60 * minute;
  return system.passTo(new Date(today < now ? today + day : today));
}
