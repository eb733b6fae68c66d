import { expect, test } from "@jest/globals";
import type { Client } from "pg";
import { openDatabase, systemClaims } from "../../plumbing/database.ts";
import { runJobs } from "../../plumbing/jobs.ts";
import { Listener } from "../../plumbing/listener.ts";
import { openLog } from "../../plumbing/log.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase } from "../database.ts";
import { openProxy } from "../proxy.ts";
import { until } from "../until.ts";

/*
 * A half-open connection: what is sent on it arrives nowhere, no answer comes, and neither end is told that the other is
 * gone. A firewall that forgets its connections does this, as does a standby's promotion that moves an address.
 */

const log = openLog("test", "silent");

test("a listener whose connection went dark listens anew and takes over its locks, though PostgreSQL has the old session", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using proxy = await openProxy(database.appUrl);
  await using listener = new Listener(proxy.url, log);
  const told = hearing(listener);
  listener.holdLock("of this process");
  await told.next();
  await withClient(database.adminUrl, async (admin) => {
    const before = await holderOf(admin, "of this process");
    proxy.darken();
    await told.next();
    await admin.query("notify somebody, 'live'");
    expect(await told.next()).toBe("live");
    await holderOf(admin, "of this process", before);
  });
}, 40_000);

test("a lock that is let go of can be taken by another", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using listener = new Listener(database.appUrl, log);
  const told = hearing(listener);
  listener.holdLock("of a runner");
  await told.next();
  await withClient(database.adminUrl, async (admin) => {
    await holderOf(admin, "of a runner");
    listener.releaseLock("of a runner");
    await admin.query("select pg_advisory_lock(hashtextextended('of a runner', 0))");
  });
});

test("neither a query nor a job waits for ever on a connection that went dark, and the next ones go over new ones", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using proxy = await openProxy(database.appUrl);
  await using rows = await openDatabase(proxy.url, []);
  await using listener = new Listener(proxy.url, log);
  const done = Promise.withResolvers<void>();
  const note = async (): Promise<void> => done.resolve();
  await using _jobs = await runJobs({ url: proxy.url, tasks: { note }, listener, log });
  proxy.darken();
  await withClient(database.adminUrl, (admin) => admin.query("select graphile_worker.add_job('note')"));
  const read = () => rows.transaction(systemClaims, (manager) => manager.query("select 1 as one"));
  await expect(read()).rejects.toThrow();
  await expect(read()).resolves.toEqual([{ one: 1 }]);
  await done.promise;
}, 60_000);

test("no timeout cancels a COMMIT, which a synchronous standby may hold up", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await withClient(database.adminUrl, (admin) =>
    admin.query(`
      create table committed (timeout text);
      create function note_timeout() returns trigger language plpgsql
        as $$ begin update committed set timeout = current_setting('statement_timeout'); return null; end $$;
      create constraint trigger at_commit after insert on committed
        deferrable initially deferred for each row execute function note_timeout();
      grant select, insert, update on committed to school_app;
      grant usage on schema public to school_app`),
  );
  await using rows = await openDatabase(database.appUrl, []);
  await rows.transaction(systemClaims, (manager) => manager.query("insert into committed values ('of the insert')"));
  const read = await rows.transaction(systemClaims, (manager) => manager.query("select timeout from committed"));
  expect(read).toEqual([{ timeout: "0" }]);
});

/** What a listener hears of the channel `somebody`; what came while nobody waited is kept. */
function hearing(listener: Listener) {
  const waiting: ((payload: string) => void)[] = [];
  const came: string[] = [];
  listener.listen("somebody", (payload) => {
    const first = waiting.shift();
    if (first === undefined) came.push(payload);
    else first(payload);
  });
  return {
    async next(): Promise<string> {
      return came.shift() ?? new Promise((resolve) => waiting.push(resolve));
    },
  };
}

/** @returns once a session, or one after another, has the lock: its process id */
async function holderOf(admin: Client, name: string, after?: number): Promise<number> {
  return until("a holder of the lock", async () => {
    const { rows } = await admin.query<{ pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and granted
         and (classid::bigint << 32 | objid::bigint) = hashtextextended($1, 0) and pid is distinct from $2`,
      [name, after],
    );
    return rows[0]?.pid;
  });
}
