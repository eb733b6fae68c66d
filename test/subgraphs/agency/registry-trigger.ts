import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readDatabaseText } from "../../../prove/erasure/database-text.ts";
import { withClient } from "../../../system/databases.ts";
import type { Json } from "../../subgraph.ts";
import {
  type AgencyUnderTest,
  bsns,
  hoursAgo,
  type RegistryRow,
  type RunningAgency,
  registryRow,
  report,
  reportIncident,
  startAgency,
} from "./agency-under-test.ts";

/** The sentences about rows that an existing system writes itself, and about who may touch ours. */
export function describeRegistryTrigger(agency: AgencyUnderTest): void {
  let running: RunningAgency;
  beforeAll(async () => {
    running = await startAgency(agency);
  });
  afterAll(async () => running[Symbol.asyncDispose]());

  const insert = (row: Partial<RegistryRow> = {}): Promise<void> =>
    running.registry((registry) => agency.insertRow(registry, registryRow(row)));
  const signals = (): Promise<Json[]> =>
    running.rows("select id, occurred_at, organisation from care.sent_signal order by ordinal");
  /** The signal that the row raised, as it was sent; undefined where it raised none. */
  const raisedBy = async (row: Partial<RegistryRow>): Promise<Json> => {
    const before = await signals();
    await insert(row);
    const [raised] = (await signals()).slice(before.length);
    return raised && running.hops.next(({ input }) => input.id === raised.id);
  };

  describe("a row that the existing system writes past the API", () => {
    test("raises the same signal as the mutation, which its organisation sees", async () => {
      const occurredAt = hoursAgo(3);
      const sent = await raisedBy({ occurredAt });
      expect(sent).toEqual({
        id: expect.any(String),
        organisation: agency.organisation,
        occurredAt: occurredAt.toISOString(),
        child: {
          bsn: "999993653",
          givenName: "Noor",
          prefix: "van der",
          familyName: "Veld",
          birthDate: "2017-03-04",
        },
      });
      const { data } = await running.asUnit("{ incidents { edges { node { signals { id } } } } }");
      expect(data.incidents.edges[0].node.signals).toEqual([{ id: sent.id }]);
    });

    test("raises it in its own transaction: rolled back, nothing is left", async () => {
      const before = await signals();
      await running.registry(async (registry) => {
        await registry.query("begin");
        await agency.insertRow(registry, registryRow());
        await registry.query("rollback");
      });
      expect(await signals()).toEqual(before);
    });

    test.each<[string, Partial<RegistryRow>]>([
      ["another class of incident", { classInScope: false }],
      ["a person who is not in a child's role", { isChild: false }],
      ["a child who has turned nineteen", { birthDate: "2001-01-01" }],
      ["an incident of more than a month ago, such as an archive that is loaded", { occurredAt: hoursAgo(24 * 40) }],
    ])("raises none for %s", async (_, row) => {
      expect(await raisedBy(row)).toBeUndefined();
    });

    test.each<[string, Partial<RegistryRow>, object]>([
      ["a BSN that is none", { bsn: "12345678X" }, { bsn: "12345678X" }],
      ["a BSN without its leading zero", { bsn: "10000008" }, { bsn: "010000008" }],
      ["neither BSN nor birth date", { bsn: null, birthDate: null }, { bsn: null, birthDate: null }],
      ["a birth date that is to come", { birthDate: "2999-01-01" }, { birthDate: "2999-01-01" }],
      ["blank names", { givenName: " ", familyName: "" }, { givenName: null, familyName: null }],
      ["a name of a whole page", { familyName: "a".repeat(5000) }, { familyName: "a".repeat(200) }],
    ])("is sent for a person to look into when it has %s", async (_, row, child) => {
      expect(await raisedBy(row)).toMatchObject({ child });
    });

    test("of a moment that is to come counts as of now", async () => {
      const before = Date.now();
      const { occurredAt } = await raisedBy({ occurredAt: hoursAgo(-100) });
      expect(Date.parse(occurredAt)).toBeGreaterThanOrEqual(before - 1000);
      expect(Date.parse(occurredAt)).toBeLessThanOrEqual(Date.now() + 1000);
    });
  });

  describe("a row that the existing system changes", () => {
    const changed = async (statement: string): Promise<number> => {
      const before = (await signals()).length;
      await running.registry((registry) => registry.query(statement));
      return (await signals()).length - before;
    };

    test.each([
      ["the person turns out to be a child", { isChild: false }, agency.becomesChild],
      ["the incident turns out to be in scope", { classInScope: false }, agency.becomesInScope],
    ])("raises a signal once %s, and no second one", async (_, row, statement) => {
      await insert({ ...row, familyName: "Later" });
      expect(await changed(statement)).toBe(1);
      const [raised] = (await signals()).slice(-1);
      const sent = await running.hops.next(({ input }) => input.id === raised.id);
      expect(sent).toMatchObject({ child: { familyName: "Later" } });
      expect(await changed(statement)).toBe(0);
    });

    test("raises none anew where it has raised one: not by going forth and back, nor by a change of its incident", async () => {
      await insert();
      expect(await changed(agency.becomesOther)).toBe(0);
      expect(await changed(agency.becomesChild)).toBe(0);
      expect(await changed(agency.becomesInScope)).toBe(0);
    });

    test("raises none where it is still about no child", async () => {
      await insert({ isChild: false });
      expect(await changed(agency.becomesInScope)).toBe(0);
    });
  });

  describe("whom a signal is about", () => {
    const inOutbox = (id: string) =>
      running.rows(
        "select payload, encrypted is not null as whole, acknowledged_at from care.outbox where about = $1",
        [id],
      );

    test("stands nowhere in our tables in plain, from the moment that the row is written", async () => {
      const refused = Promise.withResolvers<void>();
      running.hops.answer = () => refused.promise;
      await running.registry(async (registry) => {
        await registry.query("begin");
        await agency.insertRow(registry, registryRow({ familyName: "Zonderling", birthDate: "2015-09-08" }));
        await registry.query("commit");
      });
      await running.asUnit(reportIncident, { input: report({ idempotencyKey: `child ${bsns[0]} again` }) });
      const named = /zonderling|2015-09-08|20150908|999990019|999993653/i;
      const rows = await withClient(running.database.adminUrl, readDatabaseText);
      expect(rows.filter(({ text }) => named.test(text))).toEqual([]);
      expect((await running.identities()).some(({ content }) => named.test(content))).toBe(true);
      // It would have been found.
      await running.rows(`update care.outbox set encrypted = null, payload = '{"child":{"bsn":"999990019"}}'
        where about = (select id from care.sent_signal order by ordinal desc limit 1)`);
      const planted = await withClient(running.database.adminUrl, readDatabaseText);
      expect(planted.filter(({ text }) => named.test(text)).map(({ table }) => table)).toEqual(["care.outbox"]);
      running.hops.answer = () => ({});
      refused.resolve();
    });

    test("is known at the commit of a report, whatever then becomes of the registry's row", async () => {
      const up = Promise.withResolvers<object>();
      running.hops.answer = () => up.promise;
      const { data } = await running.asUnit(reportIncident, { input: report() });
      const [{ id }] = data.reportIncident.signals;
      expect(await inOutbox(id)).toEqual([{ payload: null, whole: true, acknowledged_at: null }]);
      await running.registry((registry) => registry.query(`delete from ${agency.childTable}`));
      running.hops.answer = () => ({});
      up.resolve({});
      expect(await running.hops.next(({ input }) => input.id === id)).toMatchObject({ child: { bsn: bsns[0] } });
    });

    test("is nobody where the existing system has taken the row away again: its sender sees it withdrawn", async () => {
      await running.registry(async (registry) => {
        await registry.query("begin");
        await agency.insertRow(registry, registryRow());
        await registry.query(`delete from ${agency.childTable}`);
        await registry.query("commit");
      });
      const raised = (await signals()).at(-1);
      await running.went(raised.id, "WITHDRAWN");
      expect(await inOutbox(raised.id)).toEqual([{ payload: null, whole: false, acknowledged_at: expect.any(Date) }]);
      expect(running.hops.sent.some(({ input }) => input.id === raised.id)).toBe(false);
    });
  });

  test("without its trigger a report is refused rather than lost, and leaves no row", async () => {
    const count = () => running.rows(`select count(*) from ${agency.childTable}`);
    const before = await count();
    await running.rows(`alter table ${agency.childTable} disable trigger raise_signal`);
    const { errors } = await running.asUnit(reportIncident, { input: report() });
    expect(errors?.[0]?.extensions.code).toBe("INTERNAL_SERVER_ERROR");
    expect(await count()).toEqual(before);
    await running.rows(`alter table ${agency.childTable} enable trigger raise_signal`);
  });

  describe("the part's own role", () => {
    const asApp = <T>(claims: Json, sql: string): Promise<T[]> =>
      withClient(running.database.appUrl, async (app) => {
        await app.query("begin");
        await app.query("select set_config('app.claims', $1, true)", [
          claims === undefined ? "" : JSON.stringify(claims),
        ]);
        const { rows } = await app.query(sql);
        await app.query("rollback");
        return rows as T[];
      });
    const tables = ["care.incident", "care.sent_signal", "care.receipt"];

    test.each(tables)("reads in %s the rows of the caller's organisation and no other", async (table) => {
      await running.asUnit(reportIncident, { input: report() });
      await running.asUnit(reportIncident, { input: report() }, agency.otherOrganisation);
      const own = await asApp<Json>(running.caller, `select distinct organisation from ${table}`);
      expect(own).toEqual([{ organisation: agency.organisation }]);
      expect(await asApp(undefined, `select from ${table}`)).toEqual([]);
      const otherParty = { ...running.caller, party: "school" };
      expect(await asApp(otherParty, `select from ${table}`)).toEqual([]);
    });

    test.each([
      "insert into care.sent_signal (organisation, incident, occurred_at) select organisation, id, now() from care.incident",
      "insert into care.incident (organisation, registry_key, occurred_at) values ('x', 'x', now())",
      "update care.sent_signal set organisation = 'x'",
      "insert into care.receipt (organisation, key_digest, digest) values ('x', 'x', '')",
      `delete from ${agency.childTable}`,
      `select care.raise_signal_of('${agency.childTable}'::regclass, '{}', true)`,
      `alter table ${agency.childTable} disable trigger raise_signal`,
    ])("may not %s", async (sql) => {
      await expect(asApp(running.caller, sql)).rejects.toMatchObject({ code: "42501" });
    });

    test("deletes no receipt on a caller's behalf: a repeat would take effect again", async () => {
      await running.asUnit(reportIncident, { input: report() });
      const [kept] = await asApp<Json>(running.caller, "select count(*)::int from care.receipt");
      expect(kept.count).toBeGreaterThan(0);
      const gone = "with gone as (delete from care.receipt returning 1) select count(*)::int from gone";
      expect(await asApp(running.caller, gone)).toEqual([{ count: 0 }]);
    });

    test("owns nothing", async () => {
      const owned = await asApp(undefined, "select from pg_class where relowner = current_user::regrole");
      expect(owned).toEqual([]);
    });
  });
}
