import { randomUUID } from "node:crypto";
import { expect } from "@jest/globals";
import type { Environment } from "../../../plumbing/config.ts";
import { leerplichtDatabase } from "../../../subgraphs/leerplicht/database.ts";
import { leerplichtSubgraph } from "../../../subgraphs/leerplicht/part.ts";
import { withClient } from "../../../system/databases.ts";
import type { TestClaims } from "../../keys.ts";
import { type Json, startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";
import { until } from "../../until.ts";

const office = "00000099000000004000";
export const officer: TestClaims = {
  sub: "visser",
  party: "leerplicht",
  organisation: office,
  scope: "routing:manage",
};
export const colleague: TestClaims = { ...officer, sub: "jansen" };
export const police: TestClaims = { party: "police", organisation: "unit-1", scope: "signals:read" };
export const policePart: TestClaims = { party: "service", organisation: "police" };
const schoolPart: TestClaims = { party: "service", organisation: "school" };

/** A Monday morning in term, long after today: no timer runs before a test says so. */
export const monday = new Date("2041-01-14T08:00:00Z");

/** The children of the office's registry, by what is the matter with them. */
export const children = {
  enrolledOnce: { bsn: "999990019" },
  unknown: { givenName: "Niemand", familyName: "Onbekend", birthDate: "2017-01-01" },
  namesakes: { givenName: "Sem", familyName: "Bos", birthDate: "2016-01-01" },
  enrolledNoLonger: { bsn: "999993653" },
  enrolledTwice: { givenName: "Martijn", familyName: "Mulder", birthDate: "2014-03-03" },
  atSchoolWithoutPart: { givenName: "Ties", familyName: "Prins", birthDate: "2014-04-04" },
  elsewhere: { givenName: "Liv", familyName: "Vos", birthDate: "2014-05-05" },
};

const registry = `
  insert into registry.onderwijsinstelling (brin, vestiging, naam, plaats, telefoon, gemeentecode, deelname) values
    ('99AA', '00', 'De Regenboog', 'Veendal', '0900 000 9801', '9901', true),
    ('99AB', '00', 'De Vlieger', 'Veendal', null, '9901', true),
    ('99AC', '00', 'De Horizon', 'Veendal', '0900 000 9803', '9901', false);
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
`;

const taskFields = `id reason returnReason dueBy outcome claimedBy claimedUntil child { bsn name birthDate } school { id name telephone participates }
  candidates { id reason childName school { id telephone participates } }`;

/** What the school's part answers to a delivery. */
export type SchoolAnswer = "takes it in" | "PUPIL_UNKNOWN_AT_SCHOOL" | "SCHOOL_NOT_PARTICIPATING" | "is down";

/** An office with a few children and schools, whose clock and whose school's part the test sets. */
export interface OfficeUnderTest extends AsyncDisposable {
  readonly part: TestSubgraph;
  /** What the part's clock shows. */
  now: Date;
  /** What the school's part does with deliveries; while it is down, no answer comes. */
  schoolAnswer: SchoolAnswer;
  /** Resolves once this delivery waits for an answer of the school's part that is down. */
  unanswered(delivery: string): Promise<void>;
  /** The school's part is up again, answers what was sent to it meanwhile, and takes it in unless it is said. */
  repair(answer?: SchoolAnswer): void;
  /** The first bells that it tells. */
  firstBells: Date[];
  /** Submits a signal as an agency's part would; gives its id. */
  submitted(child: Json, given?: { sender?: TestClaims; organisation?: string; occurredAt?: Date }): Promise<string>;
  withdraw(id: string, sender?: TestClaims): Promise<void>;
  /** What the school's part says of the last delivery to it. */
  report(submission: string, progress: "SEEN" | "SUPPORTED" | "RETURNED", at?: Date, more?: Json): Promise<void>;
  /** How far the sender sees it. */
  progressOf(id: string, sender?: TestClaims): Promise<string>;
  /** A task of this signal, the open one unless it is said, as an officer reads it. */
  taskOf(submission: string, open?: boolean): Promise<Json>;
  /** The same, once there is one with this reason. */
  taskFor(submission: string, reason: string): Promise<Json>;
  /** A gesture of the officer's, or of another's: the answer, with the task. */
  gesture(name: string, input: Json, who?: TestClaims): Promise<Json>;
  /** Where the deliveries of a signal stand, in their order. */
  deliveries(submission: string): Promise<{ id: string; school_id: string; state: string }[]>;
  /** Waits until a delivery of this signal stands like this at its school. */
  delivered(submission: string, state?: string): Promise<void>;
  /** Does the job of this key, at its time at the earliest. @returns the time that it was set for; undefined where there is none. */
  runJob(key: string): Promise<Date | undefined>;
  /** Waits until nothing is left to be sent on. */
  settled(): Promise<void>;
  timeOf(key: string): Promise<Date | undefined>;
  query<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
}

export async function startOffice(own: Environment = {}): Promise<OfficeUnderTest> {
  const settings: { now: Date; schoolAnswer: SchoolAnswer; firstBells: Date[] } = {
    now: monday,
    schoolAnswer: "takes it in",
    firstBells: [],
  };
  const part = await startTestSubgraph(leerplichtSubgraph, leerplichtDatabase, { now: () => settings.now }, own);
  await withClient(part.database.registryUrl, (client) => client.query(registry));
  let up = Promise.withResolvers<void>();
  const asked = new Map<string, PromiseWithResolvers<void>>();
  const askedFor = (delivery: string) => {
    const known = asked.get(delivery) ?? Promise.withResolvers<void>();
    asked.set(delivery, known);
    return known;
  };
  part.hops.answer = async (document, { id }) => {
    if (!document.includes("deliverSignal")) return {};
    askedFor(id).resolve();
    while (settings.schoolAnswer === "is down") await up.promise;
    const { schoolAnswer: code, firstBells, now: appearsAt } = settings;
    const taken = { __typename: "SignalDelivered", appearsAt, firstBells };
    const answer = code === "takes it in" ? taken : { __typename: "SignalNotDelivered", code };
    return JSON.parse(JSON.stringify({ deliverSignal: answer }));
  };

  const query = <Row>(sql: string, values: unknown[] = []) =>
    withClient(part.database.adminUrl, async (admin) => (await admin.query(sql, values)).rows as Row[]);
  const asPart = async (claims: TestClaims, door: string, type: string, input: Json): Promise<void> => {
    const document = `mutation ($input: ${type}!) { ${door}(input: $input) { accepted } }`;
    const { data, errors } = await part.ask(claims, document, { input });
    expect(errors).toBeUndefined();
    expect(data[door].accepted).toBe(true);
  };
  const timeOf = async (key: string) =>
    (await query<{ run_at: Date }>("select run_at from graphile_worker.jobs where key = $1", [key]))[0]?.run_at;

  const office: OfficeUnderTest = Object.assign(settings, {
    part,
    query,
    timeOf,
    async settled() {
      const waiting = "select from graphile_worker.jobs where task_identifier = 'hop'";
      await until("the hops to be acknowledged", async () => (await query(waiting)).length === 0);
    },
    unanswered: (delivery: string) => askedFor(delivery).promise,
    repair(answer: SchoolAnswer = "takes it in") {
      settings.schoolAnswer = answer;
      up.resolve();
      up = Promise.withResolvers();
    },
    async submitted(child: Json, { sender = policePart, organisation = "unit-1", occurredAt = settings.now } = {}) {
      const id = randomUUID();
      await asPart(sender, "submitSignal", "SubmitSignalInput", { id, organisation, occurredAt, child });
      return id;
    },
    withdraw: (id: string, sender = policePart) =>
      asPart(sender, "withdrawSubmission", "WithdrawSubmissionInput", { id, organisation: "unit-1" }),
    async report(submission: string, progress: string, at = settings.now, more = {}) {
      const id = (await office.deliveries(submission)).at(-1)?.id;
      await asPart(schoolPart, "reportProgress", "ReportProgressInput", { id, progress, at, ...more });
    },
    async progressOf(id: string, sender = police) {
      const document = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on SentSignal { progress } } }`;
      const { data } = await part.ask(sender, document, { ids: [{ __typename: "SentSignal", id }] });
      return data._entities[0].progress;
    },
    async taskOf(submission: string, open = true) {
      const [found] = await query<{ id: string }>(
        `select id from care.routing_task where submission_id = $1 and (closed_at is null) = $2
         order by opened_at desc limit 1`,
        [submission, open],
      );
      if (found === undefined) return undefined;
      const { data, errors } = await part.ask(officer, `{ routingTask(id: "${found.id}") { ${taskFields} } }`);
      expect(errors).toBeUndefined();
      return data.routingTask;
    },
    taskFor: (submission: string, reason: string) =>
      until(`a task ${reason}`, async () => {
        const task = await office.taskOf(submission);
        return task?.reason === reason && task;
      }),
    async gesture(name: string, input: Json, who = officer) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      const task = `task { ${taskFields} }`;
      const members = ["SignalRouted", "TaskEnded", "RoutingTaskClaimed", "RoutingTaskReleased"];
      const own = { routeToSchool: 0, closeRoutingTask: 1, claimRoutingTask: 2, releaseRoutingTask: 3 }[name] ?? 0;
      const { data, errors } = await part.ask(
        who,
        `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename
           ... on ${members[own]} { ${task} } ... on RoutingTaskClosed { code ${task} }
           ... on RoutingTaskTaken { code ${task} } ... on RoutingTaskNotFound { code } } }`,
        { input },
      );
      expect(errors).toBeUndefined();
      return data[name];
    },
    deliveries: (submission: string) =>
      query<{ id: string; school_id: string; state: string }>(
        "select id, school_id, state from care.delivery where submission_id = $1 order by sent_at, state desc",
        [submission],
      ),
    async delivered(submission: string, state = "DELIVERED") {
      await until(`a delivery ${state}`, async () => (await office.deliveries(submission)).at(-1)?.state === state);
    },
    async runJob(key: string) {
      const due = await timeOf(key);
      const before = settings.now;
      if (due !== undefined && due > before) settings.now = due;
      await query(
        `select graphile_worker.add_job(task_identifier, payload, job_key := key, run_at := now())
         from (select jobs.task_identifier, own.payload, own.key from graphile_worker._private_jobs own
               join graphile_worker.jobs using (id) where own.key = $1) as waiting`,
        [key],
      );
      await until(`the job ${key}`, async () => (await timeOf(key)) === undefined);
      settings.now = before;
      return due;
    },
    async [Symbol.asyncDispose]() {
      office.repair();
      await part[Symbol.asyncDispose]();
    },
  });
  return office;
}
