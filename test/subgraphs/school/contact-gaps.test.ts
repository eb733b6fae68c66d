import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Pool } from "pg";
import { importContacts } from "../../../imports/contacts/import.ts";
import { openIdentities } from "../../../prove/erasure/opened-identities.ts";
import { sourceOf } from "../../imports/edexml-text.ts";
import { openSchoolJobs, type SchoolJobs } from "./school-jobs.ts";

let school: SchoolJobs;

beforeEach(async () => {
  school = await openSchoolJobs("2026-02-05T10:59:59Z");
  await lookAhead();
  await school.sql("update registry.medewerker set emailadres = 'bos@example.nl' where emailadres is null");
  await school.sql("delete from care.outbox; delete from care.contact_gap; delete from graphile_worker._private_jobs");
});

afterEach(async () => {
  await school[Symbol.asyncDispose]();
});

/** A minute has come round on each of so many replicas. */
async function lookAhead(replicas = 1): Promise<void> {
  await school.sql("select graphile_worker.add_job('lookAhead') from generate_series(1, $1)", [replicas]);
  await school.run(replicas);
}

async function lookAheadAt(moment: string): Promise<void> {
  await school.at(moment);
  await lookAhead();
}

async function absent(schoolId: string, keys: string[], firstDay: string, lastDay: string): Promise<void> {
  await school.sql(
    `insert into care.contact_absence (school_id, staff_key, first_day, last_day)
     select $1, key, $3, $4 from unnest($2::text[]) key`,
    [schoolId, keys, firstDay, lastDay],
  );
}

/** What Leerplicht has been told since the last call. */
async function told(): Promise<string[]> {
  const rows = await openIdentities(school.rows);
  await school.sql("delete from care.outbox");
  return rows
    .map(({ content }) => JSON.parse(content))
    .map(({ schoolId, day, open }) => `${schoolId} ${day} ${open ? "open" : "mended"}`)
    .sort();
}

describe("at noon, of a school of which nobody can be reached on the next school day", () => {
  test("Leerplicht is told once, on the day before", async () => {
    await absent("99AA00", ["m1", "m2", "m3"], "2026-02-06", "2026-02-06");
    await lookAheadAt("2026-02-05T10:59:59Z");
    expect(await told()).toEqual([]);
    await lookAheadAt("2026-02-05T11:00:00Z");
    expect(await told()).toEqual(["99AA00 2026-02-06 open"]);
    await lookAhead();
    await lookAheadAt("2026-02-05T16:00:00Z");
    expect(await told()).toEqual([]);
  });

  test("it is told on the Friday for the Monday, and before a holiday for the day after it", async () => {
    await absent("99AB00", ["m1"], "2026-02-09", "2026-02-09");
    await absent("99AA00", ["m1", "m2", "m3"], "2026-02-23", "2026-02-23");
    await lookAheadAt("2026-02-06T11:00:00Z");
    expect(await told()).toEqual(["99AB00 2026-02-09 open"]);
    await lookAheadAt("2026-02-13T11:00:00Z");
    expect(await told()).toEqual(["99AA00 2026-02-23 open"]);
  });

  test("one who is there is enough; one who has left, or has no address, is not", async () => {
    await absent("99AA00", ["m1", "m2"], "2026-02-06", "2026-02-06");
    await lookAheadAt("2026-02-05T11:00:00Z");
    expect(await told()).toEqual([]);
    await school.sql("update registry.medewerker set uitdienstdatum = '2026-02-10' where sleutel = 'm3'");
    await school.sql("update registry.medewerker set emailadres = 'no address' where brincode = '99AB'");
    await absent("99AA00", ["m1", "m2"], "2026-02-10", "2026-02-10");
    await lookAheadAt("2026-02-09T11:00:00Z");
    expect(await told()).toEqual(["99AA00 2026-02-10 open", "99AB00 2026-02-09 open", "99AB00 2026-02-10 open"]);
  });

  test("a noon that was missed is made up for at once, by one of the replicas", async () => {
    await absent("99AA00", ["m1", "m2", "m3"], "2026-02-06", "2026-02-06");
    await school.at("2026-02-06T01:00:00Z");
    await lookAhead(3);
    expect(await told()).toEqual(["99AA00 2026-02-06 open"]);
    expect(await school.sql("select day::text from care.look_ahead")).toEqual([{ day: "2026-02-05" }]);
  });

  test("it is mended where a day has become free, and where the school takes part no more", async () => {
    await absent("99AA00", ["m1", "m2", "m3"], "2026-02-06", "2026-02-06");
    await absent("99AB00", ["m1"], "2026-02-06", "2026-02-06");
    await lookAheadAt("2026-02-05T11:00:00Z");
    expect(await told()).toHaveLength(2);
    await school.sql("insert into care.school_own_days values ('99AA00', '2026-02-06', '2026-02-06', false)");
    await school.sql("delete from care.contact_person where school_id = '99AB00'");
    await school.sql(
      "select graphile_worker.add_job('lookForGaps', json_build_object('schoolId', id)) from unnest(array['99AA00', '99AB00']) id",
    );
    await school.run();
    expect(await told()).toEqual(["99AA00 2026-02-06 mended", "99AB00 2026-02-06 mended"]);
  });
});

test("another contact named by a file mends a gap, and one taken out opens it", async () => {
  await absent("99AA00", ["m1"], "2026-02-06", "2026-02-06");
  const pool = new Pool({ connectionString: school.url, max: 1 });
  const named = async (...keys: string[]) => {
    const lines = ["site;staff_key", ...keys.map((key) => `99AA00;${key}`)].join("\n");
    await importContacts(pool, sourceOf(`${lines}\n`), { today: "2026-02-05" });
    await school.run();
  };
  await named("m1");
  expect(await told()).toEqual(["99AA00 2026-02-06 open"]);
  await named("m1");
  expect(await told()).toEqual([]);
  await named("m2", "m1");
  expect(await told()).toEqual(["99AA00 2026-02-06 mended"]);
  await named("m1");
  expect(await told()).toEqual(["99AA00 2026-02-06 open"]);
  const [gap] = await school.sql("select revision from care.contact_gap");
  expect(gap).toEqual({ revision: 3 });
  await pool.end();
});

test("absences and gaps are gone once they have passed", async () => {
  await absent("99AA00", ["m1", "m2", "m3"], "2026-02-06", "2026-02-06");
  await lookAheadAt("2026-02-05T11:00:00Z");
  await lookAheadAt("2026-02-09T11:00:00Z");
  expect(await school.sql("select school_id from care.contact_absence")).toEqual([]);
  expect(await school.sql("select school_id from care.contact_gap")).toEqual([]);
});
