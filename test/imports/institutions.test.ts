import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { importInstitutions } from "../../imports/institutions/import.ts";
import { INSTITUTION_COLUMNS } from "../../imports/institutions/row.ts";
import { leerplichtDatabase } from "../../subgraphs/leerplicht/database.ts";
import { sourceOf } from "./edexml-text.ts";
import { openRegistry, type TestRegistry } from "./registry.ts";

let registry: TestRegistry;

beforeEach(async () => {
  registry = await openRegistry(leerplichtDatabase);
});

afterEach(async () => {
  await registry[Symbol.asyncDispose]();
});

function importRows(...rows: string[]) {
  const text = `${[INSTITUTION_COLUMNS.join(";"), ...rows].join("\n")}\n`;
  return importInstitutions(registry.pool, sourceOf(text), { today: "2026-11-23" });
}

const marijke = "Marijke Terpstra;0900 000 9901;m@example.nl";
const youssef = "Youssef Bakkali;;y@example.nl";
const oneOfMarijke = `99AA;00;De Wilgenhoek;Lindewaard;9901;ja;${marijke}`;
const otherOfMarijke = `99AB;00;Het Kompas;Lindewaard;9901;nee;${marijke}`;
const workArea = `select o.naam, w.brin || w.vestiging as site from registry.ambtenaar_werkgebied w
  join registry.leerplichtambtenaar o using (ambtenaar_id) order by 2`;

describe("the list of institutions goes into the registry", () => {
  test("with who takes part, and which officer looks after which site", async () => {
    const outcome = await importRows(oneOfMarijke, otherOfMarijke, "99ZZ;00;De Vuurtoren;;9904;;;;");
    expect(outcome.counts).toMatchObject({ institutions: { added: 3 }, officers: { added: 1 } });
    expect(await registry.rows("select brin, deelname from registry.onderwijsinstelling order by 1")).toEqual([
      { brin: "99AA", deelname: true },
      { brin: "99AB", deelname: false },
      { brin: "99ZZ", deelname: false },
    ]);
    expect(await registry.rows(workArea)).toEqual([
      { naam: "Marijke Terpstra", site: "99AA00" },
      { naam: "Marijke Terpstra", site: "99AB00" },
    ]);
  });

  test("with the schools' telephones, where the list has them", async () => {
    const header = [...INSTITUTION_COLUMNS, "telefoon_school"].join(";");
    const text = `${header}\n${oneOfMarijke};0900 000 9801\n${otherOfMarijke};\n`;
    await importInstitutions(registry.pool, sourceOf(text), { today: "2026-11-23" });
    const telephones = "select brin, telefoon from registry.onderwijsinstelling order by 1";
    expect(await registry.rows(telephones)).toEqual([
      { brin: "99AA", telefoon: "0900 000 9801" },
      { brin: "99AB", telefoon: null },
    ]);
    expect(await registry.rows("select telefoon from registry.leerplichtambtenaar")).toEqual([
      { telefoon: "0900 000 9901" },
    ]);
  });

  test("with the names of municipalities, where the list has them", async () => {
    const header = [...INSTITUTION_COLUMNS, "gemeentenaam"].join(";");
    const text = `${header}\n${oneOfMarijke};Lindewaard\n${otherOfMarijke};\n`;
    await importInstitutions(registry.pool, sourceOf(text), { today: "2026-11-23" });
    const names = "select brin, gemeentenaam from registry.onderwijsinstelling order by 1";
    expect(await registry.rows(names)).toEqual([
      { brin: "99AA", gemeentenaam: "Lindewaard" },
      { brin: "99AB", gemeentenaam: null },
    ]);
  });

  test("of before there were columns for all of it, with them", async () => {
    await registry.pool.query("alter table registry.onderwijsinstelling drop telefoon, drop gemeentenaam");
    await importRows(oneOfMarijke);
    expect(await registry.rows("select telefoon, gemeentenaam from registry.onderwijsinstelling")).toEqual([
      { telefoon: null, gemeentenaam: null },
    ]);
  });

  test("a second time without any change", async () => {
    await importRows(oneOfMarijke, otherOfMarijke);
    const { counts } = await importRows(oneOfMarijke, otherOfMarijke);
    expect(counts).toMatchObject({
      institutions: { unchanged: 2, changed: 0 },
      officers: { unchanged: 1, changed: 0 },
    });
  });

  test("with a site that another officer takes over, and one that closes", async () => {
    await importRows(oneOfMarijke, otherOfMarijke);
    const { counts } = await importRows(oneOfMarijke.replace(marijke, youssef));
    expect(counts).toMatchObject({ institutions: { ended: 1 }, officers: { added: 1 } });
    expect(await registry.rows(workArea)).toEqual([{ naam: "Youssef Bakkali", site: "99AA00" }]);
  });
});

describe("a row that is bad", () => {
  test.each<[string, string]>([
    ["BRIN_INVALID", "AA99;00;School;;9901;ja;;;"],
    ["SITE_INVALID", "99AC;0;School;;9901;ja;;;"],
    ["NAME_MISSING", "99AC;00;;;9901;ja;;;"],
    ["MUNICIPALITY_INVALID", "99AC;00;School;;;ja;;;"],
    ["PARTICIPATION_INVALID", "99AC;00;School;;9901;true;;;"],
    ["EMAIL_MISSING", "99AC;00;School;;9901;ja;Marijke Terpstra;;"],
    ["OFFICER_DIFFERS", "99AC;00;School;;9901;ja;Marijke Postma;;m@example.nl"],
    ["KEY_TWICE", oneOfMarijke],
    ["COLUMNS_MISMATCH", "99AC;00;School"],
  ])("is listed as %s, and the rest goes in", async (reason, row) => {
    const outcome = await importRows(oneOfMarijke, row, otherOfMarijke);
    expect(outcome.refusedRows).toEqual([{ line: 3, reason }]);
    expect(outcome.counts["institutions"]).toMatchObject({ added: 2 });
  });

  test("leaves the site that it is about as it is, with its officer", async () => {
    await importRows(oneOfMarijke, otherOfMarijke);
    const outcome = await importRows(oneOfMarijke.replace(";9901;", ";;"), otherOfMarijke);
    expect(outcome.counts["institutions"]).toMatchObject({ ended: 0 });
    expect(await registry.rows(workArea)).toHaveLength(2);
  });
});
