import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { withClient } from "../../system/databases.ts";
import type { Json } from "../subgraph.ts";
import { policeUnderTest } from "../subgraphs/police/police-under-test.ts";
import { until } from "../until.ts";
import { report, sent } from "./agency-operations.ts";
import { type Follower, startWay, type WaySystem } from "./way-system.ts";

const events = "subscription { signalEvents { cursor kind signal { id status supportOn pupil { id displayName } } } }";
const resumed = "subscription ($after: String) { signalEvents(after: $after) { cursor kind signal { id } } }";
const sentEvents = "subscription { sentSignalEvents { cursor sentSignal { id progress dueBy } } }";
const acknowledge = `mutation ($id: ID!) { acknowledgeSignal(input: { signalId: $id }) {
  ... on SignalAcknowledged { signal { status seenAt } } } }`;
const confirm = `mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { ... on SupportConfirmed { signal { status } } } }`;
const tasks = `{ routingTasks(first: 100) { edges { node {
  id reason child { name } candidates { id reason school { id participates } } } } } }`;

/** A child in an incident at home, as the police's own system writes it. */
const fromPastOurApi = {
  classInScope: true,
  isChild: true,
  occurredAt: new Date(),
  givenName: null,
  prefix: null,
  familyName: null,
  birthDate: "2017-03-14",
};

let way: WaySystem;
let cast: Json;
let contact: Follower;
let police: Follower;

beforeAll(async () => {
  [way, cast] = await Promise.all([
    startWay(),
    readFile(new URL("../../demo/cast.json", import.meta.url), "utf8").then((text) => JSON.parse(text)),
  ]);
  contact = await way.follow("school-contact", events);
  police = await way.follow("police-integrator", sentEvents);
  await begun();
}, 180_000);

afterAll(async () => {
  await way[Symbol.asyncDispose]();
});

/** A subscription says nothing when it begins: signals are sent until both followers are told of one. */
async function begun(): Promise<void> {
  const told = Promise.all([contact.next(() => true), police.next(() => true)]).then(() => true);
  await until("both followers to be told", async () => {
    const { signals } = await reported(cast.matched);
    await way.ask("school-contact", confirm, { id: (await inInbox()).id });
    await progressOf(signals[0].id, "SUPPORTED");
    return Promise.race([told, nextTurn()]);
  });
}

/** Lets whatever is ready go first. */
function nextTurn(): Promise<false> {
  return new Promise((resolve) => setImmediate(() => resolve(false)));
}

function child({ bsn, name, birthDate }: Json): Json {
  return { ...(bsn ? { bsn } : {}), name, birthDate };
}

async function reported(person: Json, persona = "police-integrator", idempotencyKey = randomUUID()): Promise<Json> {
  const input = {
    idempotencyKey,
    occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
    category: "DOMESTIC_VIOLENCE",
    children: [child(person)],
  };
  const { data, errors } = await way.ask(persona, report, { input });
  expect(errors).toBeUndefined();
  expect(data.reportIncident.__typename).toBe("IncidentReported");
  return data.reportIncident;
}

/** The raised signal of the contact's inbox, once there is one. */
async function inInbox(): Promise<Json> {
  return until("a raised signal in the inbox", async () => {
    const { data } = await way.ask("school-contact", "{ signals(status: [RAISED]) { edges { node { id } } } }");
    return data.signals.edges[0]?.node;
  });
}

/** The signal that the contact's subscription tells of, as it was when it was raised. */
async function toldToContact(): Promise<Json> {
  const { id } = await inInbox();
  return (await contact.next(({ kind, signal }) => kind === "RAISED" && signal.id === id)).signal;
}

/** Waits until a signal of the police has come this far. */
async function progressOf(id: string, progress: string, persona = "police-integrator"): Promise<void> {
  await until(`the progress ${progress}`, async () => {
    const { data } = await way.ask(persona, sent);
    return data.sentSignals.edges.some(({ node }: Json) => node.id === id && node.progress === progress);
  });
}

async function taskOf(name: string): Promise<Json> {
  return until("an officer's task", async () => {
    const { data } = await way.ask("leerplicht-officer", tasks);
    return data.routingTasks.edges.find(({ node }: Json) => node.child.name?.includes(name))?.node;
  });
}

/** Waits until a part has nothing left to be sent on. */
async function settled(part: string): Promise<void> {
  await withClient(way.databases.get(part)?.adminUrl ?? "", async (admin) => {
    const waiting = "select count(*)::int as left from care.outbox where acknowledged_at is null";
    await until(`the outbox of ${part}`, async () => (await admin.query(waiting)).rows[0].left === 0);
  });
}

