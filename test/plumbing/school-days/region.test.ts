import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Database, openDatabase, systemClaims } from "../../../plumbing/database.ts";
import { regionDeadlines } from "../../../plumbing/school-days/region.ts";
import { policeDatabase } from "../../../subgraphs/police/database.ts";
import { withClient } from "../../../system/databases.ts";
import { createTestDatabase, type TestDatabase } from "../../database.ts";
import { openTestLog } from "../../log.ts";

let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await createTestDatabase(policeDatabase);
  database = await openDatabase(place.appUrl, []);
  await withClient(place.adminUrl, (admin) =>
    admin.query("insert into care.region_holiday values ('Midden', '2028-10-14', '2028-10-22')"),
  );
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
});

async function dueBy(incident: string, log = openTestLog().log, claims = systemClaims): Promise<string | undefined> {
  const moments = [new Date(incident)];
  const [due] = await database.transaction(claims, (rows) => regionDeadlines(rows, "Midden", moments, log));
  return due?.toISOString();
}

test("a deadline goes by the holidays that were imported for the region, whoever asks", async () => {
  // The Friday before the autumn holiday: the bell of the Monday after it, and not that of the next.
  expect(await dueBy("2028-10-13T18:00:00Z")).toBe("2028-10-23T06:30:00.000Z");
  const unit = { sub: "u1", party: "police", organisation: "unit-1", scope: [] };
  expect(await dueBy("2028-10-13T18:00:00Z", openTestLog().log, unit)).toBe("2028-10-23T06:30:00.000Z");
});

test("a part notes once that the holidays that it knows have ended, and names no day", async () => {
  const { log, lines } = openTestLog();
  await dueBy("2028-10-13T18:00:00Z", log);
  await dueBy("2028-10-17T18:00:00Z", log);
  expect(lines).toHaveLength(1);
  await dueBy("2028-11-01T18:00:00Z", log);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/2028|Midden/);
});
