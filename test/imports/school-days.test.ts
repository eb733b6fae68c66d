import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Pool } from "pg";
import { demoFiles } from "../../demo/files.ts";
import { SCHOOLS } from "../../demo/schools.ts";
import { importSchoolDays } from "../../imports/school-days/import.ts";
import { SCHOOL_DAY_COLUMNS } from "../../imports/school-days/row.ts";
import { policeDatabase } from "../../subgraphs/police/database.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { sourceOf } from "./edexml-text.ts";

const today = "2026-11-23";
let database: TestDatabase;
let pool: Pool;

beforeEach(async () => {
  database = await createTestDatabase(schoolDatabase);
  pool = new Pool({ connectionString: database.appUrl, max: 1 });
  await withClient(database.registryUrl, (registry) =>
    registry.query(
      `insert into registry.school (brincode, dependancecode, schooljaar)
       select left(site, 4), right(site, 2), '2026-2027' from unnest($1::text[]) as site`,
      [SCHOOLS.map(({ site }) => site)],
    ),
  );
});

afterEach(async () => {
  await pool.end();
  await database[Symbol.asyncDispose]();
});

function importRows(...rows: string[]) {
  return importSchoolDays(pool, sourceOf(`${[SCHOOL_DAY_COLUMNS.join(";"), ...rows].join("\n")}\n`), { today });
}

/** All that the database holds of school days, a line a row. */
async function held(): Promise<string[]> {
  const { rows } = await withClient(database.adminUrl, (admin) =>
    admin.query(`
      select concat_ws(' ', region, first_day, last_day) as line from care.region_holiday
      union all select concat_ws(' ', school_id, region) from care.school_region
      union all select concat_ws(' ', school_id, first_day, last_day, is_school) from care.school_own_days
      union all select concat_ws(' ', school_id, weekday, first_bell, end_of_day) from care.school_hours
      order by 1`),
  );
  return rows.map(({ line }) => line);
}

