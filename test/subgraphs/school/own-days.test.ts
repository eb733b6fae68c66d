import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Pool } from "pg";
import { importSchoolDays } from "../../../imports/school-days/import.ts";
import { SCHOOL_DAY_COLUMNS } from "../../../imports/school-days/row.ts";
import { sourceOf } from "../../imports/edexml-text.ts";
import { until } from "../../until.ts";
import { contact, daan, noor, type SchoolUnderTest, site, startSchool, teacher } from "./school-under-test.ts";

const tuesday = "2026-11-17";
const wednesday = "2026-11-18";

let school: SchoolUnderTest;
beforeEach(async () => {
  school = await startSchool(new Date(`${tuesday}T09:00:00Z`));
});
afterEach(async () => {
  await school[Symbol.asyncDispose]();
});

const set = async (firstDay: string, lastDay: string, isSchool: boolean, claims: object = contact) => {
  const { data } = await school.ask(
    { ...contact, ...claims },
    `mutation { setSchoolDays(input: { schoolId: "${site}", firstDay: "${firstDay}", lastDay: "${lastDay}", isSchool: ${isSchool} }) {
      ... on SchoolDaysSet { school { ownDays { id firstDay lastDay isSchool } } }
      ... on SchoolNotFound { code } ... on InvalidPeriod { code } } }`,
  );
  return data.setSchoolDays;
};
const remove = async (id: string, claims: object = contact) => {
  const { data } = await school.ask(
    { ...contact, ...claims },
    `mutation { removeSchoolDays(input: { schoolDaysId: "${id}" }) {
      ... on SchoolDaysRemoved { school { ownDays { id } } } ... on SchoolDaysNotFound { code } } }`,
  );
  return data.removeSchoolDays;
};
const own = async () => (await school.ask(contact, `{ school(id: "${site}") { ownDays { id } } }`)).data.school.ownDays;
const importRow = async (row: string) => {
  const pool = new Pool({ connectionString: school.database.appUrl, max: 1 });
  const file = `${SCHOOL_DAY_COLUMNS.join(";")}\n${row}\n`;
  const outcome = await importSchoolDays(pool, sourceOf(file), { today: tuesday });
  await pool.end();
  expect(outcome.refused).toBe(0);
};
const movedTo = (day: string) =>
  until("the signals' new day", async () => (await school.signals()).every(({ supportOn }) => supportOn === day));

describe("a day that becomes free", () => {
  test("moves the day and the erasure of open signals, seen or not, and says so once", async () => {
    await school.deliver(noor);
    await school.deliver(daan);
    const [{ id }] = await school.signals();
    await school.gesture(contact, "acknowledgeSignal", id);
    await set(tuesday, tuesday, false);
    await movedTo(wednesday);
    expect((await school.signals()).map(({ erasesAt }) => erasesAt)).toEqual(
      Array(2).fill(`${wednesday}T23:00:00.000Z`),
    );
    expect(await school.told()).toEqual(["RAISED", "RAISED", "CHANGED", "CHANGED", "CHANGED"]);
    school.now = new Date(`${wednesday}T22:59:59Z`);
    expect((await school.signals()).every(({ pupil }) => pupil !== null)).toBe(true);
    school.now = new Date(`${wednesday}T23:00:00Z`);
    await until("the erasure", async () => (await school.told()).includes("ERASED"));
    expect((await school.signals()).find((one) => one.id === id)).toMatchObject({ status: "EXPIRED", pupil: null });
  });

  test("moves them when it comes by an import of the school's days, or of its region's holidays", async () => {
    await school.deliver(noor);
    await importRow(`free;;${site};${tuesday};;;;`);
    await movedTo(wednesday);
    await importRow(`holiday;Midden;;${wednesday};${wednesday};;;`);
    await movedTo("2026-11-19");
  });

  test("moves what is held to the next opening, and the router is told, each time", async () => {
    school.now = new Date(`${tuesday}T20:00:00Z`);
    const { id, answer } = await school.deliver(noor);
    expect(answer.appearsAt).toBe(`${wednesday}T06:00:00.000Z`);
    await set(wednesday, wednesday, false);
    const appearsAt = "2026-11-19T06:00:00.000Z";
    const told = await school.hops.next(
      ({ document, input }) => document.includes("reportAppearance") && input.id === id,
    );
    expect(told).toMatchObject({ appearsAt, revision: 1 });
    expect(told.firstBells.slice(-2)).toEqual([`${tuesday}T07:30:00.000Z`, "2026-11-19T07:30:00.000Z"]);
    expect((await school.deliver(noor, id)).answer).toMatchObject({ appearsAt, firstBells: told.firstBells });
    await remove((await own())[0].id);
    const back = await school.hops.next(({ input }) => input.id === id && input.revision === 2);
    expect(back.appearsAt).toBe(`${wednesday}T06:00:00.000Z`);
    expect(await school.told()).toEqual([]);
  });

  test("leaves alone a signal of another school, and one that has ended", async () => {
    await school.deliver(noor);
    const [{ id }] = await school.signals();
    await school.gesture(contact, "confirmSupport", id);
    await school.deliver(daan);
    await school.sql("update care.signal set school_id = '99AB00' where status = 'SUPPORTED'");
    await set(tuesday, tuesday, false);
    await movedTo(wednesday);
    const days = await school.sql("select support_on::text as day from care.signal where id = $1", [id]);
    expect(days).toEqual([{ day: tuesday }]);
  });
});

