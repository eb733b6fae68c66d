import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Database, openDatabase, systemClaims } from "../../plumbing/database.ts";
import { recordProcessing, subjectDigest } from "../../plumbing/processing-log.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const teacher = { sub: "t-1", party: "school", organisation: "00000099000000005000", scope: [] };
const key = Buffer.alloc(32, 7).toString("base64");

let database: TestDatabase;
let rows: Database;
beforeAll(async () => {
  database = await createTestDatabase(schoolDatabase);
  rows = await openDatabase(database.appUrl, [], { now: () => new Date("2026-11-23T08:00:00Z") });
});
afterAll(async () => {
  await rows[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const read = (): Promise<Entry[]> =>
  rows.transaction(systemClaims, (all) =>
    all.query(
      `select *, hash = care.processing_hash(entry) as whole,
              previous = lag(hash, 1, sha256('care.processing'::bytea)) over (order by position) as linked
       from care.processing entry order by position`,
    ),
  );

interface Entry {
  readonly whole: boolean;
  readonly linked: boolean;
}

describe("the processing log", () => {
  test("holds who did what on whose behalf and when, each entry linked to the one before", async () => {
    const object = randomUUID();
    await rows.transaction(teacher, async (all) =>
      recordProcessing(all, teacher, [
        { activity: "signal.read", subject: "x", object },
        { activity: "signal.return" },
      ]),
    );
    expect(await read()).toMatchObject([
      {
        activity: "signal.read",
        actor: "t-1",
        party: "school",
        organisation: teacher.organisation,
        subject: "x",
        object,
      },
      { activity: "signal.return", subject: null, object: null, at: new Date("2026-11-23T08:00:00Z") },
    ]);
  });

  test("keeps one chain, however many write at once", async () => {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        rows.transaction(teacher, async (all) => recordProcessing(all, teacher, [{ activity: "signal.read" }])),
      ),
    );
    const entries = await read();
    expect(entries.length).toBeGreaterThanOrEqual(20);
    expect(entries.every(({ whole, linked }) => whole && linked)).toBe(true);
  });

  test.each(["update care.processing set actor = 'nobody'", "delete from care.processing", "truncate care.processing"])(
    "cannot be changed by the part: %s",
    async (sql) => {
      await expect(rows.transaction(systemClaims, (all) => all.query(sql))).rejects.toThrow("permission denied");
    },
  );

  test("is read by nobody who only asks", async () => {
    const [found] = await rows.transaction(teacher, (all) => all.query("select count(*)::int from care.processing"));
    expect(found).toEqual({ count: 0 });
  });

  test("shows what its owner changed", async () => {
    await withClient(database.adminUrl, (admin) =>
      admin.query("update care.processing set actor = 'nobody' where position = 2"),
    );
    expect((await read()).filter(({ whole, linked }) => !(whole && linked))).toMatchObject([{ actor: "nobody" }]);
  });
});

test("a subject is the same by number, and by name and birth date where there is none, and nobody's name", () => {
  const noor = { name: { givenName: "Noor", prefix: "van der", familyName: "Linden" }, birthDate: "2017-03-14" };
  expect(subjectDigest(key, noor)).toBe(
    subjectDigest(key, { ...noor, name: { givenName: "NOOR", familyName: "van der Linden" } }),
  );
  expect(subjectDigest(key, { ...noor, bsn: "999990007" })).toBe(
    subjectDigest(key, { bsn: "999990007", name: { familyName: "" }, birthDate: null }),
  );
  expect(subjectDigest(key, noor)).not.toBe(subjectDigest(key, { ...noor, birthDate: "2017-03-15" }));
  expect(subjectDigest(key, noor)).toMatch(/^[\w-]{43}$/);
});
