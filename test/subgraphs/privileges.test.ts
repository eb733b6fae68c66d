import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Client } from "pg";
import { openDatabase, systemClaims } from "../../plumbing/database.ts";
import { encryptedColumns } from "../../plumbing/identities/encrypted-columns.ts";
import { roleName, withClient } from "../../system/databases.ts";
import { parts } from "../../system/parts.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

/** Functions that run as their owner, each for what the part may not do by itself. A new one is thought over here. */
const asOwner = new Set([
  "call_for_talk",
  "call_for_talks_of_note",
  "chain_processing",
  "enqueue_hop",
  "follow_region",
  "follow_school",
  "guide_child",
  "raise_signal",
  "raise_signals_of_deployment",
  "raise_signals_of_incident",
  "raise_signals_of_note",
  "raise_signals_of_person",
  "read_absence",
  "start_guidance",
  "tell_of_absence",
  "tell_of_talk",
]);

/** What no role of a part may be. */
const attributes = "rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication";

/** Puts a row into a table, whatever its constraints and triggers: it is to be seen or not, and no more. */
async function giveOneRow(admin: Client, table: string): Promise<void> {
  await admin.query("set session_replication_role = replica");
  const { rows: checks } = await admin.query<{ name: string }>(
    "select quote_ident(conname) as name from pg_constraint where conrelid = $1::regclass and contype = 'c'",
    [`care.${table}`],
  );
  for (const { name } of checks) await admin.query(`alter table care.${table} drop constraint ${name}`);
  const { rows: columns } = await admin.query<{ name: string; type: string }>(
    `select quote_ident(attname) as name, atttypid::regtype::text as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attidentity = '' and attnotnull and not atthasdef`,
    [`care.${table}`],
  );
  const values = columns.map(({ type }) => `'${examples[type] ?? "x"}'::${type}`);
  await admin.query(
    columns.length === 0
      ? `insert into care.${table} default values`
      : `insert into care.${table} (${columns.map(({ name }) => name)}) values (${values})`,
  );
}

/** A value of each type; a text is any. */
const examples: Readonly<Record<string, string>> = {
  uuid: "5f0c4d0e-6f6e-4c0e-9f6e-5f0c4d0e6f6e",
  bigint: "1",
  integer: "1",
  smallint: "1",
  boolean: "true",
  date: "2026-11-23",
  "time without time zone": "08:00",
  "timestamp with time zone": "2026-11-23T08:00:00Z",
  jsonb: "{}",
  "care.encrypted": `key.${"A".repeat(40)}`,
};

