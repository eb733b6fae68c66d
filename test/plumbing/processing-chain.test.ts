import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Database, openDatabase } from "../../plumbing/database.ts";
import { type ChainHead, readProcessing, verifyChain } from "../../plumbing/processing-chain.ts";
import { recordProcessing } from "../../plumbing/processing-log.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const actor = { sub: 'Noor "\\ \u0001 é', party: "school", scope: [] };

let database: TestDatabase;
let rows: Database;
afterEach(async () => {
  await rows[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const asOwner = (sql: string) => withClient(database.adminUrl, (admin) => admin.query(sql));
const write = (activity: string, subject?: string) =>
  rows.transaction(actor, async (all) =>
    recordProcessing(all, actor, [{ activity, ...(subject === undefined ? {} : { subject }) }]),
  );

let head: ChainHead | undefined;
beforeEach(async () => {
  database = await createTestDatabase(schoolDatabase);
  rows = await openDatabase(database.appUrl, []);
  for (const activity of ["one", "two", "three", "four"]) await write(activity, `subject of ${activity}`);
  const report = await verifyChain(rows);
  expect(report).toMatchObject({ entries: 4, problems: [] });
  head = report.head;
});

describe("a processing log that somebody changed is found out", () => {
  const second = "position = (select min(position) + 1 from care.processing)";
  const last = "position = (select max(position) from care.processing)";

  test.each([
    ["an entry that was changed", `update care.processing set actor = 'nobody' where ${second}`, ["changed"]],
    ["a moment that was moved", `update care.processing set at = at - interval '1 us' where ${second}`, ["changed"]],
    [
      "an entry that was changed with its hash",
      `update care.processing as entry set activity = 'other', hash = care.processing_hash(row(position, at, 'other',
         actor, party, organisation, subject, object, trace, previous, hash)::care.processing) where ${second}`,
      ["not linked to the one before"],
    ],
    ["an entry that was taken out", `delete from care.processing where ${second}`, ["not linked to the one before"]],
    [
      "two entries that changed places",
      `update care.processing set position = -position where ${second} or ${last};
       update care.processing set position = case position when (select min(position) from care.processing)
         then (select -max(position) from care.processing where position < 0) else 
         (select -min(position) from care.processing where position < 0) end where position < 0`,
      expect.arrayContaining(["changed", "not linked to the one before"]),
    ],
    [
      "a flipped bit of a hash",
      `update care.processing set hash = set_bit(hash, 7, 1 - get_bit(hash, 7)) where ${last}`,
      ["changed", "the head that was kept is not in it"],
    ],
    ["the end cut off", `delete from care.processing where ${last}`, ["the head that was kept is not in it"]],
    ["all of it gone", "truncate care.processing", ["the head that was kept is not in it"]],
    [
      "a function that says what its owner likes",
      `create or replace function care.processing_hash(entry care.processing) returns bytea language sql stable
         as $$ select entry.hash $$; update care.processing set actor = 'nobody' where ${second}`,
      ["changed"],
    ],
  ])("%s", async (_, tampering, problems) => {
    await asOwner(tampering);
    const report = await verifyChain(rows, head);
    expect([...new Set(report.problems.map(({ kind }) => kind))]).toEqual(problems);
  });
});

test("what is written later leaves the head that was kept in its place", async () => {
  await write("five");
  expect(await verifyChain(rows, head)).toMatchObject({ entries: 5, problems: [] });
});

test("a person's entries are read, and nobody else's", async () => {
  const activities: string[] = [];
  for await (const { activity } of readProcessing(rows, "subject of two")) activities.push(activity);
  expect(activities).toEqual(["two"]);
});
