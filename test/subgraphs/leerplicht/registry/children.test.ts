import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Database, openDatabase, systemClaims } from "../../../../plumbing/database.ts";
import { type PersonName, sameName } from "../../../../plumbing/names.ts";
import { leerplichtDatabase } from "../../../../subgraphs/leerplicht/database.ts";
import { childrenWhoMayBe } from "../../../../subgraphs/leerplicht/registry/children.ts";
import { registryEntities } from "../../../../subgraphs/leerplicht/registry/entities.ts";
import { withClient } from "../../../../system/databases.ts";
import { createTestDatabase, type TestDatabase } from "../../../database.ts";

const birthDate = "2017-03-04";
let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await createTestDatabase(leerplichtDatabase);
  database = await openDatabase(place.appUrl, [...registryEntities]);
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
});

const insert = `
  insert into registry.jeugdige (sleutel, achternaam, voorvoegsel, roepnaam, geboortedatum)
  select 'c' || row_number() over (), family, prefix, 'Noor', '${birthDate}'
  from jsonb_to_recordset($1) as child (family text, prefix text)`;

/** The whole names of those whom the registry is found to have for a name and the birth date. */
async function found(name: PersonName): Promise<string[]> {
  const known = await database.transaction(systemClaims, (rows) =>
    childrenWhoMayBe(rows, { sought: [{ name, birthDate }] }),
  );
  return known.map(({ name: { prefix, familyName } }) => JSON.stringify([prefix, familyName])).sort();
}

async function enrol(names: readonly { family: string; prefix: string | null }[]): Promise<void> {
  await withClient(place.registryUrl, async (registry) => {
    await registry.query("delete from registry.jeugdige");
    await registry.query(insert, [JSON.stringify(names)]);
  });
}

/** Short texts of few characters, among them such as change into others when they are compared, so that many meet. */
const text = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(..."abBiIkz0 ,-'._\t\u0001éÅßøıİĳK™ǅσς中\u0301\ud800\udc00"), maxLength });

test("no child is left out whose name may be the one sought, however it is written", async () => {
  const name = fc.record({
    family: text(5).map((one) => one.toWellFormed()),
    prefix: fc.option(text(2).map((one) => one.toWellFormed())),
  });
  let asked = 0;
  let met = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 150, maxLength: 150 }), async (names) => {
      await enrol(names);
      const children = names.map(
        ({ family, prefix }): PersonName => ({ callName: "Noor", prefix, familyName: family }),
      );
      for (const sought of children.slice(0, 20)) {
        asked += 1;
        const same = children.filter((child) => sameName(sought, child));
        met += same.length;
        const read = await found(sought);
        for (const { prefix, familyName } of same) expect(read).toContain(JSON.stringify([prefix, familyName]));
      }
    }),
    { numRuns: 10, endOnFailure: true },
  );
  // Each child is found by its own name; the property says little unless others are as well.
  expect(met).toBeGreaterThan(asked);
}, 60_000);

test("of the children born on a day only those are read whose name may be the one sought", async () => {
  await enrol([
    { family: "Berg, van der", prefix: null },
    { family: "Van der Berg", prefix: null },
    { family: "BERG", prefix: "van der" },
    { family: "Berg", prefix: null },
    { family: "Veld", prefix: null },
    { family: "Vèld", prefix: null },
  ]);
  expect(await found({ givenName: "Noor", prefix: "van der", familyName: "Berg" })).toEqual([
    '["van der","BERG"]',
    '[null,"Berg, van der"]',
    '[null,"Van der Berg"]',
    // In letters of which we do not know that PostgreSQL reads them as we do: it is compared here.
    '[null,"Vèld"]',
  ]);
});
