import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { shelterDatabase } from "../../../subgraphs/shelter/database.ts";
import { shelterSubgraph } from "../../../subgraphs/shelter/part.ts";
import { withClient } from "../../../system/databases.ts";
import { type Json, startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";
import {
  endGuidance,
  guidance,
  recordConsent,
  startGuidance,
  supporter,
  withdrawConsent,
} from "../../way/circle-family.ts";

const organisation = "00000099000000003000";
const worker = { party: "shelter", organisation, scope: "guidance:manage" };
const otherShelter = { ...worker, organisation: "00000099000000003100" };
const contact = { party: "school", organisation: "1", schools: ["99AA00"], scope: "circles:read" };
const router = { party: "service", organisation: "leerplicht" };

const circles = "{ supportCircles { id supporter { name } } }";
const recordSchool = "mutation ($input: RecordSchoolInput!) { recordSchool(input: $input) { accepted } }";

const start = new Date("2026-11-23T10:00:00Z");
let now = start;
let shelter: TestSubgraph;

beforeAll(async () => {
  shelter = await startTestSubgraph(shelterSubgraph, shelterDatabase, { now: () => now });
});

afterAll(async () => shelter[Symbol.asyncDispose]());

async function rows(sql: string, values: unknown[] = []): Promise<Json[]> {
  return withClient(shelter.database.adminUrl, async (admin) => (await admin.query(sql, values)).rows);
}

/** Without what another subgraph adds to the answer. */
function ownFields(query: string): string {
  return query.replaceAll("school { name city contacts { name email } }", "school { circleKey }");
}

async function asWorker(query: string, variables: Json): Promise<Json> {
  const { data, errors } = await shelter.ask(worker, ownFields(query), variables);
  expect(errors).toBeUndefined();
  return Object.values(data)[0];
}

/** A family in guidance with one child, whose parent consents until a day. */
async function consented(validUntil: string): Promise<Json> {
  const [{ family }] = await rows("insert into registry.gezin (locatienr) values (1) returning gezin_uid as family");
  await rows(
    `insert into registry.client (gezin_uid, gezinsrol, voornaam, achternaam, geboren_op, burgerservicenummer)
     values ($1, 'ouder', 'Aylin', 'Kaya', '1990-01-01', null), ($1, 'kind', 'Emir', 'Kaya', '2018-02-03', '999990019')`,
    [family],
  );
  const { guidance: begun } = await asWorker(startGuidance, { input: { familyId: family, supporter } });
  const input = {
    guidanceId: begun.id,
    childId: begun.children[0].id,
    parentId: begun.parents[0].id,
    validUntil,
  };
  const { guidance: recorded } = await asWorker(recordConsent, { input });
  return { id: begun.id, input, consent: recorded.children[0].consents[0].id };
}

async function found(id: string, turn: number, schoolId: string | null, claims: Json = router): Promise<Json> {
  const input = { id, turn, found: schoolId === null ? null : { schoolId, circleKey: randomUUID() } };
  return shelter.ask(claims, recordSchool, { input });
}

async function circleIds(claims: Json = contact): Promise<string[]> {
  const { data, errors } = await shelter.ask(claims, circles);
  expect(errors).toBeUndefined();
  return data.supportCircles.map(({ id }: Json) => id);
}

describe("a support circle", () => {
  test("is there for the contact persons of the child's school alone, until its last day is over", async () => {
    now = start;
    const { id, consent } = await consented("2026-11-30");
    expect(await shelter.hops.next(({ input }) => input.id === consent)).toMatchObject({
      child: { bsn: "999990019", givenName: "Emir", familyName: "Kaya", birthDate: "2018-02-03" },
    });
    await found(consent, 1, "99AA00");
    expect(await circleIds()).toContain(consent);
    expect(await circleIds({ ...contact, schools: ["99AB00"] })).toEqual([]);
    expect(await circleIds({ ...contact, role: "teacher" })).toEqual([]);
    now = new Date("2026-11-30T22:59:59Z");
    expect(await circleIds()).toContain(consent);
    now = new Date("2026-11-30T23:00:00Z");
    expect(await circleIds()).toEqual([]);
    const { children } = await asWorker(guidance, { id });
    expect(children[0]).toMatchObject({ consents: [{ state: "EXPIRED" }], school: null });
  });

  test("goes by the latest news of the school, in whatever order news comes", async () => {
    now = start;
    const { consent } = await consented("2026-12-30");
    await found(consent, 3, "99AA00");
    await found(consent, 2, null);
    await found(consent, 1, "99AB00");
    expect(await circleIds()).toContain(consent);
    expect(await circleIds({ ...contact, schools: ["99AB00"] })).toEqual([]);
    await found(consent, 4, null);
    expect(await circleIds()).not.toContain(consent);
  });

  test("is not opened by news that comes after the consent is withdrawn", async () => {
    const { consent } = await consented("2026-12-30");
    await asWorker(withdrawConsent, { id: consent });
    await found(consent, 1, "99AA00");
    expect(await circleIds()).not.toContain(consent);
    expect(await rows("select from care.school_link where consent = $1", [consent])).toEqual([]);
  });

  test("is moved by no other part than Leerplicht, and by no client", async () => {
    const { consent } = await consented("2026-12-30");
    for (const claims of [{ ...router, organisation: "school" }, worker, contact]) {
      expect((await found(consent, 1, "99AA00", claims)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    }
    expect(await circleIds()).not.toContain(consent);
  });

  test("is seen by nobody without the scope, nor from another shelter", async () => {
    const { id, consent, input } = await consented("2026-12-30");
    const { errors } = await shelter.ask({ ...contact, scope: "signals:read" }, circles);
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const foreign = async (query: string, variables: Json) =>
      Object.values((await shelter.ask(otherShelter, ownFields(query), variables)).data)[0];
    expect(await foreign(guidance, { id })).toBeNull();
    expect(await foreign(withdrawConsent, { id: consent })).toMatchObject({ code: "CONSENT_NOT_FOUND" });
    expect(await foreign(recordConsent, { input })).toMatchObject({ code: "GUIDANCE_NOT_FOUND" });
    expect(await foreign(endGuidance, { id })).toMatchObject({ code: "GUIDANCE_NOT_FOUND" });
  });
});

describe("consent", () => {
  test("given again prolongs the one that holds", async () => {
    const { consent, input } = await consented("2026-12-30");
    const again = await asWorker(recordConsent, { input: { ...input, validUntil: "2027-01-15" } });
    expect(again.guidance.children[0].consents).toHaveLength(1);
    await asWorker(recordConsent, { input: { ...input, validUntil: "2026-12-01" } });
    const [{ valid_until: end }] = await rows("select valid_until from care.consent where id = $1", [consent]);
    expect(end).toEqual(new Date("2027-01-15T23:00:00Z"));
  });

  test("given anew after its last day is another one, whether or not its job has come", async () => {
    now = start;
    const { consent, input } = await consented("2026-11-24");
    now = new Date("2026-11-26T10:00:00Z");
    const { guidance: again } = await asWorker(recordConsent, { input: { ...input, validUntil: "2026-12-30" } });
    expect(again.children[0].consents.map(({ state }: Json) => state)).toEqual(["GIVEN", "EXPIRED"]);
    const isEnd = ({ document, input: sent }: Json) => document.includes("endSearch") && sent.id === consent;
    await shelter.hops.next(isEnd);
  });
});

test("four weeks after the end of guidance there is nobody left in it, and the moments stay", async () => {
  now = start;
  const { id, consent } = await consented("2026-12-30");
  await found(consent, 1, "99AA00");
  await asWorker(endGuidance, { id });
  now = new Date(start.getTime() + 28 * 24 * 3_600_000);
  await rows("select graphile_worker.add_job('eraseGuidance', $1::json, job_key := $2)", [
    JSON.stringify({ id }),
    `erase:${id}`,
  ]);
  const left = async () =>
    rows(
      `select guidance.*, registry_key, given_by from care.guidance
       join care.guided_child on guidance = guidance.id join care.consent on child = guided_child.id
       where guidance.id = $1`,
      [id],
    );
  for (;;) {
    const [row] = await left();
    if (row.family_key !== null) continue;
    const nobody = { supporter_name: null, supporter_telephone: null, supporter_email: null };
    expect(row).toMatchObject({ ...nobody, registry_key: null, given_by: null, started_at: start, ended_at: start });
    expect(row.first_circle_at).toEqual(start);
    return;
  }
});