test("a day that becomes a school day brings forward what nobody has seen; who has seen keeps the day that was told", async () => {
  await set(wednesday, wednesday, false);
  school.now = new Date(`${tuesday}T15:00:00Z`);
  await school.deliver(noor);
  await school.deliver(daan);
  const [seen] = await school.signals();
  expect(seen.supportOn).toBe("2026-11-19");
  await school.gesture(contact, "acknowledgeSignal", seen.id);
  await set(wednesday, wednesday, true);
  await until("a signal's new day", async () =>
    (await school.signals()).some(({ supportOn }) => supportOn === wednesday),
  );
  const days = new Map((await school.signals()).map(({ id, supportOn }) => [id, supportOn]));
  expect(days.get(seen.id)).toBe("2026-11-19");
});

describe("a school's own days", () => {
  test("are shown in their order, set once, and the other way take the place of the same run", async () => {
    await set("2026-12-07", "2026-12-08", false);
    await set("2026-12-01", "2026-12-01", false);
    await set("2026-12-01", "2026-12-01", false);
    const { school: after } = await set("2026-12-07", "2026-12-08", true);
    expect(after.ownDays).toMatchObject([
      { firstDay: "2026-12-01", lastDay: "2026-12-01", isSchool: false },
      { firstDay: "2026-12-07", lastDay: "2026-12-08", isSchool: true },
    ]);
    const [first, second] = after.ownDays;
    expect((await remove(first.id)).school.ownDays).toEqual([{ id: second.id }]);
    expect(await remove(first.id)).toEqual({ code: "SCHOOL_DAYS_NOT_FOUND" });
  });

  test("are refused where the run is backwards or too long, and once there are too many", async () => {
    expect(await set("2026-12-07", "2026-12-06", false)).toEqual({ code: "PERIOD_REVERSED" });
    expect(await set("2026-12-07", "2036-12-06", false)).toEqual({ code: "PERIOD_TOO_LONG" });
    await school.sql(
      `insert into care.school_own_days (school_id, first_day, last_day, is_school)
       select '${site}', date '2027-01-01' + n, date '2027-01-01' + n, false from generate_series(1, 200) as n`,
    );
    expect(await set("2026-12-07", "2026-12-07", false)).toEqual({ code: "TOO_MANY_PERIODS" });
  });

  test("are nobody else's to set or to remove", async () => {
    const { school: mine } = await set("2026-12-07", "2026-12-08", false);
    for (const other of [{ schools: ["99AB00"] }, teacher("m2"), { role: "janitor" }]) {
      expect(await set("2026-12-01", "2026-12-01", false, other)).toEqual({ code: "SCHOOL_NOT_FOUND" });
      expect(await remove(mine.ownDays[0].id, other)).toEqual({ code: "SCHOOL_DAYS_NOT_FOUND" });
    }
    expect(await remove("1; drop table care.signal")).toEqual({ code: "SCHOOL_DAYS_NOT_FOUND" });
    expect(await school.sql("select from care.school_own_days")).toHaveLength(1);
  });
});
