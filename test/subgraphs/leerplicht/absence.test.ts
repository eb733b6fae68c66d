import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { TestClaims } from "../../keys.ts";
import type { Json } from "../../subgraph.ts";
import { children, type OfficeUnderTest, officer as routingOfficer, startOffice } from "./office-under-test.ts";

const officer = { ...routingOfficer, scope: "absences:report" };
const otherOffice = { ...officer, organisation: "00000099000000004100" };
const shelter = { party: "service", organisation: "shelter" };
const fields = "id firstDay lastDay talk child { bsn name }";
const report = `mutation ($input: ReportPupilAbsenceInput!) { reportPupilAbsence(input: $input) {
  ... on PupilAbsenceReported { absence { ${fields} } } ... on PupilAbsenceRefused { code } } }`;

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

describe("suspected unauthorised absence", () => {
  test("of a child with a circle calls for one talk, whose latest news counts, and which ends with the consent", async () => {
    expect(await reported(children.enrolledOnce)).toEqual({ code: "NO_SUPPORT_CIRCLE" });
    const circleId = await circled();
    const { absence } = await reported(children.enrolledOnce);
    const known = {
      firstDay: "2041-01-10",
      lastDay: "2041-01-11",
      child: { bsn: "999990019", name: null },
    };
    expect(absence).toEqual({ id: expect.any(String), talk: "CALLED", ...known });
    expect(await raised()).toContainEqual({ id: absence.id, circleId });

    const tell = (status: string, revision: number) =>
      hop("reportTalk", "ReportTalkInput", { id: absence.id, status, revision });
    await tell("PLANNED", 2);
    await tell("PROPOSED", 1);
    expect(await list()).toMatchObject([{ talk: "PLANNED" }]);
    const again = await reported(children.enrolledOnce, { firstDay: "2041-01-08", lastDay: "2041-01-10" });
    expect(again.absence).toEqual({ ...absence, talk: "PLANNED", firstDay: "2041-01-08" });
    expect(await list(otherOffice)).toEqual([]);

    await tell("HELD", 4);
    const next = await reported(children.enrolledOnce);
    expect(next.absence.id).not.toBe(absence.id);
    await hop("endSearch", "EndSearchInput", { id: circleId });
    expect((await list()).map(({ child }: Json) => child)).toEqual([
      { bsn: null, name: null },
      { bsn: null, name: null },
    ]);
    expect(await reported(children.enrolledOnce)).toEqual({ code: "NO_SUPPORT_CIRCLE" });
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
    const absence = (await list()).find(({ id }: Json) => id === calls[0].id);
    expect(absence).toMatchObject({ firstDay: "2041-01-07", lastDay: "2041-01-09", talk: "CALLED" });
    await hop("endSearch", "EndSearchInput", { id: circleId });
  });

  test("is refused with a code where input is wrong, and to whoever has no right to it", async () => {
    const circleId = await circled();
    expect(await reported(children.unknown)).toEqual({ code: "CHILD_NOT_FOUND" });
    expect(await reported(children.namesakes)).toEqual({ code: "CHILD_NOT_FOUND" });
    expect(await reported(children.enrolledOnce, { lastDay: "2041-01-15" })).toEqual({ code: "DAYS_INVALID" });
    expect(await reported(children.enrolledOnce, { firstDay: "2041-01-12" })).toEqual({ code: "DAYS_INVALID" });
    expect(await reported(children.enrolledOnce, {}, otherOffice)).toEqual({ code: "NO_SUPPORT_CIRCLE" });
    const { errors } = await office.part.ask({ ...officer, scope: "routing:manage" }, `{ pupilAbsences { id } }`);
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    await hop("endSearch", "EndSearchInput", { id: circleId });
  });

  test("is in the processing log, which names nobody, and no table of ours names the child", async () => {
    const circleId = await circled();
    const { absence } = await reported(children.enrolledOnce);
    const log = await office.query<Json>(
      "select activity, subject from care.processing where object = $1 order by position",
      [absence.id],
    );
    expect(log.map(({ activity }) => activity)).toEqual(["absence.report", "absence.read"]);
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