describe.each(parts.map(({ name, database }) => [name, database] as const))(
  "the database of %s",
  (name, definition) => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await createTestDatabase(await definition());
    });
    afterAll(async () => database[Symbol.asyncDispose]());

    const app = roleName(name, "app");
    const owner = roleName(name, "owner");
    const asAdmin = <Row>(sql: string, values?: unknown[]): Promise<Row[]> =>
      withClient(database.adminUrl, async (admin) => (await admin.query(sql, values)).rows as Row[]);
    /** Does something as the part's own role, without claims, in a transaction that is rolled back. */
    const asApp = <T>(work: (client: Client) => Promise<T>): Promise<T> =>
      withClient(database.appUrl, async (client) => {
        await client.query("begin");
        return work(client).finally(() => client.query("rollback"));
      });
    const tables = () =>
      asAdmin<{ name: string }>(
        `select relname as name from pg_class where relnamespace = 'care'::regnamespace and relkind in ('r', 'p')
         and relname <> 'migration' order by 1`,
      );

    /** The tables of ours without forced row-level security, without a policy, or of somebody else than their owner. */
    const unguarded = async (): Promise<string[]> => {
      const found = await asAdmin<{ name: string }>(
        `select relname as name from pg_class
       where relnamespace = 'care'::regnamespace and relkind in ('r', 'p') and relname <> 'migration'
         and not (relrowsecurity and relforcerowsecurity and relowner = $1::regrole
                  and exists (select from pg_policy where polrelid = pg_class.oid))`,
        [owner],
      );
      return found.map((table) => table.name);
    };

    test("has row-level security forced on every table of ours, with a policy, and none is the part's", async () => {
      expect((await tables()).length).toBeGreaterThan(4);
      expect(await unguarded()).toEqual([]);
      // One that somebody forgets is found.
      await asAdmin(`create table care.forgotten (); alter table care.forgotten owner to "${owner}";
      alter table care.forgotten enable row level security; create policy all_of_it on care.forgotten using (true)`);
      expect(await unguarded()).toEqual(["forgotten"]);
      await asAdmin("drop table care.forgotten");
    });

    test("shows no row of ours to the part's role when nobody asks, nor lets it change or delete one", async () => {
      for (const { name: table } of await tables()) {
        await withClient(database.adminUrl, (admin) => giveOneRow(admin, table));
        expect(await asAdmin(`select from care.${table}`)).toHaveLength(1);
        for (const attack of [`select from care.${table}`, `delete from care.${table}`]) {
          const attempt = asApp(async (client) => (await client.query(attack)).rowCount);
          const got = await attempt.catch(({ code }) => code);
          if (got !== 0) expect([attack, got]).toEqual([attack, "42501"]);
        }
      }
      // A view reads as its owner, whom its tables' rules let through: it has to ask by itself who reads.
      const views = await asAdmin<{ name: string }>("select viewname as name from pg_views where schemaname = 'care'");
      for (const view of views) {
        expect(await asApp(async (client) => (await client.query(`select from care.${view.name}`)).rowCount)).toBe(0);
      }
    });

    test("gives the part's role no attribute, no membership and nothing to own", async () => {
      expect(
        await asAdmin(`select rolname from pg_roles where rolname in ($1, $2, $3) and (${attributes})`, [
          app,
          owner,
          roleName(name, "registry"),
        ]),
      ).toEqual([]);
      expect(
        await asAdmin("select roleid::regrole::text from pg_auth_members where member = $1::regrole", [app]),
      ).toEqual([]);
      const owned = await asAdmin(
        `select classid::regclass::text, objid from pg_shdepend
       where refobjid = $1::regrole and deptype = 'o' and dbid in (0, (select oid from pg_database where datname = current_database()))`,
        [app],
      );
      expect(owned).toEqual([]);
    });

    test("gives the part's role no right that goes past the rows: to truncate, refer to, hang triggers on or maintain", async () => {
      const excess = await asAdmin(
        `select relname, privilege_type from pg_class, aclexplode(relacl) where grantee = $1::regrole
         and relnamespace in ('care'::regnamespace, 'registry'::regnamespace) and relkind in ('r', 'p', 'v')
         and (privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') or is_grantable
              or (relnamespace = 'registry'::regnamespace and privilege_type in ('UPDATE', 'DELETE')))`,
        [app],
      );
      expect(excess).toEqual([]);
      const toAnybody = await asAdmin(
        `select relname from pg_class, aclexplode(relacl) where grantee = 0
         and relnamespace in ('care'::regnamespace, 'registry'::regnamespace)
       union all select nspname from pg_namespace, aclexplode(nspacl) where grantee = 0 and nspname in ('care', 'registry', 'public')`,
      );
      expect(toAnybody).toEqual([]);
    });

    test.each([
      ["becomes the owner", `set role "${owner}"`, "42501"],
      ["becomes the superuser", "set role postgres", "42501"],
      ["becomes the owner for the session", `set session authorization "${owner}"`, "42501"],
      ["grants itself the owner", `grant "${owner}" to "${app}"`, "42501"],
      ["takes bypassing for itself", `alter role "${app}" bypassrls`, "42501"],
      ["switches triggers off", "set session_replication_role = replica", "42501"],
      ["takes the rules off the outbox", "alter table care.outbox disable row level security", "42501"],
      ["unforces them", "alter table care.outbox no force row level security", "42501"],
      ["makes a rule of its own", "create policy mine on care.outbox using (true)", "42501"],
      [
        "makes a function that runs as somebody",
        "create function care.mine() returns int language sql as 'select 1'",
        "42501",
      ],
      [
        "replaces the function that says who asks",
        "create or replace function care.is_system() returns boolean language sql as 'select true'",
        "42501",
      ],
      ["puts its own schema before ours", "create schema mine", "42501"],
      ["makes a temporary table for a function to find first", "create temporary table outbox (id int)", "42501"],
      ["reads a file of the server", "select pg_read_file('/etc/passwd')", "42501"],
      ["copies to a program", "copy (select 1) to program 'cat'", "42501"],
      ["empties a table", "truncate care.outbox", "42501"],
      ["changes what it has logged", "update care.processing set actor = 'nobody'", "42501"],
      ["deletes what it has logged", "delete from care.processing", "42501"],
      ["changes a key's proof", "update care.identity_key set proof = proof", "42501"],
    ])("does not let the part's role past: it %s", async (_, attack, code) => {
      await expect(asApp((client) => client.query(attack))).rejects.toMatchObject({ code });
    });

    test("answers a query that asks for no row-level security with an error, and not with the rows", async () => {
      for (const table of await tables()) {
        const attempt = asApp(async (client) => {
          await client.query("set local row_security = off");
          return (await client.query(`select from care.${table.name}`)).rowCount;
        });
        await expect(attempt).rejects.toMatchObject({ code: "42501" });
      }
    });

    test("holds its owner, too", async () => {
      await withClient(database.ownerUrl, async (client) => {
        await client.query("insert into care.outbox (kind, payload) values ('x', '{}')");
        expect((await client.query("select from care.outbox")).rows).toEqual([]);
      });
    });

    test("runs as its owner what is known to, with a search path of its own, and lets nobody call it", async () => {
      const found = await asAdmin<{ name: string; path: string | null; trigger: boolean }>(
        `select proname as name, array_to_string(proconfig, ',') as path, prorettype = 'trigger'::regtype as trigger
       from pg_proc where prosecdef and pronamespace in ('care'::regnamespace, 'registry'::regnamespace, 'public'::regnamespace)`,
      );
      expect(found.filter(({ name: one }) => !asOwner.has(one))).toEqual([]);
      expect(found.filter(({ path }) => !path?.startsWith("search_path=pg_catalog"))).toEqual([]);
      // A trigger's function cannot be called.
      expect(found.filter(({ trigger }) => !trigger)).toEqual([]);
    });

    test("believes no claim that is spoilt", async () => {
      for (const claims of [
        "",
        "{}",
        "[]",
        "null",
        '"system"',
        '{"party":["system"]}',
        '{"party":null}',
        '{"PARTY":"system"}',
      ]) {
        const seen = await asApp(async (client) => {
          await client.query("select set_config('app.claims', $1, true)", [claims]);
          return (await client.query("select care.is_system() as system")).rows;
        });
        expect([claims, seen]).toEqual([claims, [{ system: false }]]);
      }
    });

    test("has every encrypted column in a table with a key of one column, so that rotation finds it", async () => {
      await using rows = await openDatabase(database.appUrl, []);
      const found = await rows.transaction(systemClaims, encryptedColumns);
      const [all] = await asAdmin<{ count: number }>(
        `select count(*)::int as count from pg_attribute join pg_class on pg_class.oid = attrelid
       where atttypid = 'care.encrypted'::regtype and relkind in ('r', 'p') and relname <> 'identity_key'`,
      );
      expect(found).toHaveLength(all?.count ?? 0);
      for (const { table, key } of found) {
        const [shape] = await asAdmin<{ columns: number; updatable: boolean }>(
          `select indnatts::int as columns, has_table_privilege($2, indrelid, 'update') as updatable
         from pg_index where indrelid = $1::regclass and indisprimary`,
          [`care.${table}`, app],
        );
        expect([table, key, shape]).toEqual([table, expect.any(String), { columns: 1, updatable: true }]);
      }
    });

    test("keeps no samples of an encrypted column, or of a digest of a child, when the rows are gone", async () => {
      const sampled = await asAdmin(
        `select attrelid::regclass::text || '.' || attname as name from pg_attribute
       where (atttypid = 'care.encrypted'::regtype or attname in ('pupil_digest', 'person_digest')) and attnum > 0
         and attstattarget is distinct from 0
         and exists (select from pg_class where oid = attrelid and relkind in ('r', 'p'))`,
      );
      expect(sampled).toEqual([]);
    });

    test("takes no plain text where an identity stands", async () => {
      for (const text of ["999990019", "Noor van der Veld", '{"bsn":"999990019"}', "key.999990019"]) {
        const attempt = asAdmin("select $1::text::care.encrypted", [text]);
        await expect(attempt).rejects.toMatchObject({ code: "23514" });
      }
    });
  },
);
