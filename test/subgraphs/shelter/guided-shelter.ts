import { randomUUID } from "node:crypto";
import { expect } from "@jest/globals";
import { shelterDatabase } from "../../../subgraphs/shelter/database.ts";
import { shelterSubgraph } from "../../../subgraphs/shelter/part.ts";
import { withClient } from "../../../system/databases.ts";
import type { TestClaims } from "../../keys.ts";
import { type Json, startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";
import { recordConsent, startGuidance, supporter } from "../../way/circle-family.ts";

export const organisation = "00000099000000003000";
export const worker = { party: "shelter", organisation, scope: "guidance:manage conversations:manage signals:read" };
export const otherShelter = { ...worker, organisation: "00000099000000003100" };
export const contact = {
  party: "school",
  organisation: "1",
  schools: ["99AA00"],
  scope: "circles:read conversations:manage",
};
export const router = { party: "service", organisation: "leerplicht" };

const recordSchool = "mutation ($input: RecordSchoolInput!) { recordSchool(input: $input) { accepted } }";

/** A shelter's part that runs alone, on a clock of the test's. */
export interface GuidedShelter extends AsyncDisposable {
  readonly part: TestSubgraph;
  now: Date;
  /** As the superuser, whom row-level security does not hold. */
  rows(sql: string, values?: unknown[]): Promise<Json[]>;
  /** What the one root field of an operation answers, which makes no error. */
  as(claims: TestClaims, query: string, variables?: Json): Promise<Json>;
  /** A family in guidance with one child, whose parent consents until a day; `consent` is the consent's id. */
  consented(change?: Json): Promise<{ id: string; input: Json; consent: string }>;
  /** Leerplicht tells where a child goes to school. */
  found(consent: string, turn: number, schoolId: string | null, claims?: TestClaims): Promise<Json>;
  /** Runs a job now, and resolves once it is done. */
  runJob(task: string, id: string, key: string): Promise<void>;
}

export async function startGuidedShelter(own: Record<string, string> = {}): Promise<GuidedShelter> {
  let now = new Date("2026-11-23T10:00:00Z");
  const clock = { now: () => now };
  const part = await startTestSubgraph(shelterSubgraph, shelterDatabase, clock, own);
  const rows: GuidedShelter["rows"] = (sql, values = []) =>
    withClient(part.database.adminUrl, async (admin) => (await admin.query(sql, values)).rows);
  const as: GuidedShelter["as"] = async (claims, query, variables = {}) => {
    const { data, errors } = await part.ask(claims, query, variables);
    expect(errors).toBeUndefined();
    return Object.values(data)[0];
  };
  return {
    part,
    get now() {
      return now;
    },
    set now(moment) {
      now = moment;
    },
    rows,
    as,
    async consented(change = {}) {
      const [{ family }] = await rows(
        "insert into registry.gezin (locatienr) values (1) returning gezin_uid as family",
      );
      await rows(
        `insert into registry.client (gezin_uid, gezinsrol, voornaam, achternaam, geboren_op, burgerservicenummer)
         values ($1, 'ouder', 'Aylin', 'Kaya', '1990-01-01', null), ($1, 'kind', 'Emir', 'Kaya', '2018-02-03', '999990019')`,
        [family],
      );
      const { guidance } = await as(worker, ownFields(startGuidance), { input: { familyId: family, supporter } });
      const [{ id: childId }] = guidance.children;
      const [{ id: parentId }] = guidance.parents;
      const input = { guidanceId: guidance.id, childId, parentId, validUntil: "2026-12-30", ...change };
      const { guidance: recorded } = await as(worker, ownFields(recordConsent), { input });
      return { id: guidance.id, input, consent: recorded.children[0].consents[0].id };
    },
    found(consent, turn, schoolId, claims = router) {
      const found = schoolId === null ? null : { schoolId, circleKey: randomUUID() };
      return part.ask(claims, recordSchool, { input: { id: consent, turn, found } });
    },
    async runJob(task, id, key) {
      await rows("select graphile_worker.add_job($1, $2::json, job_key := $3)", [task, JSON.stringify({ id }), key]);
      while ((await rows("select from graphile_worker.jobs where key = $1", [key])).length > 0);
    },
    [Symbol.asyncDispose]: () => part[Symbol.asyncDispose](),
  };
}

/** Without what another subgraph adds to the answer. */
export function ownFields(query: string): string {
  return query.replaceAll("school { name city contacts { name email } }", "school { circleKey }");
}
