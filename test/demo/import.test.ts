import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { DataSource } from "typeorm";
import { demoFiles } from "../../demo/files.ts";
import { importEdexml } from "../../imports/edexml/import.ts";
import { importEnrolments } from "../../imports/enrolments/import.ts";
import { importInstitutions } from "../../imports/institutions/import.ts";
import { leerplichtDatabase } from "../../subgraphs/leerplicht/database.ts";
import {
  registryEntities as leerplichtEntities,
  RegistryAbsence,
  RegistryOfficerSite,
  RegistryYoungPerson,
} from "../../subgraphs/leerplicht/registry/entities.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import {
  RegistryPupil,
  RegistryStaffMember,
  registryEntities as schoolEntities,
} from "../../subgraphs/school/registry/entities.ts";
import { sourceOf } from "../imports/edexml-text.ts";
import { openRegistry, type TestRegistry } from "../imports/registry.ts";

const options = { today: "2026-11-23" };
const files = demoFiles();
let schools: TestRegistry;
let leerplicht: TestRegistry;

beforeAll(async () => {
  schools = await openRegistry(schoolDatabase);
  leerplicht = await openRegistry(leerplichtDatabase);
});

afterAll(async () => {
  await schools[Symbol.asyncDispose]();
  await leerplicht[Symbol.asyncDispose]();
});

function source(path: string) {
  return sourceOf(files.get(path) ?? Buffer.alloc(0), 65_536);
}

/** Reads with the entities that the subgraph reads with. */
async function withEntities<T>(
  url: string,
  entities: readonly (new () => object)[],
  work: (rows: DataSource) => Promise<T>,
) {
  const rows = new DataSource({ type: "postgres", url, entities: [...entities] });
  await rows.initialize();
  try {
    return await work(rows);
  } finally {
    await rows.destroy();
  }
}

describe("the demonstration files go in", () => {
  test("for all twelve schools at once, without a row left out", async () => {
    const paths = [...files.keys()].filter((path) => path.startsWith("edexml/"));
    const outcomes = await Promise.all(paths.map((path) => importEdexml(schools.pool, source(path), options)));
    expect(outcomes.map(({ subject }) => `edexml/${subject}.xml`)).toEqual(paths);
    expect(outcomes.reduce((sum, { refused }) => sum + refused, 0)).toBe(0);
    await withEntities(schools.url, schoolEntities, async (rows) => {
      for (const entity of schoolEntities) expect(await rows.getRepository<object>(entity).count()).toBeGreaterThan(0);
      const lucja = await rows
        .getRepository(RegistryPupil)
        .findOneByOrFail({ callName: "Łucja", birthDate: "2019-01-23" });
      expect(lucja).toMatchObject({ brin: "99AK", familyName: "Dąbrowski", enrolledUntil: null });
      expect(lucja).not.toHaveProperty("bsn");
      const [contact] = await rows.getRepository(RegistryStaffMember).findBy({ brin: "99AA", exportKey: "m2" });
      expect(contact?.roles).toEqual(["IB"]);
    });
  });

  test("for Leerplicht, without a row left out", async () => {
    const institutions = await importInstitutions(leerplicht.pool, source("leerplicht/institutions.csv"), options);
    const enrolments = await importEnrolments(leerplicht.pool, source("leerplicht/enrolments.csv"), options);
    expect([institutions.refused, enrolments.refused]).toEqual([0, 0]);
    await withEntities(leerplicht.url, leerplichtEntities, async (rows) => {
      // Absences come by the day, and by no file.
      for (const entity of leerplichtEntities.filter((one) => one !== RegistryAbsence))
        expect(await rows.getRepository<object>(entity).count()).toBeGreaterThan(0);
      const persons = rows.getRepository(RegistryYoungPerson);
      const sjoerd = await persons.findOneByOrFail({
        callName: "Sjoerd",
        familyName: "Hoekstra",
        birthDate: "2015-11-19",
      });
      expect(await rows.query("select from registry.inschrijving where jeugdige_id = $1", [sjoerd.id])).toHaveLength(2);
      expect(await rows.getRepository(RegistryOfficerSite).count()).toBe(12);
    });
  });
});
