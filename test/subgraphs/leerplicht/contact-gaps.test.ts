import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { leerplichtDatabase } from "../../../subgraphs/leerplicht/database.ts";
import { leerplichtSubgraph } from "../../../subgraphs/leerplicht/part.ts";
import { withClient } from "../../../system/databases.ts";
import { type Json, startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";

const officer = { party: "leerplicht", organisation: "00000099000000004000", scope: "routing:manage" };
const school = { party: "service", organisation: "school" };

const report = "mutation ($input: ReportContactGapInput!) { reportContactGap(input: $input) { accepted } }";
const list = "{ contactGaps { day foundAt inArea school { id name city telephone participates } } }";

let now = new Date("2026-02-05T11:00:00Z");
let leerplicht: TestSubgraph;

beforeAll(async () => {
  leerplicht = await startTestSubgraph(leerplichtSubgraph, leerplichtDatabase, { now: () => now });
  await withClient(leerplicht.database.registryUrl, (registry) =>
    registry.query(`
      insert into registry.onderwijsinstelling (brin, vestiging, naam, plaats, telefoon, gemeentecode, deelname) values
        ('99AA', '00', 'De Regenboog', 'Veendal', '0900 000 9801', '9901', true),
        ('99AB', '00', 'De Vlieger', 'Elders', null, '9902', true);
      insert into registry.leerplichtambtenaar (naam, emailadres) values ('R. Visser', 'visser@example.nl');
      insert into registry.ambtenaar_werkgebied values (1, '99AA', '00');
    `),
  );
});

beforeEach(async () => {
  now = new Date("2026-02-05T11:00:00Z");
  await withClient(leerplicht.database.adminUrl, (admin) => admin.query("truncate care.contact_gap"));
});

afterAll(async () => {
  await leerplicht[Symbol.asyncDispose]();
});

async function told(input: Json): Promise<void> {
  const gap = { schoolId: "99AA00", day: "2026-02-06", open: true, revision: 1, ...input };
  const { data } = await leerplicht.ask(school, report, { input: gap });
  expect(data).toEqual({ reportContactGap: { accepted: true } });
}

async function gaps(claims = officer): Promise<Json[]> {
  return (await leerplicht.ask(claims, list)).data.contactGaps;
}

describe("a gap that a school's part reports", () => {
  test("is told without a telephone where the registry has no column for one", async () => {
    const alter = (change: string) =>
      withClient(leerplicht.database.registryUrl, (registry) =>
        registry.query(`alter table registry.onderwijsinstelling rename ${change}`),
      );
    await told({});
    await alter("telefoon to telefoonnummer");
    expect(await gaps()).toMatchObject([{ school: { name: "De Regenboog", telephone: null } }]);
    await alter("telefoonnummer to telefoon");
  });

  test("is on the officer's list, with the school as the registry has it", async () => {
    await told({});
    await told({ schoolId: "99AB00" });
    await told({ schoolId: "98ZZ00", day: "2026-02-05" });
    const foundAt = "2026-02-05T11:00:00.000Z";
    const name = { name: "De Regenboog", city: "Veendal", telephone: "0900 000 9801", participates: true };
    expect(await gaps()).toEqual([
      {
        day: "2026-02-05",
        foundAt,
        inArea: false,
        school: { id: "98ZZ00", name: null, city: null, telephone: null, participates: false },
      },
      { day: "2026-02-06", foundAt, inArea: true, school: { id: "99AA00", ...name } },
      {
        day: "2026-02-06",
        foundAt,
        inArea: false,
        school: { id: "99AB00", name: "De Vlieger", city: "Elders", telephone: null, participates: true },
      },
    ]);
  });

  test("leaves it when it is mended, and comes back when it opens anew", async () => {
    await told({});
    await told({ open: false, revision: 2 });
    expect(await gaps()).toEqual([]);
    now = new Date("2026-02-05T12:00:00Z");
    await told({ revision: 3 });
    expect(await gaps()).toMatchObject([{ foundAt: "2026-02-05T12:00:00.000Z" }]);
  });

  test("is as the last word says, in whatever order and however often the words come", async () => {
    await Promise.all([
      told({ open: false, revision: 4 }),
      told({ revision: 3 }),
      told({ revision: 1 }),
      told({ open: false, revision: 2 }),
      told({ revision: 3 }),
    ]);
    expect(await gaps()).toEqual([]);
    await told({ revision: 5 });
    now = new Date("2026-02-05T12:00:00Z");
    await told({ revision: 5 });
    expect(await gaps()).toMatchObject([{ foundAt: "2026-02-05T11:00:00.000Z" }]);
  });

  test("is gone once its day has passed, and is not taken in after it", async () => {
    await told({});
    now = new Date("2026-02-07T11:00:00Z");
    expect(await gaps()).toEqual([]);
    await told({ revision: 2 });
    const { rows } = await withClient(leerplicht.database.adminUrl, (admin) =>
      admin.query("select school_id from care.contact_gap"),
    );
    expect(rows).toEqual([]);
  });

  test("is for officers of the office alone, and reported by parts alone", async () => {
    await told({});
    expect(await gaps({ ...officer, organisation: "another office" })).toEqual([]);
    for (const claims of [{ ...officer, scope: "" }, school, { party: "school", schools: ["99AA00"] }]) {
      expect((await leerplicht.ask(claims, list)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    }
    const input = { schoolId: "99AA00", day: "2026-02-06", open: false, revision: 9 };
    expect((await leerplicht.ask(officer, report, { input })).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect(await gaps()).toHaveLength(1);
  });
});