/** How much has come to the school's part so far, and how often it told a contact of something new. */
async function atSchool(): Promise<{ deliveries: number; raised: number }> {
  return withClient(way.databases.get("school")?.adminUrl ?? "", async (admin) => {
    const { rows } = await admin.query(`select
      (select count(*)::int from care.delivery) as deliveries,
      (select count(*)::int from care.event where kind = 'RAISED') as raised`);
    return rows[0];
  });
}

describe("the way of a signal", () => {
  test("leads from a police officer's report to the contact's screen, and the sight of it back", async () => {
    const { signals, replayed } = await reported(cast.matched);
    expect(replayed).toBe(false);
    expect(signals).toEqual([{ id: expect.any(String), progress: "SENT", dueBy: expect.any(String) }]);
    const signal = await toldToContact();
    expect(signal).toMatchObject({ status: "RAISED", pupil: { displayName: "Noor van der Linden" } });
    expect(signal.id).not.toBe(signals[0].id);

    const seen = police.next(({ sentSignal }) => sentSignal.id === signals[0].id && sentSignal.progress === "SEEN");
    const { data } = await way.ask("school-contact", acknowledge, { id: signal.id });
    expect(data.acknowledgeSignal.signal.status).toBe("SEEN");
    expect((await seen).sentSignal).toEqual({ id: signals[0].id, progress: "SEEN", dueBy: signals[0].dueBy });
    await way.ask("school-contact", confirm, { id: signal.id });
    await progressOf(signals[0].id, "SUPPORTED");
  });

  test("is the same for the crisis team, which only its folder and its settings have brought in", async () => {
    const { signals } = await reported(cast.matched, "crisis-worker");
    const { id } = await toldToContact();
    await way.ask("school-contact", confirm, { id });
    await progressOf(signals[0].id, "SUPPORTED", "crisis-worker");
  });

  test("leads on to the child's teacher, whose token shows that one signal, and the support of it back", async () => {
    const { signals } = await reported(cast.matched);
    const { id } = await toldToContact();
    const mine = "{ signals { edges { node { id pupil { displayName } } } } schools { id } }";
    expect((await way.ask("school-teacher", mine)).data).toEqual({ signals: { edges: [] }, schools: [] });
    const { data } = await way.ask(
      "school-contact",
      `query ($id: ID!) { signal(id: $id) { pupil { group { teachers { id name } } } } }`,
      { id },
    );
    const [teacher] = data.signal.pupil.group.teachers.filter(({ name }: Json) => name === "Anjali Vreugde");
    const handOver = `mutation ($input: HandOverSignalInput!) { handOverSignal(input: $input) { __typename } }`;
    await way.ask("school-contact", handOver, { input: { signalId: id, staffMemberId: teacher.id } });
    const node = { id, pupil: { displayName: "Noor van der Linden" } };
    expect((await way.ask("school-teacher", mine)).data).toEqual({ signals: { edges: [{ node }] }, schools: [] });
    await way.ask("school-teacher", confirm, { id });
    await progressOf(signals[0].id, "SUPPORTED");
  });

  test("is the same from a row that the police's own system writes, in the same transaction", async () => {
    const before = (await way.ask("police-integrator", sent)).data.sentSignals.edges.length;
    const { bsn } = cast.matched;
    await withClient(way.databases.get("police")?.registryUrl ?? "", async (registry) => {
      await registry.query("begin");
      await policeUnderTest.insertRow(registry, { ...fromPastOurApi, bsn });
      expect((await way.ask("police-integrator", sent)).data.sentSignals.edges).toHaveLength(before);
      await registry.query("commit");
    });
    await way.ask("school-contact", confirm, { id: (await toldToContact()).id });
    expect((await way.ask("police-integrator", sent)).data.sentSignals.edges).toHaveLength(before + 1);
  });

  test("leaves the child's identity in no outbox once the next part has it", async () => {
    const waiting = "select count(*)::int as left from care.outbox where payload is not null or encrypted is not null";
    for (const part of ["police", "leerplicht"]) {
      await withClient(way.databases.get(part)?.adminUrl ?? "", async (admin) => {
        await until(`no child in the outbox of ${part}`, async () => (await admin.query(waiting)).rows[0].left === 0);
      });
    }
  });

  test("about a child whom nobody can match answers its sender alike, and becomes an officer's task", async () => {
    const unmatched = await reported(cast.unknown);
    const matched = await reported(cast.matched);
    const shape = ({ signals }: Json) => signals.map((signal: Json) => Object.keys(signal));
    expect(shape(unmatched)).toEqual(shape(matched));
    expect(unmatched.signals[0].progress).toBe(matched.signals[0].progress);
    expect(await taskOf(cast.unknown.name.familyName)).toMatchObject({ reason: "NO_MATCH", candidates: [] });
    await progressOf(unmatched.signals[0].id, "DELIVERED");
    const { id } = await inInbox();
    await way.ask("school-contact", confirm, { id });
  });

  test("is one at the school, and one event, when two agencies report the same child at once", async () => {
    const agencies = ["police-integrator", "shelter-worker"];
    for (let round = 0; round < 5; round += 1) {
      const before = await atSchool();
      const reports = await Promise.all(agencies.map((agency) => reported(cast.matched, agency)));
      const after = await until("both deliveries", async () => {
        const now = await atSchool();
        return now.deliveries >= before.deliveries + 2 && now;
      });
      expect(after.raised).toBe(before.raised + 1);
      await way.ask("school-contact", confirm, { id: (await toldToContact()).id });
      for (const [index, { signals }] of reports.entries()) {
        await progressOf(signals[0].id, "SUPPORTED", agencies[index]);
      }
    }
  });

  test("that came to the wrong door is gone there at once, and goes on by an officer; its sender notices nothing", async () => {
    const { signals } = await reported(cast.matched);
    const { id } = await toldToContact();
    const giveBack = `mutation ($id: ID!) { returnSignal(input: { signalId: $id, reason: NOT_OUR_PUPIL }) { __typename } }`;
    await way.ask("school-contact", acknowledge, { id });
    await progressOf(signals[0].id, "SEEN");
    const sealed = contact.next(({ signal }) => signal.id === id && signal.status === "RETURNED");
    expect((await way.ask("school-contact", giveBack, { id })).data.returnSignal.__typename).toBe("SignalReturned");
    await sealed;
    const content = "query ($id: ID!) { signal(id: $id) { pupil { displayName } } }";
    for (const persona of ["school-contact", "sis-vendor"]) {
      expect((await way.ask(persona, content, { id })).data.signal?.pupil ?? null).toBeNull();
    }
    const task = await taskOf(cast.matched.name.familyName);
    expect(task).toMatchObject({ reason: "RETURNED_BY_SCHOOL", candidates: [{ reason: "CAME_BACK" }] });
    const input = { taskId: task.id, schoolId: cast.matched.siteId, candidateId: task.candidates[0].id };
    await way.ask(
      "leerplicht-officer",
      "mutation ($input: RouteToSchoolInput!) { routeToSchool(input: $input) { __typename } }",
      { input },
    );
    const anew = await toldToContact();
    expect(anew.id).not.toBe(id);
    await progressOf(signals[0].id, "SEEN");
    await way.ask("school-contact", confirm, { id: anew.id });
    await progressOf(signals[0].id, "SUPPORTED");
  });

  test("goes on by an officer's choice between two enrolments", async () => {
    const { signals } = await reported(cast.twoEnrolments, "shelter-worker");
    const task = await taskOf(cast.twoEnrolments.name.familyName);
    expect(task.reason).toBe("SEVERAL_ENROLMENTS");
    const [candidate] = task.candidates;
    const { data } = await way.ask(
      "leerplicht-officer",
      `mutation ($input: RouteToSchoolInput!) { routeToSchool(input: $input) { __typename } }`,
      { input: { taskId: task.id, schoolId: candidate.school.id, candidateId: candidate.id } },
    );
    expect(data.routeToSchool.__typename).toBe("SignalRouted");
    await progressOf(signals[0].id, "DELIVERED", "shelter-worker");
  });

  test("finds a pupil without a BSN at the school by the name of Leerplicht's registry", async () => {
    await reported(cast.bsnUnknownAtSchool);
    const { node } = await until("the signal at the school", async () => {
      const { data } = await way.ask(
        "sis-vendor",
        '{ signals(schoolId: "99AK00") { edges { node { pupil { displayName } } } } }',
      );
      return data.signals.edges[0];
    });
    expect(node.pupil.displayName).toContain(cast.bsnUnknownAtSchool.name.familyName);
  });

  test("repeated under one key by fifty at once is one signal", async () => {
    const key = randomUUID();
    const occurredAt = new Date().toISOString();
    const input = { idempotencyKey: key, occurredAt, category: "OTHER", children: [child(cast.matched)] };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => way.ask("police-integrator", report, { input })),
    );
    expect(new Set(answers.map(({ data }) => data.reportIncident.signals[0].id)).size).toBe(1);
    expect(answers.filter(({ data }) => !data.reportIncident.replayed)).toHaveLength(1);
    await way.ask("school-contact", confirm, { id: (await toldToContact()).id });
    const { data } = await way.ask("police-integrator", report, { input: { ...input, category: "CHILD_ABUSE" } });
    expect(data.reportIncident.__typename).toBe("IdempotencyConflict");
  });
});

