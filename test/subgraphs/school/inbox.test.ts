import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { schoolDatabase } from "../../../subgraphs/school/database.ts";
import { schoolSubgraph } from "../../../subgraphs/school/part.ts";
import { withClient } from "../../../system/databases.ts";
import { type Json, startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";

const contact = { party: "school", organisation: "1", schools: ["99AA00"], scope: "signals:read signals:handle" };
const elsewhere = { ...contact, schools: ["99AB00"] };
const router = { party: "service", organisation: "leerplicht" };
const bsn = "999990019";

const inbox = `{ signals { edges { node {
  id status message supportOn seenAt supportedAt erasesAt pupil { id displayName birthDate group { name } }
} } } }`;
const deliver = `mutation ($input: DeliverSignalInput!) {
  deliverSignal(input: $input) { __typename ... on SignalNotDelivered { code } } }`;

let school: TestSubgraph;

beforeAll(async () => {
  school = await startTestSubgraph(schoolSubgraph, schoolDatabase);
  await withClient(school.database.registryUrl, (registry) =>
    registry.query(`
      insert into registry.school (brincode, dependancecode, naam, plaats, schooljaar) values
        ('99AA', '00', 'De Regenboog', 'Veendal', '2026-2027'), ('99AB', '00', 'De Vlieger', 'Veendal', '2026-2027');
      insert into registry.groep (brincode, dependancecode, sleutel, naam) values ('99AA', '00', 'g1', '5a');
      insert into registry.leerling (brincode, dependancecode, sleutel, achternaam, voorvoegsel, roepnaam, geboortedatum, bsn, groep)
        values ('99AA', '00', 'p1', 'Veld', 'van der', 'Noor', '2017-03-04', '${bsn}', 1),
               ('99AA', '00', 'p2', 'Özdemir', null, 'Elif', '2018-01-02', null, 1),
               ('99AA', '00', 'p3', 'Jong', 'de', 'Daan', '2016-05-06', null, 1);
      insert into registry.medewerker (brincode, dependancecode, sleutel, achternaam, roepnaam, emailadres, rollen) values
        ('99AA', '00', 'm1', 'Bakker', 'Ina', 'ina@example.nl', '{IB}'), ('99AB', '00', 'm1', 'Smit', 'Jo', null, '{LRK}');
    `),
  );
  await withClient(school.database.adminUrl, (admin) =>
    admin.query(`
      insert into care.contact_person values ('99AA00', 'm1');
      insert into care.contact_hours (school_id, always) values ('99AA00', true);`),
  );
});

afterAll(async () => {
  await school[Symbol.asyncDispose]();
});

const noor = { bsn };
const daan = { givenName: "Daan", prefix: "de", familyName: "Jong", birthDate: "2016-05-06" };

/** Delivers a report about a pupil; gives the open signal that it belongs to. */
async function signalFor(child: Json, name: string): Promise<{ id: string; delivery: string }> {
  const delivery = randomUUID();
  await school.ask(router, deliver, { input: { id: delivery, schoolId: "99AA00", child } });
  const { data } = await school.ask(contact, inbox);
  const open = data.signals.edges.find(
    ({ node }: Json) => node.pupil?.displayName === name && node.status !== "SUPPORTED",
  );
  return { id: open.node.id, delivery };
}

describe("a delivery", () => {
  test("becomes one signal that names the pupil and says one sentence, and a repeat of it adds nothing", async () => {
    const input = { id: randomUUID(), schoolId: "99AA00", child: { bsn } };
    const first = await school.ask(router, deliver, { input });
    const again = await school.ask(router, deliver, { input });
    expect(first.data.deliverSignal.__typename).toBe("SignalDelivered");
    expect(again.data.deliverSignal.__typename).toBe("SignalDelivered");
    const { data } = await school.ask(contact, inbox);
    expect(data.signals.edges).toHaveLength(1);
    expect(data.signals.edges[0].node).toMatchObject({
      status: "RAISED",
      message: "Dit kind kan wat extra steun gebruiken.",
      pupil: { displayName: "Noor van der Veld", birthDate: "2017-03-04", group: { name: "5a" } },
    });
  });

  test("of another report about the same pupil does not stack", async () => {
    await school.ask(router, deliver, { input: { id: randomUUID(), schoolId: "99AA00", child: { bsn } } });
    const { data } = await school.ask(contact, inbox);
    expect(data.signals.edges).toHaveLength(1);
  });

  test("finds a pupil without a BSN by name and birth date", async () => {
    const child = { bsn: "999993653", givenName: "elif", familyName: "OZDEMIR", birthDate: "2018-01-02" };
    const { data } = await school.ask(router, deliver, { input: { id: randomUUID(), schoolId: "99AA00", child } });
    expect(data.deliverSignal.__typename).toBe("SignalDelivered");
  });

  test("to a school that does not know the child, or takes no part, is refused with the reason", async () => {
    const child = { givenName: "Elif", familyName: "Özdemir", birthDate: "2018-01-03" };
    const unknown = await school.ask(router, deliver, { input: { id: randomUUID(), schoolId: "99AA00", child } });
    expect(unknown.data.deliverSignal).toEqual({ __typename: "SignalNotDelivered", code: "PUPIL_UNKNOWN_AT_SCHOOL" });
    const apart = await school.ask(router, deliver, { input: { id: randomUUID(), schoolId: "99AB00", child } });
    expect(apart.data.deliverSignal).toEqual({ __typename: "SignalNotDelivered", code: "SCHOOL_NOT_PARTICIPATING" });
  });

  test("that was withdrawn before it came raises nothing", async () => {
    const id = randomUUID();
    const before = await school.ask(contact, inbox);
    await school.ask(
      router,
      "mutation ($input: WithdrawDeliveryInput!) { withdrawDelivery(input: $input) { accepted } }",
      {
        input: { id },
      },
    );
    const { data } = await school.ask(router, deliver, { input: { id, schoolId: "99AA00", child: daan } });
    expect(data.deliverSignal.__typename).toBe("SignalDelivered");
    const after = await school.ask(contact, inbox);
    expect(after.data.signals.edges).toHaveLength(before.data.signals.edges.length);
  });
});

describe("a contact", () => {
  test("of another school sees nothing and can handle nothing", async () => {
    const { id } = await signalFor(noor, "Noor van der Veld");
    const list = await school.ask(elsewhere, inbox);
    expect(list.data.signals.edges).toEqual([]);
    const one = await school.ask(elsewhere, `{ signal(id: "${id}") { id } school(id: "99AA00") { name } }`);
    expect(one.data).toEqual({ signal: null, school: null });
    const acknowledged = await school.ask(
      elsewhere,
      `mutation { acknowledgeSignal(input: { signalId: "${id}" }) { ... on SignalNotFound { code } } }`,
    );
    expect(acknowledged.data.acknowledgeSignal).toEqual({ code: "SIGNAL_NOT_FOUND" });
  });

  test("acknowledges a signal, once, and the router is told", async () => {
    const { id, delivery } = await signalFor(noor, "Noor van der Veld");
    const acknowledge = `mutation { acknowledgeSignal(input: { signalId: "${id}" }) {
      ... on SignalAcknowledged { signal { status seenAt } } } }`;
    const first = await school.ask(contact, acknowledge);
    const again = await school.ask(contact, acknowledge);
    expect(first.data.acknowledgeSignal.signal.status).toBe("SEEN");
    expect(again).toEqual(first);
    expect(await school.hops.next(({ input }) => input.id === delivery)).toMatchObject({ progress: "SEEN" });
    expect(school.hops.sent.filter(({ input }) => input.id === delivery)).toHaveLength(1);
  });

  test("hands a signal over to someone of the school only, and confirms support", async () => {
    const { id } = await signalFor(noor, "Noor van der Veld");
    const handOver = (
      staff: string,
    ) => `mutation { handOverSignal(input: { signalId: "${id}", staffMemberId: "${staff}" }) {
      __typename ... on SignalHandedOver { signal { status handedTo { name } } } } }`;
    expect((await school.ask(contact, handOver("2"))).data.handOverSignal.__typename).toBe("StaffMemberNotFound");
    expect((await school.ask(contact, handOver("1"))).data.handOverSignal).toMatchObject({
      signal: { status: "SEEN", handedTo: { name: "Ina Bakker" } },
    });
    const confirmed = await school.ask(
      contact,
      `mutation { confirmSupport(input: { signalId: "${id}" }) { ... on SupportConfirmed { signal { status } } } }`,
    );
    expect(confirmed.data.confirmSupport.signal.status).toBe("SUPPORTED");
  });

  test("returns a signal, and from then on nobody at the school sees whom it was about", async () => {
    const { id } = await signalFor(noor, "Noor van der Veld");
    const { data } = await school.ask(
      contact,
      `mutation { returnSignal(input: { signalId: "${id}", reason: LEFT_SCHOOL }) {
        ... on SignalReturned { signal { status pupil { displayName } } } } }`,
    );
    expect(data.returnSignal.signal).toEqual({ status: "RETURNED", pupil: null });
    const late = await school.ask(
      contact,
      `mutation { acknowledgeSignal(input: { signalId: "${id}" }) { ... on SignalClosed { code } } }`,
    );
    expect(late.data.acknowledgeSignal).toEqual({ code: "SIGNAL_CLOSED" });
  });

  test("without the scope may not look, and a router may not read the inbox", async () => {
    const { errors } = await school.ask({ ...contact, scope: "" }, inbox);
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const routed = await school.ask(router, inbox);
    expect(routed.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

describe("the subscription", () => {
  test("tells what comes live, and after a cursor what came since, without gap or repeat", async () => {
    const subscription = `subscription ($after: String) { signalEvents(schoolId: "99AA00", after: $after) {
      cursor kind signal { id status pupil { displayName } } } }`;
    const live = await school.subscribe(contact, subscription, { after: await lastCursor() });
    const { id } = await signalFor(daan, "Daan de Jong");
    const raised = (await live.next()).value.data.signalEvents;
    expect(raised).toMatchObject({ kind: "RAISED", signal: { id, pupil: { displayName: "Daan de Jong" } } });
    const next = live.next();
    await school.ask(contact, `mutation { acknowledgeSignal(input: { signalId: "${id}" }) { __typename } }`);
    const seen = (await next).value.data.signalEvents;
    expect(seen).toMatchObject({ kind: "CHANGED", signal: { id, status: "SEEN" } });
    const resumed = await school.subscribe(contact, subscription, { after: raised.cursor });
    expect((await resumed.next()).value.data.signalEvents.cursor).toBe(seen.cursor);
  });

  test("refuses a cursor that nobody gave", async () => {
    const events = await school.subscribe(
      contact,
      `subscription { signalEvents(after: "${randomUUID()}") { cursor } }`,
    );
    await expect(events.next()).resolves.toMatchObject({
      value: { errors: [{ extensions: { code: "CURSOR_UNKNOWN" } }] },
    });
  });
});

async function lastCursor(): Promise<string> {
  return withClient(school.database.adminUrl, async (admin) => {
    const { rows } = await admin.query("select id from care.event order by position desc limit 1");
    return rows[0].id;
  });
}
