import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openDatabase, systemClaims } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { leerplichtDatabase } from "../../../subgraphs/leerplicht/database.ts";
import { leerplichtSubgraph } from "../../../subgraphs/leerplicht/part.ts";
import { publishFigures } from "../../../subgraphs/leerplicht/store/publication.ts";
import { withClient } from "../../../system/databases.ts";
import { type Json, type SentHop, startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";
import { until } from "../../until.ts";

const office = "00000099000000004000";
const officer = { party: "leerplicht", organisation: office, scope: "routing:manage" };
const agency = { party: "police", organisation: "unit-1", scope: "signals:read" };
const sender = { party: "service", organisation: "police" };
const school = { party: "service", organisation: "school" };

const submit = "mutation ($input: SubmitSignalInput!) { submitSignal(input: $input) { accepted } }";
const report = "mutation ($input: ReportProgressInput!) { reportProgress(input: $input) { accepted } }";
const withdraw = "mutation ($input: WithdrawSubmissionInput!) { withdrawSubmission(input: $input) { accepted } }";
const tasks = `query ($open: Boolean) { routingTasks(open: $open) { edges { node {
  id reason dueBy outcome child { bsn name birthDate } candidates { id reason childName school { id name participates } }
} } } }`;
const progress = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on SentSignal { progress } } }`;

let leerplicht: TestSubgraph;

beforeAll(async () => {
  leerplicht = await startTestSubgraph(leerplichtSubgraph, leerplichtDatabase);
  await withClient(leerplicht.database.registryUrl, async (registry) => {
    await registry.query(`
      insert into registry.onderwijsinstelling (brin, vestiging, naam, plaats, gemeentecode, deelname) values
        ('99AA', '00', 'De Regenboog', 'Veendal', '9901', true),
        ('99AB', '00', 'De Vlieger', 'Veendal', '9901', true),
        ('99AC', '00', 'De Horizon', 'Veendal', '9901', false);
      insert into registry.leerplichtambtenaar (naam, emailadres) values ('R. Visser', 'visser@example.nl');
      insert into registry.ambtenaar_werkgebied values (1, '99AA', '00'), (1, '99AB', '00'), (1, '99AC', '00');
      insert into registry.jeugdige (sleutel, bsn, achternaam, roepnaam, voornamen, geboortedatum) values
        ('1', '999990019', 'Veld', 'Noor', 'Noor Maria', '2017-03-04'),
        ('2', null, 'Bos', 'Sem', 'Samuel', '2016-01-01'),
        ('3', null, 'Bos', 'Sem', 'Sem', '2016-01-01'),
        ('4', '999993653', 'Kok', 'Lot', 'Charlotte', '2015-02-02'),
        ('5', null, 'Mulder', 'Tijn', 'Martijn', '2014-03-03'),
        ('6', null, 'Prins', 'Ties', 'Thies', '2014-04-04'),
        ('7', null, 'Vos', 'Liv', 'Liv', '2014-05-05');
      insert into registry.inschrijving (jeugdige_id, brin, vestiging, datum_in, datum_uit) values
        (1, '99AA', '00', '2022-08-01', null), (2, '99AA', '00', '2022-08-01', null), (3, '99AB', '00', '2022-08-01', null),
        (4, '99AA', '00', '2020-08-01', '2025-08-01'), (5, '99AA', '00', '2020-08-01', null),
        (5, '99AB', '00', '2021-08-01', null), (6, '99AC', '00', '2020-08-01', null), (7, '98ZZ', '00', '2020-08-01', null);
    `);
  });
});

beforeEach(() => {
  leerplicht.hops.answer = (document: string) =>
    document.includes("deliverSignal")
      ? { deliverSignal: { __typename: "SignalDelivered", appearsAt: new Date().toISOString(), firstBells: [] } }
      : {};
});

afterAll(async () => {
  await leerplicht[Symbol.asyncDispose]();
});

const noor = { bsn: "999990019" };
const named = (givenName: string, familyName: string, birthDate: string) => ({ givenName, familyName, birthDate });

/** Submits a signal as the agency's part would; gives its id. */
async function submitted(child: Json): Promise<string> {
  const id = randomUUID();
  const input = { id, organisation: "unit-1", occurredAt: "2026-11-23T08:00:00Z", child };
  const { data } = await leerplicht.ask(sender, submit, { input });
  expect(data.submitSignal.accepted).toBe(true);
  return id;
}

/** The delivery that a submission led to, as its school was sent it. */
async function deliveryOf(submissionId: string): Promise<Json> {
  const { rows } = await withClient(leerplicht.database.adminUrl, (admin) =>
    admin.query("select id from care.delivery where submission_id = $1", [submissionId]),
  );
  return leerplicht.hops.next(({ input }: SentHop) => input.id === rows[0]?.id && input.schoolId !== undefined);
}

async function openTask(id: string): Promise<Json> {
  const { data } = await leerplicht.ask(officer, tasks);
  const submissions = await withClient(leerplicht.database.adminUrl, (admin) =>
    admin.query("select id from care.routing_task where submission_id = $1 and closed_at is null", [id]),
  );
  return data.routingTasks.edges
    .map((edge: Json) => edge.node)
    .find((task: Json) => task.id === submissions.rows[0]?.id);
}

async function progressOf(id: string, caller = agency): Promise<string> {
  const { data } = await leerplicht.ask(caller, progress, { ids: [{ __typename: "SentSignal", id }] });
  return data._entities[0].progress;
}

describe("a child with one enrolment", () => {
  test("is brought to that school, under an id of its own", async () => {
    const id = await submitted(noor);
    const delivery = await deliveryOf(id);
    expect(delivery.id).not.toBe(id);
    expect(delivery.schoolId).toBe("99AA00");
    expect(delivery.child).toMatchObject({ bsn: "999990019", familyName: "Veld", birthDate: "2017-03-04" });
    expect(await progressOf(id)).toBe("DELIVERED");
  });

  test("is brought there once, however often and however much at once it is sent", async () => {
    const id = randomUUID();
    const input = { id, organisation: "unit-1", occurredAt: "2026-11-23T08:00:00Z", child: noor };
    await Promise.all(Array.from({ length: 10 }, () => leerplicht.ask(sender, submit, { input })));
    const { rows } = await withClient(leerplicht.database.adminUrl, (admin) =>
      admin.query("select count(*)::int as count from care.delivery where submission_id = $1", [id]),
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  test("leaves no child in the outbox once the school has it", async () => {
    await deliveryOf(await submitted(noor));
    await until("no child in the outbox", async () => {
      const waiting = (await leerplicht.identities()).filter(({ table }) => table === "outbox");
      return !waiting.some(({ content }) => content.includes("999990019"));
    });
  });
});

describe("a child whom no machine may route", () => {
  test.each([
    ["NO_MATCH", named("Niemand", "Onbekend", "2017-01-01"), []],
    ["SEVERAL_MATCHES", named("Sem", "Bos", "2016-01-01"), ["NAMESAKE_ENROLLED", "NAMESAKE_ENROLLED"]],
    ["NO_ENROLMENT", { bsn: "999993653" }, ["FORMERLY_ENROLLED"]],
    ["SEVERAL_ENROLMENTS", named("Martijn", "Mulder", "2014-03-03"), ["ENROLLED", "ENROLLED"]],
    ["SCHOOL_NOT_PARTICIPATING", named("Ties", "Prins", "2014-04-04"), ["ENROLLED"]],
    ["OTHER_MUNICIPALITY", named("Liv", "Vos", "2014-05-05"), ["ENROLLED"]],
  ])("becomes a task %s for the office, with candidates and why", async (reason, child, candidates) => {
    const task = await openTask(await submitted(child));
    expect(task).toMatchObject({ reason, dueBy: "2026-11-24T08:00:00.000Z", outcome: null });
    expect(task.candidates.map((candidate: Json) => candidate.reason)).toEqual(candidates);
  });

  test("looks the same to its sender as one who was routed", async () => {
    const [unknown, known] = [await submitted(named("Niemand", "Onbekend", "2017-01-01")), await submitted(noor)];
    expect(await progressOf(unknown)).toBe(await progressOf(known));
  });

  test("is a task too when the school does not know the child", async () => {
    leerplicht.hops.answer = () => ({
      deliverSignal: { __typename: "SignalNotDelivered", code: "PUPIL_UNKNOWN_AT_SCHOOL" },
    });
    const id = await submitted(noor);
    await until("the officer's task", async () => (await openTask(id))?.reason === "PUPIL_UNKNOWN_AT_SCHOOL");
  });
});

describe("an officer", () => {
  test("routes a task to a candidate's school, where the child of the registry is named", async () => {
    const id = await submitted(named("Sem", "Bos", "2016-01-01"));
    const task = await openTask(id);
    const candidate = task.candidates.find((one: Json) => one.school.id === "99AB00");
    const route = `mutation { routeToSchool(input: { taskId: "${task.id}", schoolId: "99AB00", candidateId: "${candidate.id}" }) {
      __typename ... on SignalRouted { task { outcome } } } }`;
    const answers = await Promise.all([leerplicht.ask(officer, route), leerplicht.ask(officer, route)]);
    expect(answers.map(({ data }) => data.routeToSchool.__typename).sort()).toEqual([
      "RoutingTaskClosed",
      "SignalRouted",
    ]);
    expect(await deliveryOf(id)).toMatchObject({ schoolId: "99AB00", child: { familyName: "Bos", givenName: "Sem" } });
  });

  test("cannot route to a school that is unknown or takes no part", async () => {
    const { id } = await openTask(await submitted(named("Niemand", "Onbekend", "2017-01-01")));
    const route = (schoolId: string) =>
      `mutation { routeToSchool(input: { taskId: "${id}", schoolId: "${schoolId}" }) { ... on SchoolNotAvailable { code } } }`;
    expect((await leerplicht.ask(officer, route("99AC00"))).data.routeToSchool.code).toBe("SCHOOL_NOT_PARTICIPATING");
    expect((await leerplicht.ask(officer, route("12XX00"))).data.routeToSchool.code).toBe("SCHOOL_UNKNOWN");
  });

  test("closes a task without a school; the sender learns that it is closed, and the child is gone", async () => {
    const id = await submitted(named("Niemand", "Onbekend", "2017-01-01"));
    const task = await openTask(id);
    const { data } = await leerplicht.ask(
      officer,
      `mutation { closeRoutingTask(input: { taskId: "${task.id}", outcome: NOT_FOUND }) {
        ... on TaskEnded { task { outcome child { name birthDate } } } } }`,
    );
    expect(data.closeRoutingTask.task).toEqual({ outcome: "NOT_FOUND", child: { name: null, birthDate: null } });
    expect(await leerplicht.hops.next(({ input }) => input.id === id)).toEqual({ id, progress: "CLOSED" });
    expect(await progressOf(id)).toBe("CLOSED");
  });

  test("of another office sees no task", async () => {
    const task = await openTask(await submitted(named("Niemand", "Onbekend", "2017-01-01")));
    const { data } = await leerplicht.ask(
      { ...officer, organisation: "another" },
      `{ routingTask(id: "${task.id}") { id } routingTasks { edges { node { id } } } }`,
    );
    expect(data).toEqual({ routingTask: null, routingTasks: { edges: [] } });
  });
});

describe("the way back", () => {
  test("tells the sender what the school's contact did, in order, and never goes back", async () => {
    const id = await submitted(noor);
    const delivery = await deliveryOf(id);
    const say = (step: string) =>
      leerplicht.ask(school, report, { input: { id: delivery.id, progress: step, at: "2026-11-23T07:50:00Z" } });
    await say("SEEN");
    expect(await progressOf(id)).toBe("SEEN");
    await say("SUPPORTED");
    await say("SEEN");
    expect(await progressOf(id)).toBe("SUPPORTED");
    const told = await leerplicht.hops.next(({ input }) => input.id === id && input.progress === "SEEN");
    expect(told).toEqual({ id, progress: "SEEN" });
    expect(leerplicht.hops.sent.find(({ input }) => input === told)?.document).toContain("recordPoliceProgress");
  });

  test("is closed to others: another agency, and the same unit's name at another agency, read only that it was sent", async () => {
    const id = await submitted(noor);
    expect(await progressOf(id, { ...agency, organisation: "unit-2" })).toBe("SENT");
    expect(await progressOf(id, { ...agency, party: "shelter" })).toBe("SENT");
  });

  test("of a returned signal is a task for the office, and nothing that the sender could see", async () => {
    const id = await submitted(noor);
    const delivery = await deliveryOf(id);
    await leerplicht.ask(school, report, {
      input: { id: delivery.id, progress: "RETURNED", at: "2026-11-23T07:50:00Z" },
    });
    expect(await openTask(id)).toMatchObject({ reason: "RETURNED_BY_SCHOOL", child: { bsn: "999990019" } });
    expect(await progressOf(id)).toBe("DELIVERED");
  });
});

describe("a withdrawn signal", () => {
  test("is taken back from the school and from the work list", async () => {
    const id = await submitted(noor);
    const delivery = await deliveryOf(id);
    await leerplicht.ask(sender, withdraw, { input: { id } });
    await leerplicht.hops.next(
      ({ document, input }) => document.includes("withdrawDelivery") && input.id === delivery.id,
    );
    expect(await progressOf(id)).toBe("WITHDRAWN");
    const waiting = await submitted(named("Niemand", "Onbekend", "2017-01-01"));
    await leerplicht.ask(sender, withdraw, { input: { id: waiting } });
    expect(await openTask(waiting)).toBeUndefined();
  });

  test("is taken back from the school that an officer chooses at the same moment", async () => {
    const ids = await Promise.all(
      Array.from({ length: 12 }, () => submitted(named("Niemand", "Onbekend", "2017-01-01"))),
    );
    for (const id of ids) {
      const task = await openTask(id);
      const route = `mutation { routeToSchool(input: { taskId: "${task.id}", schoolId: "99AA00" }) { __typename } }`;
      await Promise.all([leerplicht.ask(officer, route), leerplicht.ask(sender, withdraw, { input: { id } })]);
    }
    const { rows } = await withClient(leerplicht.database.adminUrl, (admin) =>
      admin.query("select distinct state from care.delivery where submission_id = any ($1)", [ids]),
    );
    expect(rows.map(({ state }) => state).filter((state) => state !== "WITHDRAWN")).toEqual([]);
  });

  test("that overtook its own submission goes nowhere", async () => {
    const id = randomUUID();
    await leerplicht.ask(sender, withdraw, { input: { id } });
    const input = { id, organisation: "unit-1", occurredAt: "2026-11-23T08:00:00Z", child: noor };
    await leerplicht.ask(sender, submit, { input });
    expect(await progressOf(id)).toBe("WITHDRAWN");
    const { rows } = await withClient(leerplicht.database.adminUrl, (admin) =>
      admin.query("select from care.delivery where submission_id = $1", [id]),
    );
    expect(rows).toEqual([]);
  });

  test("cannot be withdrawn by another agency's part", async () => {
    const id = await submitted(noor);
    await leerplicht.ask({ party: "service", organisation: "shelter" }, withdraw, { input: { id } });
    expect(await progressOf(id)).toBe("DELIVERED");
  });
});

describe("an operator", () => {
  const operator = { party: "operator", organisation: "o", scope: "statistics:read" };
  const figures = (from: string, to: string) =>
    leerplicht.ask(
      operator,
      `{ statistics(from: "${from}", to: "${to}") {
        from to signals backlog months { month municipality municipalityName signals } } }`,
    );

  test("is told what was published, for whole months, and sees no row", async () => {
    for (let sent = 0; sent < 5; sent += 1) await submitted(noor);
    await publish();
    const { data } = await figures("2026-01-15", dutchDay(new Date()));
    expect(data.statistics.from).toBe("2026-01-01");
    expect(data.statistics.signals).toBeGreaterThanOrEqual(5);
    expect((await figures("2020-01-01", "2020-01-02")).data.statistics.signals).toBeNull();
    expect(data.statistics.months).toEqual(
      expect.arrayContaining([
        {
          month: dutchDay(new Date()).slice(0, 7),
          municipality: "9901",
          municipalityName: null,
          signals: expect.any(Number),
        },
      ]),
    );
    const denied = await leerplicht.ask(operator, tasks);
    expect(denied.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  test("is told what a municipality is called, where an institution in it says so", async () => {
    const change = (sql: string) =>
      withClient(leerplicht.database.registryUrl, (registry) =>
        registry.query(`${sql.replace("institutions", "registry.onderwijsinstelling")}`),
      );
    const names = async (): Promise<string[]> => {
      const { data } = await figures("2026-01-15", dutchDay(new Date()));
      return data.statistics.months.map(({ municipalityName }: Json) => municipalityName);
    };
    for (let sent = 0; sent < 5; sent += 1) await submitted(noor);
    await publish();
    await change("update institutions set gemeentenaam = 'Veendal' where brin = '99AB'");
    expect(await names()).toContain("Veendal");
    await change("alter table institutions rename gemeentenaam to naam_van_gemeente");
    expect(new Set(await names())).toEqual(new Set([null]));
    await change("alter table institutions rename naam_van_gemeente to gemeentenaam");
  });
});

/** Does what the part does each minute. */
async function publish(): Promise<void> {
  await using database = await openDatabase(leerplicht.database.appUrl, []);
  await database.transaction(systemClaims, (rows) => publishFigures(rows, new Date()));
}
