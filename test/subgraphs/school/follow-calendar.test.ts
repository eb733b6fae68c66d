import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openSchoolJobs, type SchoolJobs } from "./school-jobs.ts";

let school: SchoolJobs;
beforeEach(async () => {
  school = await openSchoolJobs("2026-02-02T08:30:00Z");
  await school.sql(`insert into care.contact_person values ('99AC00', 'm1', 1)`);
  await school.sql(`insert into care.school_region values ('99AC00', 'Zuid')`);
  await school.sql("delete from graphile_worker._private_jobs");
});
afterEach(async () => {
  await school[Symbol.asyncDispose]();
});

/** At which schools the new days are followed: what waits, and what comes of that. */
async function followed(): Promise<string[]> {
  const at: string[] = [];
  const { followCalendar } = school.tasks;
  if (followCalendar === undefined) throw new Error("No task");
  school.tasks["followCalendar"] = async (payload, jobs) => {
    const { schoolId } = payload as { schoolId?: string };
    if (schoolId !== undefined) at.push(schoolId);
    await followCalendar(payload, jobs);
  };
  await school.run();
  school.tasks["followCalendar"] = followCalendar;
  return at.sort();
}

const free = "insert into care.school_own_days (school_id, first_day, last_day, is_school) values";

test("a school's own days and hours are followed at that school alone", async () => {
  await school.sql(
    `${free} ('99AA00', '2026-03-02', '2026-03-02', false), ('99AA00', '2026-03-03', '2026-03-03', false)`,
  );
  expect(await school.sql("select key from graphile_worker.jobs")).toEqual([{ key: "followCalendar:99AA00" }]);
  expect(await followed()).toEqual(["99AA00"]);
  await school.sql("delete from care.school_own_days");
  expect(await followed()).toEqual(["99AA00"]);
  for (const change of [
    "insert into care.contact_hours (school_id) values ('99AB00')",
    "update care.contact_hours set always = true",
    "delete from care.contact_hours",
  ]) {
    await school.sql(change);
    expect(await followed()).toEqual(["99AB00"]);
  }
});

test("a region's holidays are followed at each school of the region, by a job of its own", async () => {
  const holiday = (region: string) =>
    `insert into care.region_holiday values ('${region}', '2026-03-02', '2026-03-06')`;
  await school.sql(holiday("Midden"));
  expect(await followed()).toEqual(["99AA00", "99AB00"]);
  await school.sql(holiday("Zuid"));
  expect(await followed()).toEqual(["99AC00"]);
});

test("a school where that fails holds up no other", async () => {
  const signal = await school.raise();
  await school.sql("update care.signal set support_on = '2026-03-02', erases_at = '2026-03-02T23:00:00Z'");
  await school.sql(
    `${free} ('99AB00', '2026-03-02', '2026-03-02', false), ('99AA00', '2026-03-02', '2026-03-02', false)`,
  );
  const { followCalendar } = school.tasks;
  let failed = 0;
  school.tasks["followCalendar"] = async (payload, jobs) => {
    if ((payload as { schoolId: string }).schoolId === "99AB00" && failed++ < 3) throw new Error("No");
    await followCalendar?.(payload, jobs);
  };
  await school.run();
  expect(failed).toBe(4);
  // It is unseen, and its own day has become free: the first school day to come is today.
  expect(await school.sql("select support_on::text as day from care.signal where id = $1", [signal])).toEqual([
    { day: "2026-02-02" },
  ]);
});