describe("while a part is down", () => {
  test.each(["leerplicht", "school"])("a signal waits, and goes on when %s is back", async (part) => {
    await way.stop(part);
    const { signals } = await reported(cast.matched);
    expect(signals[0].progress).toBe("SENT");
    await way.start(part);
    const { id } = await inInbox();
    await way.ask("school-contact", confirm, { id });
    await progressOf(signals[0].id, "SUPPORTED");
  });

  test("a signal that is withdrawn meanwhile comes to no inbox, though Leerplicht hears of both only then", async () => {
    await way.stop("leerplicht");
    const { signals } = await reported(cast.matched);
    const [{ id }] = signals;
    const withdraw = `mutation ($id: ID!) { withdrawSignal(input: { sentSignalId: $id }) {
      ... on SignalWithdrawn { sentSignal { id } } } }`;
    const { data } = await way.ask("police-integrator", withdraw, { id });
    expect(data.withdrawSignal.sentSignal.id).toBe(id);
    const before = await atSchool();
    await way.start("leerplicht");
    await progressOf(id, "WITHDRAWN");
    // What comes later has gone the whole way: so what was withdrawn would have come by now.
    const { signals: later } = await reported(cast.matched);
    await way.ask("school-contact", confirm, { id: (await toldToContact()).id });
    await progressOf(later[0].id, "SUPPORTED");
    await settled("police");
    await settled("leerplicht");
    await settled("school");
    expect((await atSchool()).raised).toBe(before.raised + 1);
    await progressOf(id, "WITHDRAWN");
  });

  test("a part of a federated answer is missing, with a code, and the rest is there", async () => {
    await way.stop("leerplicht");
    const { data, errors } = await way.ask("school-contact", "{ schools { name leerplichtOfficer { name } } }");
    expect(data.schools).toEqual([{ name: "De Wilgenhoek", leerplichtOfficer: null }]);
    expect(errors?.[0]?.extensions.code).toBe("SUBGRAPH_UNAVAILABLE");
    await way.start("leerplicht");
    const again = await way.ask("school-contact", "{ schools { leerplichtOfficer { name } } }");
    expect(again.data.schools[0].leerplichtOfficer.name).toEqual(expect.any(String));
  });

  test("a subscriber is told of all that happens after its return, once, and notices nothing", async () => {
    const follower = await way.follow("school-contact", events);
    const first = await nextRaisedBy(follower);
    await way.stop("school");
    await way.start("school");
    await reported(cast.matched);
    const { id } = await inInbox();
    const live = await toldUntilRaised(follower, id);
    expect(await toldUntilRaised(await way.follow("school-contact", resumed, { after: first.cursor }), id)).toEqual(
      live,
    );
    expect(new Set(live).size).toBe(live.length);
    await way.ask("school-contact", confirm, { id });
  });

  test("a subscriber whose gateway is gone is cut off, and resumes by its cursor without gap or repeat", async () => {
    const follower = await way.follow("school-contact", events);
    const first = await nextRaisedBy(follower);
    await way.stop("gateway");
    await expect(follower.next(() => false)).rejects.toBeDefined();
    await way.start("gateway");
    await reported(cast.matched);
    const { id } = await inInbox();
    const told = await toldUntilRaised(await way.follow("school-contact", resumed, { after: first.cursor }), id);
    expect(new Set(told).size).toBe(told.length);
    expect(told).not.toContain(first.cursor);
    await way.ask("school-contact", confirm, { id });
  });
});

/** The cursors of what a follower is told, up to the event that a signal was raised. */
async function toldUntilRaised(follower: Follower, id: string): Promise<string[]> {
  const cursors: string[] = [];
  await follower.next(({ cursor, kind, signal }) => {
    cursors.push(cursor);
    return kind === "RAISED" && signal.id === id;
  });
  return cursors;
}

/** Sends signals until a follower who has just begun is told of one. */
async function nextRaisedBy(follower: Follower): Promise<Json> {
  const told = follower.next((event) => event.kind === "RAISED");
  return until("the follower to be told", async () => {
    await reported(cast.matched);
    await way.ask("school-contact", confirm, { id: (await inInbox()).id });
    return Promise.race([told, nextTurn()]);
  });
}
