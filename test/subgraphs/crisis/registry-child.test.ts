import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { crisisDatabase } from "../../../subgraphs/crisis/database.ts";
import { withClient } from "../../../system/databases.ts";
import { createTestDatabase, type TestDatabase } from "../../database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase(crisisDatabase);
});
afterAll(async () => database[Symbol.asyncDispose]());

async function value(sql: string, values: unknown[]): Promise<unknown> {
  const { rows } = await withClient(database.ownerUrl, (owner) => owner.query({ text: sql, values, rowMode: "array" }));
  return (rows as unknown[][])[0]?.[0];
}

describe("the day of birth in the crisis team's records", () => {
  test.each([
    ["04-03-2017", "2017-03-04"],
    [" 04-03-2017 ", "2017-03-04"],
    ["2017-03-04", null],
    ["30-02-2017", null],
    ["00-00-2017", null],
    ["04-03-0000", null],
    ["onbekend", null],
    [null, null],
  ])("%j is read as %j", async (spoken, day) => {
    expect((await value("select care.crisis_day($1)::text", [spoken])) ?? null).toBe(day);
  });
});

describe("the moment of a deployment", () => {
  test.each([
    ["1763928900123", "2025-11-23T20:15:00.123Z"],
    ["-1", null],
    ["9223372036854775807", null],
    [null, null],
  ])("%s is %s", async (milliseconds, moment) => {
    const expected = moment === null ? null : new Date(moment);
    expect(await value("select care.crisis_moment($1)", [milliseconds])).toEqual(expected);
  });
});

describe("the causes of a deployment", () => {
  test.each([
    [["huiselijk geweld"], true],
    [["verward gedrag", " Bedreiging "], true],
    [["verward gedrag", "rouw"], false],
    [[null], false],
    [[], false],
  ])("%j raise a signal: %j", async (causes, inScope) => {
    expect(await value("select care.crisis_in_scope($1)", [causes])).toBe(inScope);
  });
});

test.each(["null", "[]", '"Noor"', '{"naam": "Noor"}', '{"naam": ["Noor"], "geboren": 2017, "bsn": {"a": 1}}'])(
  "a person written as %s does not make the row fail, nor lose its signal",
  async (person) => {
    await withClient(database.registryUrl, async (registry) => {
      const { rows } = await registry.query(
        "insert into registry.inzet (teamcode, aanleidingen) values ('WD', '{bedreiging}') returning inzetnummer",
      );
      await registry.query("insert into registry.aanwezige values ($1, 1, 'kind', $2)", [rows[0].inzetnummer, person]);
      const raised = await withClient(database.adminUrl, (admin) =>
        admin.query(
          `select from care.sent_signal where incident in (select id from care.incident where registry_key = $1)`,
          [rows[0].inzetnummer],
        ),
      );
      expect(raised.rowCount).toBe(1);
    });
  },
);
