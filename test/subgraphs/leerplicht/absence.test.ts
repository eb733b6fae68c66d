import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { withClient } from "../../../system/databases.ts";
import type { TestClaims } from "../../keys.ts";
import type { Json } from "../../subgraph.ts";
import { until } from "../../until.ts";
import { children, monday, type OfficeUnderTest, officer as routingOfficer, startOffice } from "./office-under-test.ts";

const officer = { ...routingOfficer, scope: "absences:report" };
const otherOffice = { ...officer, organisation: "00000099000000004100" };
const shelter = { party: "service", organisation: "shelter" };
const fields = "id firstDay lastDay talk child { bsn name }";
const report = `mutation ($input: ReportPupilAbsenceInput!) { reportPupilAbsence(input: $input) {
  __typename ... on PupilAbsenceReported { firstDay lastDay } ... on PupilAbsenceRefused { code } } }`;

let office: OfficeUnderTest;

beforeAll(async () => {
  office = await startOffice();
  const answer = office.part.hops.answer;
  office.part.hops.answer = (document, input) =>
    document.includes("openCircle")
      ? { openCircle: { __typename: "CircleOpened", circleKey: randomUUID() } }
      : answer(document, input);
});

afterAll(async () => office[Symbol.asyncDispose]());

async function as(claims: TestClaims, query: string, variables: Json = {}): Promise<Json> {
  const { data, errors } = await office.part.ask(claims, query, variables);
  expect(errors).toBeUndefined();
  return Object.values(data)[0];
}

const hop = (door: string, type: string, input: Json, who: TestClaims = shelter) =>
  as(who, `mutation ($input: ${type}!) { ${door}(input: $input) { accepted } }`, { input });

/** What subscribers were told of absences. */
const events = () => office.query("select id from care.event where stream like 'absence:%' order by position");

/** What is to be erased by a moment is. */
async function erased(moment: string): Promise<void> {
  office.now = new Date(moment);
  await office.query("select graphile_worker.add_job('eraseAbsences', job_key := 'erase now')");
  await until("the erasure", async () => (await office.timeOf("erase now")) === undefined);
  office.now = monday;
}

/** A child with a support circle, asked for under this id. */
async function circled(child: Json = children.enrolledOnce): Promise<string> {
  const id = randomUUID();
  await hop("findSchool", "FindSchoolInput", { id, child });
  return id;
}

const reported = (child: Json, change: Json = {}, who: TestClaims = officer) =>
  as(who, report, { input: { child, firstDay: "2041-01-10", lastDay: "2041-01-11", ...change } });

const list = (who: TestClaims = officer) => as(who, `{ pupilAbsences { ${fields} } }`);

/** The hops that call for a talk, once nothing waits. */
async function raised(): Promise<Json[]> {
  await office.settled();
  return office.part.hops.sent.filter(({ document }) => document.includes("raiseAbsence")).map(({ input }) => input);
}

const taken = { __typename: "PupilAbsenceReported", firstDay: "2041-01-10", lastDay: "2041-01-11" };

/** How far the talk is, as the shelter's part tells it. */
const tell = (id: string, status: string, revision: number) =>
  hop("reportTalk", "ReportTalkInput", { id, status, revision });

/** A report about a child with a circle: the ids of both. */
async function called(child: Json = children.enrolledOnce): Promise<{ id: string; circleId: string }> {
  const circleId = await circled(child);
  expect(await reported(child)).toEqual(taken);
  const { id } = (await raised()).find((call) => call.circleId === circleId);
  return { id, circleId };
}

