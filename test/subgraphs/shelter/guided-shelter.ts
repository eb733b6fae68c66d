import { randomUUID } from "node:crypto";
import { expect } from "@jest/globals";
import { shelterDatabase } from "../../../subgraphs/shelter/database.ts";
import { shelterSubgraph } from "../../../subgraphs/shelter/part.ts";
import { withClient } from "../../../system/databases.ts";
import type { TestClaims } from "../../keys.ts";
import { type Json, startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";
import { until } from "../../until.ts";
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

/** A family in guidance whose parent has consented. */
export interface ConsentedFamily {
  /** The guidance. */
  readonly id: string;
  /** What the consent was recorded by. */
  readonly input: Json;
  readonly consent: string;
  /** Under which Leerplicht was asked for the school. */
  readonly circle: string;
}

/** A shelter's part that runs alone, on a clock of the test's. */
export interface GuidedShelter extends AsyncDisposable {
  readonly part: TestSubgraph;
  now: Date;
  /** As the superuser, whom row-level security does not hold. */
  rows(sql: string, values?: unknown[]): Promise<Json[]>;
  /** What each query gives the part's own role on behalf of these claims: the ids, in their order. */
  asApp(claims: string, queries: readonly string[]): Promise<string[]>;
  /** What the one root field of an operation answers, which makes no error. */
  as(claims: TestClaims, query: string, variables?: Json): Promise<Json>;
  /** The same for the supporter, without what another subgraph adds to the answer. */
  asWorker(query: string, variables: Json): Promise<Json>;
  /** A family in guidance with one child, whose parent consents until a day. */
  consented(change?: Json): Promise<ConsentedFamily>;
  /** Under which Leerplicht is asked for the school of the family's child now. */
  circleOf(family: Pick<ConsentedFamily, "input">): Promise<string>;
  /** The id of the parent's consent for the child that has not ended. */
  openConsentOf(input: Json): Promise<string>;
  /** Another parent of that family. */
  partnerOf(family: ConsentedFamily): Promise<string>;
  /** Leerplicht tells where a child goes to school. */
  found(circle: string, turn: number, schoolId: string | null, claims?: TestClaims): Promise<Json>;
  /**
   * Does something while another transaction, which has not committed yet, has done what the SQL says, and waits for it;
   * then lets that one commit.
   */
  behind(first: readonly [sql: string, values: unknown[]][], second: () => Promise<Json>): Promise<Json>;
  /** Resolves once what a trigger has had told of a family is told. */
  untilJobsAreDone(id: string): Promise<void>;
  /** Runs a job now, and resolves once it is done, or put off as it came too early. */
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
  const asWorker: GuidedShelter["asWorker"] = (query, variables) => as(worker, ownFields(query), variables);
  const circleOf: GuidedShelter["circleOf"] = async ({ input }) => {
    const [circle] = await rows("select id from care.circle where child = $1", [input.childId]);
    return circle.id;
  };
  const jobsDone = async (keys: readonly string[]): Promise<void> => {
    await until("a job", async () => {
      const due = "select from graphile_worker.jobs where key = any ($1) and run_at <= now()";
      return (await rows(due, [keys])).length === 0;
    });
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
    asWorker,
    asApp: (claims, queries) =>
      withClient(part.database.appUrl, async (app) => {
        await app.query("select set_config('app.claims', $1, false), set_config('app.now', $2, false)", [
          claims,
          now.toISOString(),
        ]);
        const found: string[] = [];
        for (const query of queries) found.push(...(await app.query(query)).rows.map(({ id }) => id));
        return found;
      }),
    async consented(change = {}) {
      const [{ family }] = await rows(
        "insert into registry.gezin (locatienr) values (1) returning gezin_uid as family",
      );
      await rows(
        `insert into registry.client (gezin_uid, gezinsrol, voornaam, achternaam, geboren_op, burgerservicenummer)
         values ($1, 'ouder', 'Aylin', 'Kaya', '1990-01-01', null), ($1, 'kind', 'Emir', 'Kaya', '2018-02-03', '999990019')`,
        [family],
      );
      const { guidance } = await asWorker(startGuidance, { input: { familyId: family, supporter } });
      const [{ id: childId }] = guidance.children;
      const [{ id: parentId }] = guidance.parents;
      const input = { guidanceId: guidance.id, childId, parentId, validUntil: "2026-12-30", ...change };
      const { guidance: recorded } = await asWorker(recordConsent, { input });
      return {
        id: guidance.id,
        input,
        consent: recorded.children[0].consents[0].id,
        circle: await circleOf({ input }),
      };
    },
    circleOf,
    async openConsentOf({ childId, parentId }) {
      const [consent] = await rows(
        "select id from care.consent where child = $1 and given_by = $2 and ended_at is null",
        [childId, parentId],
      );
      return consent.id;
    },
    async partnerOf({ input }) {
      const [{ partner }] = await rows(
        `insert into registry.client (gezin_uid, gezinsrol, voornaam, achternaam, geboren_op)
         select gezin_uid, 'partner', 'Deniz', 'Kaya', '1988-01-01' from registry.client where client_uid = $1
         returning client_uid as partner`,
        [input.parentId],
      );
      return partner;
    },
    found(circle, turn, schoolId, claims = router) {
      const found = schoolId === null ? null : { schoolId, circleKey: randomUUID() };
      return part.ask(claims, recordSchool, { input: { id: circle, turn, found } });
    },
    behind: (first, second) =>
      withClient(part.database.adminUrl, async (admin) => {
        await admin.query("begin");
        for (const [sql, values] of first) await admin.query(sql, values);
        const done = second();
        const waiting = "select from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))";
        await until("somebody who waits for the transaction before", async () => {
          return (await admin.query(waiting)).rows.length > 0;
        });
        await admin.query("commit");
        return done;
      }),
    untilJobsAreDone: (id) => jobsDone([`SUPPORTER:${id}`, `FAMILY:${id}`]),
    async runJob(task, id, key) {
      await rows("select graphile_worker.add_job($1, $2::json, job_key := $3)", [task, JSON.stringify({ id }), key]);
      await jobsDone([key]);
    },
    [Symbol.asyncDispose]: () => part[Symbol.asyncDispose](),
  };
}

/** Without what another subgraph adds to the answer. */
export function ownFields(query: string): string {
  return query.replaceAll("school { name city contacts { name email } }", "school { circleKey }");
}
