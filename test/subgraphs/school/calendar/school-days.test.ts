import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Claims } from "../../../../plumbing/claims.ts";
import { type Database, openDatabase, systemClaims } from "../../../../plumbing/database.ts";
import { readCalendar, supportDayOf } from "../../../../subgraphs/school/calendar/school-days.ts";
import { schoolDatabase } from "../../../../subgraphs/school/database.ts";
import { withClient } from "../../../../system/databases.ts";
import { createTestDatabase, type TestDatabase } from "../../../database.ts";
import { openTestLog } from "../../../log.ts";
import { calendarOf } from "../../../plumbing/school-days/calendars.ts";

let database: TestDatabase;
let rows: Database;

beforeAll(async () => {
  database = await createTestDatabase(schoolDatabase);
  rows = await openDatabase(database.appUrl, []);
  await withClient(database.adminUrl, (admin) =>
    admin.query(`
      insert into care.school_region values ('99AB00', 'Zuid');
      insert into care.school_own_days values
        ('99AB00', '2026-12-07', '2026-12-07', false), ('99AB00', '2027-02-15', '2027-02-19', true);
      insert into care.school_hours values ('99AB00', 3, '08:45', '12:15');
      insert into care.region_holiday values ('Noord', '2028-10-14', '2028-10-22');
      insert into care.school_region values ('99AC00', 'Noord');`),
  );
});

afterAll(async () => {
  await rows[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

function supportDayAt(schoolId: string, at: string, log = openTestLog().log): Promise<string> {
  return rows.transaction(systemClaims, (manager) => supportDayOf(manager, schoolId, new Date(at), log));
}

describe("the calendar of a school", () => {
  test("without a row is that of the region Midden", async () => {
    const calendar = await rows.transaction(systemClaims, (manager) => readCalendar(manager, "99AA00"));
    expect(calendar).toEqual(calendarOf("Midden"));
  });

  test("has the school's region, days and hours", async () => {
    const calendar = await rows.transaction(systemClaims, (manager) => readCalendar(manager, "99AB00"));
    expect(calendar.holidays).toEqual(calendarOf("Zuid").holidays);
    expect(calendar.ownDays).toEqual(
      expect.arrayContaining([
        { firstDay: "2026-12-07", lastDay: "2026-12-07", isSchool: false },
        { firstDay: "2027-02-15", lastDay: "2027-02-19", isSchool: true },
      ]),
    );
    expect([...calendar.hours]).toEqual([[3, { firstBell: "08:45", endOfDay: "12:15" }]]);
  });

  test("gains the holidays that were imported for its region", async () => {
    expect(await supportDayAt("99AC00", "2028-10-13T18:00:00Z")).toBe("2028-10-23");
    expect(await supportDayAt("99AA00", "2028-10-13T18:00:00Z")).toBe("2028-10-16");
  });
});

test.each([
  ["in the carnival of Zuid that the school works through", "99AB00", "2027-02-14T12:00:00Z", "2027-02-15"],
  ["after the school's free Monday", "99AB00", "2026-12-05T12:00:00Z", "2026-12-08"],
  ["the day after a Wednesday's early end", "99AB00", "2026-11-25T11:30:00Z", "2026-11-26"],
  ["on that same Wednesday at another school", "99AA00", "2026-11-25T11:30:00Z", "2026-11-25"],
])("support is due %s", async (_, schoolId, at, day) => {
  expect(await supportDayAt(schoolId, at)).toBe(day);
});

test("the end of the known holidays is logged once, and without a school or a day", async () => {
  const { log, lines } = openTestLog();
  await supportDayAt("99AA00", "2027-09-01T08:00:00Z", log);
  expect(lines).toEqual([]);
  await supportDayAt("99AA00", "2029-01-02T08:00:00Z", log);
  await supportDayAt("99AB00", "2029-01-03T08:00:00Z", log);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/99A|2029-/);
});

describe("row-level security", () => {
  const tables = ["region_holiday", "school_region", "school_own_days", "school_hours"];

  async function seen(claims: Claims): Promise<number[]> {
    return rows.transaction(claims, async (manager) => {
      const counts: number[] = [];
      for (const table of tables) {
        const [found] = await manager.query<{ count: number }[]>(`select count(*)::int as count from care.${table}`);
        counts.push(found?.count ?? 0);
      }
      return counts;
    });
  }

  const school = (...schools: string[]): Claims => ({ sub: "m1", party: "school", scope: [], schools });

  test("shows a school the regions' holidays and its own days, and nobody else's", async () => {
    expect(await seen(systemClaims)).toEqual([1, 2, 2, 1]);
    expect(await seen(school("99AB00"))).toEqual([1, 1, 2, 1]);
    expect(await seen(school("99AA00"))).toEqual([1, 0, 0, 0]);
    expect(await seen({ sub: "p1", party: "police", scope: [], schools: ["99AB00"] })).toEqual([0, 0, 0, 0]);
  });

  test("lets a contact person set days of the own school, and of no other", async () => {
    const set = (claims: Claims) =>
      rows.transaction(claims, (manager) =>
        manager.query("insert into care.school_own_days values ('99AB00', '2027-03-01', '2027-03-01', false)"),
      );
    const others = [school("99AA00"), { ...school("99AB00"), role: "teacher", staffMember: "m2" }];
    for (const other of others) await expect(set(other)).rejects.toMatchObject({ code: "42501" });
    await set(school("99AB00"));
    expect(await seen(school("99AB00"))).toEqual([1, 1, 3, 1]);
  });

  test.each(tables.filter((table) => table !== "school_own_days"))("lets no school change %s", async (table) => {
    const claims = school("99AB00");
    const deleted = await rows.transaction(claims, (manager) =>
      manager.query<unknown[]>(`with gone as (delete from care.${table} returning 1) select from gone`),
    );
    expect(deleted).toEqual([]);
    await expect(
      rows.transaction(claims, (manager) =>
        manager.query(`insert into care.${table} select * from care.${table} limit 1`),
      ),
    ).rejects.toMatchObject({ code: "42501" });
  });
});
