import { expect, test } from "@jest/globals";
import type { EntityManager } from "typeorm";
import { type Database, openDatabase, systemClaims } from "../../plumbing/database.ts";
import { recordEvent } from "../../plumbing/events.ts";
import { recordProcessing } from "../../plumbing/processing-log.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase } from "../database.ts";

const subject = "00000000-0000-4000-8000-000000000000";
const event = (kind: string) => ({ stream: "99AA00", kind, subject });

/** Which of the two have rows, as the transaction sees them. */
async function written(rows: EntityManager): Promise<unknown> {
  const [found] = await rows.query<unknown[]>(
    `select (select count(*)::int from care.processing) as entries,
            (select string_agg(kind, ' ' order by position) from care.event) as events`,
  );
  return found;
}

test("what keeps others waiting is written once all else is done, in the order in which it was said", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using rows = await openDatabase(database.appUrl, []);
  await rows.transaction(systemClaims, async (all) => {
    recordEvent(all, event("FIRST"));
    recordProcessing(all, systemClaims, [{ activity: "signal.read" }]);
    recordEvent(all, event("SECOND"));
    recordProcessing(all, systemClaims, [{ activity: "signal.appear" }, { activity: "signal.deliver" }]);
    expect(await written(all)).toEqual({ entries: 0, events: null });
  });
  expect(await rows.transaction(systemClaims, written)).toEqual({ entries: 3, events: "FIRST SECOND" });
});

test("nothing of it is left of a transaction that fails", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using rows = await openDatabase(database.appUrl, []);
  const failing = rows.transaction(systemClaims, async (all) => {
    recordEvent(all, event("NEVER"));
    throw new Error("not this");
  });
  await expect(failing).rejects.toThrow("not this");
  expect(await rows.transaction(systemClaims, written)).toEqual({ entries: 0, events: null });
});

test("what cannot be written there takes the whole transaction with it", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using rows = await openDatabase(database.appUrl, []);
  await withClient(database.adminUrl, (admin) => admin.query("revoke insert on care.processing from school_app"));
  const refused = rows.transaction(systemClaims, async (all) => {
    recordEvent(all, event("NEVER"));
    recordProcessing(all, systemClaims, [{ activity: "signal.read" }]);
  });
  await expect(refused).rejects.toThrow("permission denied");
  expect(await rows.transaction(systemClaims, written)).toEqual({ entries: 0, events: null });
});

test("many that say both, in either order, never wait for each other for ever", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using rows = await openDatabase(database.appUrl, []);
  const both = (number: number) => async (all: EntityManager) => {
    const processed = () => recordProcessing(all, systemClaims, [{ activity: "signal.read" }]);
    if (number % 2 === 0) processed();
    recordEvent(all, event("CHANGED"));
    if (number % 2 === 1) processed();
  };
  await Promise.all(Array.from({ length: 40 }, (_, number) => rows.transaction(systemClaims, both(number))));
  expect(await rows.transaction(systemClaims, written)).toMatchObject({ entries: 40 });
});

test("outside a transaction of the part it is refused, not forgotten", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using rows = await openDatabase(database.appUrl, []);
  let late: EntityManager | undefined;
  const keep: Parameters<Database["transaction"]>[1] = async (all) => {
    late = all;
  };
  await rows.transaction(systemClaims, keep);
  expect(() => recordEvent(late as EntityManager, event("LATE"))).toThrow("There is no transaction");
});
