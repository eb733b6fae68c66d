import { expect, test } from "@jest/globals";
import type { Claims } from "../../plumbing/claims.ts";
import { type Database, openDatabase, systemClaims } from "../../plumbing/database.ts";
import { Events, recordEvent } from "../../plumbing/events.ts";
import { Listener } from "../../plumbing/listener.ts";
import { openLog } from "../../plumbing/log.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { streamsOf } from "../../subgraphs/school/store/tell.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const caller: Claims = { sub: "c", party: "school", schools: ["99AA00"], scope: [] };
const subject = "00000000-0000-4000-8000-000000000000";

async function open(database: TestDatabase) {
  const rows = await openDatabase(database.appUrl, []);
  const listener = new Listener(database.appUrl, openLog("test", "silent"));
  const events = new Events(rows, listener, streamsOf);
  return {
    rows,
    events,
    async [Symbol.asyncDispose]() {
      await listener[Symbol.asyncDispose]();
      await rows[Symbol.asyncDispose]();
    },
  };
}

function write(rows: Database, kind: string, stream = "99AA00"): Promise<void> {
  return rows.transaction(systemClaims, async (manager) => recordEvent(manager, { stream, kind, subject }));
}

test("a reader gets what many writers write at once, all of it, once, and in one order for all readers", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using one = await open(database);
  await using other = await open(database);
  const readers = [await one.events.follow(caller, ["99AA00"]), await other.events.follow(caller, ["99AA00"])];
  const kinds = Array.from({ length: 200 }, (_, number) => `E${number}`);
  const written = Promise.all(kinds.map((kind, number) => write(number % 2 === 0 ? one.rows : other.rows, kind)));
  const [mine, theirs] = await Promise.all(
    readers.map(async (reader) => {
      const told: string[] = [];
      while (told.length < kinds.length) told.push((await reader.next()).value.kind);
      await reader.return?.();
      return told;
    }),
  );
  await written;
  expect([...(mine ?? [])].sort()).toEqual([...kinds].sort());
  expect(theirs).toEqual(mine);
});

test("a reader never passes an event whose transaction commits late", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using part = await open(database);
  const reader = await part.events.follow(caller, ["99AA00"]);
  const letGo = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  const late = part.rows.transaction(systemClaims, async (rows) => {
    await rows.query("insert into care.event (stream, kind, subject) values ('99AA00', 'FIRST', $1)", [subject]);
    written.resolve();
    await letGo.promise;
  });
  await written.promise;
  const second = write(part.rows, "SECOND");
  letGo.resolve();
  await Promise.all([late, second]);
  expect([(await reader.next()).value.kind, (await reader.next()).value.kind]).toEqual(["FIRST", "SECOND"]);
  await reader.return?.();
});

test("a reader gets no event of a stream that is not the caller's, even if asked for by name", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using part = await open(database);
  const reader = await part.events.follow(caller, ["99AA00", "99AB00"]);
  await write(part.rows, "THEIRS", "99AB00");
  await write(part.rows, "MINE");
  expect((await reader.next()).value.kind).toBe("MINE");
  await reader.return?.();
});

test("who follows after what was last in the own streams misses nothing and is told nothing twice", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using part = await open(database);
  const beginning = await part.events.last(caller);
  await write(part.rows, "BEFORE");
  const fromTheBeginning = await part.events.follow(caller, ["99AA00"], beginning);
  expect((await fromTheBeginning.next()).value.kind).toBe("BEFORE");
  await fromTheBeginning.return?.();
  const last = await part.events.last(caller);
  await write(part.rows, "THEIRS", "99AB00");
  expect(await part.events.last(caller)).toBe(last);
  await write(part.rows, "AFTER");
  const reader = await part.events.follow(caller, ["99AA00"], last);
  expect((await reader.next()).value.kind).toBe("AFTER");
  await reader.return?.();
});

test("where to begin is found without a look at what others were told", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using part = await open(database);
  await withClient(database.adminUrl, async (admin) => {
    // Row-level security asks of each row that is looked at and is not the caller's.
    await admin.query(`
      insert into care.event (stream, kind, subject) select '99AB00', 'THEIRS', gen_random_uuid() from generate_series(1, 500);
      analyze care.event;
      create sequence care.looks;
      grant usage on sequence care.looks to school_app;
      create policy counted on care.event for select to school_app using (nextval('care.looks') < 0)`);
    await part.events.last(caller);
    const reader = await part.events.follow(caller, ["99AA00"]);
    await reader.return?.();
    const { rows } = await admin.query("select is_called from care.looks");
    expect(rows).toEqual([{ is_called: false }]);
    const theirs = await part.events.follow(caller, ["99AB00"]);
    await theirs.return?.();
    const { rows: looks } = await admin.query("select last_value::int as number from care.looks");
    expect(looks).toEqual([{ number: 500 }]);
  });
});

test("a reader that is stopped while it waits is done at once", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using part = await open(database);
  const reader = await part.events.follow(caller, ["99AA00"]);
  const waiting = reader.next();
  await reader.return?.();
  await expect(waiting).resolves.toMatchObject({ done: true });
});

test("events come on after the listening connection was cut", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using part = await open(database);
  const reader = await part.events.follow(caller, ["99AA00"]);
  await part.rows.transaction(systemClaims, (rows) =>
    rows.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'",
    ),
  );
  await write(part.rows, "AFTER");
  expect((await reader.next()).value.kind).toBe("AFTER");
  await reader.return?.();
});

test("a reader whose page cannot be read listens no more, though nobody stops it", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using rows = await openDatabase(database.appUrl, []);
  let listening = 0;
  const listener: Pick<Listener, "listen"> = {
    listen() {
      listening += 1;
      return () => {
        listening -= 1;
      };
    },
  };
  let transactions = 0;
  const failing: Database = {
    ...rows,
    transaction(claims, work) {
      transactions += 1;
      // The first finds where to begin; the next would read a page.
      return transactions === 1 ? rows.transaction(claims, work) : Promise.reject(new Error("The database is gone"));
    },
  };
  const reader = await new Events(failing, listener as Listener, streamsOf).follow(caller, ["99AA00"]);
  expect(listening).toBe(1);
  await expect(reader.next()).rejects.toThrow("The database is gone");
  expect(listening).toBe(0);
});