describe("suspected unauthorised absence", () => {
  test("of a child with a circle calls for one talk, whose latest news counts, and which ends with the consent", async () => {
    const { id, circleId } = await called();
    await tell(id, "PLANNED", 2);
    await tell(id, "PROPOSED", 1);
    const known = { id, firstDay: "2041-01-10", lastDay: "2041-01-11", talk: "PLANNED" };
    const child = { bsn: "999990019", name: null };
    expect(await list()).toEqual([{ ...known, child }]);
    await reported(children.enrolledOnce, { firstDay: "2041-01-08", lastDay: "2041-01-10" });
    expect(await list()).toEqual([{ ...known, child, firstDay: "2041-01-08" }]);
    expect(await list(otherOffice)).toEqual([]);

    await tell(id, "HELD", 4);
    await reported(children.enrolledOnce);
    const next = (await raised()).at(-1).id;
    expect(next).not.toBe(id);
    await tell(next, "PROPOSED", 1);
    await hop("endSearch", "EndSearchInput", { id: circleId });
    const gone = { bsn: null, name: null };
    expect((await list()).map((one: Json) => [one.talk, one.child]).sort()).toEqual([
      ["CANCELLED", gone],
      ["HELD", gone],
    ]);
  });

  test("is answered alike whether the child has a circle or not, and shown only once more is done than to call", async () => {
    const before = { answers: await list(), events: await events() };
    const without = await reported(children.enrolledOnce);
    const { id, circleId } = await called();
    expect(without).toEqual(taken);
    expect(await reported(children.enrolledOnce)).toEqual(without);
    expect({ answers: await list(), events: await events() }).toEqual(before);
    await hop("endSearch", "EndSearchInput", { id: circleId });
    expect(await reported(children.enrolledOnce)).toEqual(without);
    await tell(id, "CANCELLED", 1);
    expect({ answers: await list(), events: await events() }).toEqual(before);
  });

  test("is erased four weeks after its talk, with what was told of it", async () => {
    const { id, circleId } = await called();
    await tell(id, "HELD", 1);
    const left = async () =>
      (
        await office.query(
          "select id from care.absence where id = $1 union all select subject from care.event where subject = $1",
          [id],
        )
      ).length;
    await erased("2041-02-11T07:59:59Z");
    expect(await left()).toBeGreaterThan(1);
    await erased("2041-02-11T08:00:00Z");
    expect(await left()).toBe(0);
    await hop("endSearch", "EndSearchInput", { id: circleId });
  });

  test("comes by a row of the registry, also twice at once, and of an office that has the child's circle only", async () => {
    const circleId = await circled();
    const before = (await raised()).length;
    const write = (organisation: string) =>
      office.query(
        `insert into registry.verzuimmelding (jeugdige_id, eerste_dag, laatste_dag, kantoor_oin)
         values (1, '2041-01-07', '2041-01-07', $1), (1, '2041-01-09', '2041-01-09', $1), (2, '2041-01-09', '2041-01-09', $1)`,
        [organisation],
      );
    await write(otherOffice.organisation);
    expect(await raised()).toHaveLength(before);
    await write(officer.organisation ?? "");
    const calls = (await raised()).slice(before);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(1);
    expect(calls[0].circleId).toBe(circleId);
    // All are of one moment of the office's clock, and so in no order.
    await tell(calls[0].id, "PROPOSED", 1);
    const absence = (await list()).find(({ id }: Json) => id === calls[0].id);
    expect(absence).toMatchObject({ firstDay: "2041-01-07", lastDay: "2041-01-09" });
    await hop("endSearch", "EndSearchInput", { id: circleId });
  });

  test("is refused with a code where input is wrong, and to whoever has no right to it", async () => {
    const circleId = await circled();
    expect(await reported(children.unknown)).toMatchObject({ code: "CHILD_NOT_FOUND" });
    expect(await reported(children.namesakes)).toMatchObject({ code: "CHILD_NOT_FOUND" });
    expect(await reported(children.enrolledOnce, { lastDay: "2041-01-15" })).toMatchObject({ code: "DAYS_INVALID" });
    expect(await reported(children.enrolledOnce, { firstDay: "2041-01-12" })).toMatchObject({ code: "DAYS_INVALID" });
    const before = (await raised()).length;
    expect(await reported(children.enrolledOnce, {}, otherOffice)).toEqual(taken);
    expect(await raised()).toHaveLength(before);
    const { errors } = await office.part.ask({ ...officer, scope: "routing:manage" }, `{ pupilAbsences { id } }`);
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    await hop("endSearch", "EndSearchInput", { id: circleId });
  });

  test("waits for the child's circle without keeping others from the processing log", async () => {
    const id = await circled();
    await withClient(office.part.database.adminUrl, async (admin) => {
      await admin.query("begin");
      await admin.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`circle search:${id}`]);
      const reporting = reported(children.enrolledOnce);
      const waiting = "select from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))";
      await until("a report that waits for the circle", async () => (await admin.query(waiting)).rows.length > 0);
      const [log] = await office.query<{ free: boolean }>(
        "select pg_try_advisory_xact_lock(hashtextextended('care.processing', 0)) as free",
      );
      expect(log).toEqual({ free: true });
      await admin.query("rollback");
      expect(await reporting).toEqual(taken);
    });
    await hop("endSearch", "EndSearchInput", { id });
  });

  test("is in the processing log, also by a row, which names nobody, and no table of ours names the child", async () => {
    const { id, circleId } = await called();
    await tell(id, "PROPOSED", 1);
    await list();
    await office.query(
      `insert into registry.verzuimmelding (jeugdige_id, eerste_dag, laatste_dag, kantoor_oin)
       values (1, '2041-01-07', '2041-01-07', $1)`,
      [officer.organisation],
    );
    await office.settled();
    const log = await office.query<Json>(
      `select activity, party, subject from care.processing
       where activity like 'absence.%' order by position desc limit 4`,
    );
    expect(log.map(({ activity, party }) => [activity, party])).toEqual([
      ["absence.report", "system"],
      ["absence.read", "leerplicht"],
      ["absence.talk", "service"],
      ["absence.report", "leerplicht"],
    ]);
    expect(new Set(log.map(({ subject }) => subject)).size).toBe(1);
    await office.settled();
    const tables = await office.query<Json>(
      `select string_agg(item::text, ' ') as text from care.absence as item
       union all select string_agg(item::text, ' ') from care.circle_search as item
       union all select string_agg(item::text, ' ') from care.outbox as item`,
    );
    expect(JSON.stringify(tables)).not.toMatch(/999990019|Veld|Noor/);
    await hop("endSearch", "EndSearchInput", { id: circleId });
  });
});