describe("school days", () => {
  test("go in for regions and for schools, of one file", async () => {
    const outcome = await importRows(
      "holiday;Noord;;2028-10-14;2028-10-22;;;",
      "region;Zuid;99AA00;;;;;",
      "free;;99AA00;2026-12-07;;;;",
      "school;;99AA00;2026-10-19;2026-10-23;;;",
      "hours;;99AA00;;;12;08:15;14:00",
    );
    expect(outcome).toMatchObject({ refused: 0, counts: { holidays: { added: 1 }, hours: { added: 2 } } });
    expect(await held()).toEqual([
      "99AA00 1 08:15:00 14:00:00",
      "99AA00 2 08:15:00 14:00:00",
      "99AA00 2026-10-19 2026-10-23 t",
      "99AA00 2026-12-07 2026-12-07 f",
      "99AA00 Zuid",
      "Noord 2028-10-14 2028-10-22",
    ]);
  });

  test("stand in the place of what their school, or their region's school year, had; others keep theirs", async () => {
    await importRows(
      "holiday;Noord;;2028-10-14;2028-10-22;;;",
      "holiday;Noord;;2029-07-21;2029-09-02;;;",
      "holiday;Noord;;2029-10-20;2029-10-28;;;",
      "holiday;Zuid;;2028-10-21;2028-10-29;;;",
      "free;;99AA00;2026-12-07;;;;",
      "hours;;99AA00;;;1;08:15;14:00",
      "free;;99AB00;2026-12-07;;;;",
    );
    const { counts } = await importRows(
      "holiday;Noord;;2028-10-21;2028-10-29;;;",
      "free;;99AA00;2026-12-07;;;;",
      "free;;99AA00;2026-12-08;;;;",
    );
    expect(counts).toMatchObject({
      holidays: { added: 1, ended: 2, unchanged: 0 },
      days: { added: 1, ended: 0, unchanged: 1 },
      hours: { added: 0, ended: 1, unchanged: 0 },
    });
    expect(await held()).toEqual([
      "99AA00 2026-12-07 2026-12-07 f",
      "99AA00 2026-12-08 2026-12-08 f",
      "99AB00 2026-12-07 2026-12-07 f",
      "Noord 2028-10-21 2028-10-29",
      "Noord 2029-10-20 2029-10-28",
      "Zuid 2028-10-21 2028-10-29",
    ]);
  });

  test.each([
    ["vacation;Noord;;2028-10-14;;;;", "KIND_INVALID"],
    ["holiday;West;;2028-10-14;;;;", "REGION_INVALID"],
    ["holiday;;;2028-10-14;;;;", "REGION_INVALID"],
    ["holiday;Noord;;2028-02-30;;;;", "DATE_INVALID"],
    ["free;;99AA00;;;;;", "DATE_INVALID"],
    ["free;;99AA0;2026-12-07;;;;", "SITE_INVALID"],
    ["free;;99AA00;2026-12-07;2026-12-06;;;", "PERIOD_REVERSED"],
    ["free;;99AA00;2026-07-04;2036-08-16;;;", "PERIOD_TOO_LONG"],
    ["free;;99XX00;2026-12-07;;;;", "SITE_UNKNOWN"],
    ["region;;99AA00;;;;;", "REGION_INVALID"],
    ["hours;;99AA00;;;8;08:30;15:00", "HOURS_INVALID"],
    ["hours;;99AA00;;;1;8:30;15:00", "HOURS_INVALID"],
    ["hours;;99AA00;;;1;15:00;08:30", "HOURS_INVALID"],
    ["hours;;99AA00;;;11;08:30;15:00", "KEY_TWICE"],
    ["free;;99AA00;2026-12-07;;;", "COLUMNS_MISMATCH"],
  ])("that are written as %s are left out, with the reason %s", async (row, reason) => {
    const { refusedRows } = await importRows("free;;99AB00;2026-12-07;;;;", row);
    expect(refusedRows).toEqual([{ line: 3, reason }]);
    expect(await held()).toEqual(["99AB00 2026-12-07 2026-12-07 f"]);
  });

  test("say that a school is always reached, and leave the hours that its contact persons set alone otherwise", async () => {
    const hours = async () =>
      (
        await withClient(database.adminUrl, (admin) =>
          admin.query("select school_id, opens, always from care.contact_hours order by 1"),
        )
      ).rows;
    await withClient(database.adminUrl, (admin) =>
      admin.query(
        "insert into care.contact_hours values ('99AA00', '06:00', '20:00', false), ('99AB00', '06:00', '20:00', false)",
      ),
    );
    await importRows("free;;99AA00;2026-12-07;;;;", "always;;99AB00;;;;;");
    expect(await hours()).toEqual([
      { school_id: "99AA00", opens: "06:00:00", always: false },
      { school_id: "99AB00", opens: "07:00:00", always: true },
    ]);
    expect((await importRows("always;;99XX00;;;;;", "always;;;;;;;")).refusedRows).toEqual([
      { line: 2, reason: "SITE_UNKNOWN" },
      { line: 3, reason: "SITE_INVALID" },
    ]);
  });

  test("leave a school and a region with a bad row as they were", async () => {
    await importRows("free;;99AA00;2026-12-07;;;;", "holiday;Zuid;;2028-10-21;2028-10-29;;;");
    const before = await held();
    const { refused } = await importRows(
      "free;;99AA00;2026-12-08;;;;",
      "region;Noord;99AA00;;;;;",
      "region;Zuid;99AA00;;;;;",
      "holiday;Zuid;;2029-07-14;2029-08-26;;;",
      "holiday;Zuid;;2028-10-29;2028-10-21;;;",
    );
    expect(refused).toBe(2);
    expect(await held()).toEqual(before);
  });

  test("of the demonstration go in without a row left out, and again without a change", async () => {
    const file = () => sourceOf(demoFiles().get("school-days.csv") ?? Buffer.alloc(0));
    expect(await importSchoolDays(pool, file(), { today })).toMatchObject({
      refused: 0,
      counts: { regions: { added: 3 }, days: { added: 4 }, hours: { added: 5 } },
    });
    expect((await importSchoolDays(pool, file(), { today })).counts).toMatchObject({
      regions: { added: 0, ended: 0, unchanged: 3 },
      days: { added: 0, ended: 0, unchanged: 4 },
      hours: { added: 0, ended: 0, unchanged: 5 },
    });
  });

  test("do not change by a file without the columns", async () => {
    await importRows("free;;99AA00;2026-12-07;;;;");
    await expect(importSchoolDays(pool, sourceOf("kind;site\nfree;99AA00\n"), { today })).rejects.toMatchObject({
      code: "HEADER_MISMATCH",
    });
    expect(await held()).toHaveLength(1);
  });
});

test("the holidays of regions go into a part without schools as well, and nothing else of the file", async () => {
  await using police = await createTestDatabase(policeDatabase);
  await using stack = new AsyncDisposableStack();
  const own = stack.adopt(new Pool({ connectionString: police.appUrl, max: 1 }), (open) => open.end());
  const file = [
    SCHOOL_DAY_COLUMNS.join(";"),
    "holiday;Noord;;2028-10-14;2028-10-22;;;",
    "holiday;Zuid;;2028-10-22;2028-10-14;;;",
    "region;Zuid;99AA00;;;;;",
    "free;;99AA00;2026-12-07;;;;",
  ];
  const outcome = await importSchoolDays(own, sourceOf(`${file.join("\n")}\n`), { today });
  expect(outcome).toMatchObject({ refused: 1, counts: { holidays: { added: 1 } } });
  expect(Object.keys(outcome.counts)).toEqual(["holidays"]);
  const { rows } = await withClient(police.adminUrl, (admin) =>
    admin.query("select concat_ws(' ', region, first_day, last_day) as line from care.region_holiday"),
  );
  expect(rows).toEqual([{ line: "Noord 2028-10-14 2028-10-22" }]);
});
