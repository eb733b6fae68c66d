import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { policeDatabase } from "../../../subgraphs/police/database.ts";
import { withClient } from "../../../system/databases.ts";
import { createTestDatabase, type TestDatabase } from "../../database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase(policeDatabase);
});
afterAll(async () => database[Symbol.asyncDispose]());

async function value(sql: string, values: unknown[]): Promise<unknown> {
  const { rows } = await withClient(database.ownerUrl, (owner) => owner.query({ text: sql, values, rowMode: "array" }));
  return (rows as unknown[][])[0]?.[0];
}

describe("the date of birth in the police registry", () => {
  test.each([
    ["20170304", "2017-03-04"],
    ["20170300", null],
    ["20170000", null],
    ["20170230", null],
    ["infinity", null],
    ["", null],
    [null, null],
  ])("%j is read as %j", async (digits, day) => {
    expect(await value("select care.police_day($1)::text", [digits])).toBe(day);
  });
});

describe("the moment of an incident in the police registry", () => {
  test.each([
    ["a winter's evening", "2026-11-23", "20:15", "2026-11-23T19:15:00.000Z"],
    ["a summer's evening", "2026-07-01", "20:15", "2026-07-01T18:15:00.000Z"],
    ["the hour that comes twice: the first", "2026-10-25", "02:30", "2026-10-25T00:30:00.000Z"],
    ["the hour after it", "2026-10-25", "03:30", "2026-10-25T02:30:00.000Z"],
    ["the hour that does not come", "2026-03-29", "02:30", "2026-03-29T01:30:00.000Z"],
    ["a day without a time: its beginning", "2026-11-23", null, "2026-11-22T23:00:00.000Z"],
  ])("%s", async (_, day, time, moment) => {
    expect(await value("select care.police_moment($1, $2)", [day, time])).toEqual(new Date(moment));
  });

  test("is unknown without a day", async () => {
    expect(await value("select care.police_moment(null, '20:15')", [])).toBeNull();
  });
});
