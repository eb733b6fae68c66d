import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Pool } from "pg";
import { importContacts } from "../../imports/contacts/import.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { sourceOf } from "./edexml-text.ts";

let database: TestDatabase;
let pool: Pool;

beforeEach(async () => {
  database = await createTestDatabase(schoolDatabase);
  pool = new Pool({ connectionString: database.appUrl, max: 1 });
  await withClient(database.registryUrl, (registry) =>
    registry.query(`
      insert into registry.school (brincode, dependancecode, schooljaar) values
        ('99AA', '00', '2026-2027'), ('99AB', '00', '2026-2027');
      insert into registry.medewerker (brincode, dependancecode, sleutel, achternaam, uitdienstdatum) values
        ('99AA', '00', 'm1', 'Bakker', null), ('99AA', '00', 'm2', 'Smit', null),
        ('99AA', '00', 'm3', 'Weg', '2026-01-01'), ('99AB', '00', 'm1', 'Bos', null);`),
  );
});

afterEach(async () => {
  await pool.end();
  await database[Symbol.asyncDispose]();
});

function importRows(...rows: string[]) {
  return importContacts(pool, sourceOf(`${["site;staff_key", ...rows].join("\n")}\n`), { today: "2026-11-23" });
}

async function named(): Promise<string[]> {
  const { rows } = await withClient(database.adminUrl, (admin) =>
    admin.query("select school_id || ' ' || staff_key as one from care.contact_person order by 1"),
  );
  return rows.map(({ one }) => one);
}

describe("contact persons", () => {
  test("are named for each site of the file, in the place of those who were", async () => {
    await importRows("99AA00;m1", "99AB00;m1");
    const { counts } = await importRows("99AA00;m2");
    expect(counts).toMatchObject({ contacts: { added: 1, ended: 1 } });
    expect(await named()).toEqual(["99AA00 m2", "99AB00 m1"]);
    expect((await importRows("99AA00;m2")).counts).toMatchObject({ contacts: { added: 0, ended: 0, unchanged: 1 } });
  });

  test("stand in the order of the file, and a new file puts them in another; the first row about a person counts", async () => {
    const order = async () => {
      const { rows } = await withClient(database.adminUrl, (admin) =>
        admin.query("select staff_key from care.contact_person where school_id = '99AA00' order by position"),
      );
      return rows.map(({ staff_key }) => staff_key);
    };
    await importRows("99AA00;m2", "99AB00;m1", "99AA00;m1", "99AA00;m2");
    expect(await order()).toEqual(["m2", "m1"]);
    const { counts } = await importRows("99AA00;m1", "99AA00;m2");
    expect(counts).toMatchObject({ contacts: { added: 0, changed: 2, ended: 0, unchanged: 0 } });
    expect(await order()).toEqual(["m1", "m2"]);
    await Promise.all([importRows("99AA00;m2", "99AA00;m1"), importRows("99AA00;m2", "99AA00;m1")]);
    expect(await order()).toEqual(["m2", "m1"]);
  });

  test("must work there; a site with a bad row stays as it was, and the rest goes in", async () => {
    await importRows("99AA00;m1");
    const outcome = await importRows("99AA00;m2", "99AA00;m3", "99AB00;m1", "99AB0;m1", "99AC00;");
    expect(outcome.refusedRows).toEqual([
      { line: 3, reason: "STAFF_UNKNOWN" },
      { line: 5, reason: "SITE_INVALID" },
      { line: 6, reason: "KEY_MISSING" },
    ]);
    expect(await named()).toEqual(["99AA00 m1", "99AB00 m1"]);
  });

  test("do not change by a file without the columns", async () => {
    await importRows("99AA00;m1");
    await expect(importContacts(pool, sourceOf("a;b\n1;2\n"), { today: "2026-11-23" })).rejects.toMatchObject({
      code: "HEADER_MISMATCH",
    });
    expect(await named()).toEqual(["99AA00 m1"]);
  });
});
