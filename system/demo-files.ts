import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Pool } from "pg";
import { importContacts } from "../imports/contacts/import.ts";
import { importEdexml } from "../imports/edexml/import.ts";
import { importEnrolments } from "../imports/enrolments/import.ts";
import { importInstitutions } from "../imports/institutions/import.ts";
import { importSchoolDays } from "../imports/school-days/import.ts";
import { fileSource } from "../imports/source.ts";
import { dutchDay } from "../plumbing/dutch-time.ts";
import type { DatabaseUrls } from "./databases.ts";
import { root } from "./root.ts";

export const demoFolder = join(root, "demo");

/**
 * Loads the demo files by the imports that any school's and municipality's files go through.
 * May be repeated after it was cut short: each import brings the registry to what its file says.
 */
export async function importDemoFiles(school: DatabaseUrls, leerplicht: DatabaseUrls): Promise<void> {
  const today = dutchDay(new Date());
  await Promise.all([
    withPool(school.registryUrl, async (pool) => {
      const exports = (await readdir(join(demoFolder, "edexml"))).filter((name) => name.endsWith(".xml")).sort();
      for (const name of exports)
        await importEdexml(pool, await fileSource(join(demoFolder, "edexml", name)), { today });
    }),
    withPool(leerplicht.registryUrl, async (pool) => {
      const file = (name: string) => fileSource(join(demoFolder, "leerplicht", name));
      await importInstitutions(pool, await file("institutions.csv"), { today });
      await importEnrolments(pool, await file("enrolments.csv"), { today });
    }),
  ]);
  await withPool(school.appUrl, async (pool) => {
    await importContacts(pool, await fileSource(join(demoFolder, "contacts.csv")), { today });
    await importSchoolDays(pool, await fileSource(join(demoFolder, "school-days.csv")), { today });
  });
}

async function withPool(connectionString: string, work: (pool: Pool) => Promise<void>): Promise<void> {
  const pool = new Pool({ connectionString, max: 2 });
  try {
    await work(pool);
  } finally {
    await pool.end();
  }
}
