import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { importEnrolments } from "../../imports/enrolments/import.ts";
import { ENROLMENT_COLUMNS } from "../../imports/enrolments/row.ts";
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

function importText(text: string, today = "2026-11-23") {
  return importEnrolments(registry.pool, sourceOf(text, 61), { today });
}

function delivery(...rows: string[]): string {
  return `${[ENROLMENT_COLUMNS.join(";"), ...rows].join("\n")}\n`;
}

const noor = "L1;999990019;Linden;van der;Noor Elisabeth;Noor;2017-03-14;9901";
const ilyas = "L2;;Amrani;el;Ilyas;;2018-08-30;9902";
const enrolments = `select j.sleutel, i.brin || i.vestiging as site, i.datum_in::text, i.datum_uit::text
  from registry.inschrijving i join registry.jeugdige j using (jeugdige_id) order by 1, 2, 3`;

describe("a delivery of enrolments goes into the registry", () => {
  test("with each person once, and each enrolment of that person", async () => {
    const outcome = await importText(
      delivery(`${noor};99AA;00;2021-03-14;2026-08-01`, `${noor};99AB;00;2026-08-24;`, `${ilyas};;;;`),
    );
    expect(outcome).toMatchObject({
      subject: "enrolments of 2026-11-23",
      refused: 0,
      counts: { persons: { added: 2 }, enrolments: { added: 2 } },
    });
    expect(await registry.rows(enrolments)).toEqual([
      { sleutel: "L1", site: "99AA00", datum_in: "2021-03-14", datum_uit: "2026-08-01" },
      { sleutel: "L1", site: "99AB00", datum_in: "2026-08-24", datum_uit: null },
    ]);
    expect(await registry.rows("select bsn, voorvoegsel, roepnaam from registry.jeugdige order by sleutel")).toEqual([
      { bsn: "999990019", voorvoegsel: "van der", roepnaam: "Noor" },
      { bsn: null, voorvoegsel: "el", roepnaam: null },
    ]);
  });

  test("with a byte order mark, the line ends of Windows, quotes and columns in another order", async () => {
    const header = [...ENROLMENT_COLUMNS].reverse().join(";");
    const row = `;2021-03-14;00;99AA;9901;2017-03-14;Noor;;;"Lin;""den""";;L1`;
    await importText(`\ufeff${header};extra\r\n${row};x\r\n`);
    expect(await registry.rows("select achternaam from registry.jeugdige")).toEqual([{ achternaam: 'Lin;"den"' }]);
  });

  test("a second time without any change", async () => {
    const text = delivery(`${noor};99AA;00;2021-03-14;`, `${ilyas};99AG;00;2022-08-30;`);
    await importText(text);
    const { counts } = await importText(text, "2026-11-30");
    const unchanged = { added: 0, changed: 0, reopened: 0, ended: 0, unchanged: 2 };
    expect(counts).toEqual({ persons: unchanged, enrolments: unchanged });
  });

  test("ending the enrolments that are gone, on the day of the delivery, and reopening those that are back", async () => {
    await importText(delivery(`${noor};99AA;00;2021-03-14;`, `${ilyas};99AG;00;2022-08-30;`));
    const moved = await importText(
      delivery(`${noor};99AB;00;2026-11-24;`, `${ilyas};99AG;00;2022-08-30;`),
      "2026-11-30",
    );
    expect(moved.counts).toMatchObject({ persons: { unchanged: 2 }, enrolments: { added: 1, ended: 1, unchanged: 1 } });
    expect(await registry.rows(enrolments)).toContainEqual({
      sleutel: "L1",
      site: "99AA00",
      datum_in: "2021-03-14",
      datum_uit: "2026-11-30",
    });
    const back = await importText(
      delivery(`${noor};99AA;00;2021-03-14;`, `${ilyas};99AG;00;2022-08-30;`),
      "2026-12-07",
    );
    expect(back.counts["enrolments"]).toMatchObject({ reopened: 1, ended: 1, unchanged: 1 });
  });

  test("never ending an enrolment before it begins", async () => {
    await importText(delivery(`${noor};99AA;00;2027-01-04;`, `${ilyas};;;;`));
    await importText(delivery(`${ilyas};;;;`));
    expect(await registry.rows(enrolments)).toMatchObject([{ datum_in: "2027-01-04", datum_uit: "2027-01-04" }]);
    expect((await importText(delivery(`${ilyas};;;;`))).counts["enrolments"]).toMatchObject({ ended: 0 });
  });
});

test("two deliveries at once take turns", async () => {
  const text = delivery(`${noor};99AA;00;2021-03-14;`, `${ilyas};99AG;00;2022-08-30;`);
  const outcomes = await Promise.all([importText(text), importText(text), importText(text)]);
  expect(outcomes.map(({ counts }) => counts["enrolments"]?.added).sort()).toEqual([0, 0, 2]);
});

describe("a row that is bad", () => {
  test.each<[string, string]>([
    ["BSN_INVALID", "L9;133456785;Bos;;Bo;;2017-03-14;9901;99AA;00;2021-03-14;"],
    ["NAME_MISSING", "L9;;;;Bo;;2017-03-14;9901;99AA;00;2021-03-14;"],
    ["DATE_INVALID", "L9;;Bos;;Bo;;;9901;99AA;00;2021-03-14;"],
    ["DATE_INVALID", "L9;;Bos;;Bo;;2017-03-14;9901;99AA;00;;"],
    ["BIRTH_DATE_IMPOSSIBLE", "L9;;Bos;;Bo;;2031-03-14;9901;99AA;00;2021-03-14;"],
    ["PERIOD_REVERSED", "L9;;Bos;;Bo;;2017-03-14;9901;99AA;00;2021-03-14;2020-01-01"],
    ["BRIN_INVALID", "L9;;Bos;;Bo;;2017-03-14;9901;AA99;00;2021-03-14;"],
    ["SITE_INVALID", "L9;;Bos;;Bo;;2017-03-14;9901;99AA;0;2021-03-14;"],
    ["MUNICIPALITY_INVALID", "L9;;Bos;;Bo;;2017-03-14;Heerlen;99AA;00;2021-03-14;"],
    ["KEY_MISSING", ";;Bos;;Bo;;2017-03-14;9901;99AA;00;2021-03-14;"],
    ["COLUMNS_MISMATCH", "L9;;Bos;;Bo"],
    ["TEXT_TOO_LONG", `L9;;${"x".repeat(501)};;Bo;;2017-03-14;9901;99AA;00;2021-03-14;`],
    ["CHARACTER_INVALID", "L9;;Bo\0s;;Bo;;2017-03-14;9901;99AA;00;2021-03-14;"],
    ["KEY_TWICE", `${noor};99AA;00;2021-03-14;`],
    ["PERSON_DIFFERS", `${noor.replace("Linden", "Berg")};99AB;00;2025-03-14;`],
    ["PERSON_DIFFERS", `${noor.replace("Linden", "Berg")};;;;`],
  ])("is listed as %s, and the rest goes in", async (reason, row) => {
    const outcome = await importText(delivery(`${noor};99AA;00;2021-03-14;`, row, `${ilyas};;;;`));
    expect(outcome.refusedRows).toEqual([{ line: 3, reason }]);
    expect(outcome.counts).toMatchObject({ persons: { added: 2 }, enrolments: { added: 1 } });
  });

  test("leaves all enrolments of the person whom it is about as they are", async () => {
    await importText(delivery(`${noor};99AA;00;2021-03-14;`, `${ilyas};99AG;00;2022-08-30;`));
    const outcome = await importText(delivery(`${noor.replace("999990019", "133456785")};99AB;00;2026-11-23;`));
    expect(outcome.counts["enrolments"]).toMatchObject({ added: 0, ended: 1 });
    expect(await registry.rows(enrolments)).toMatchObject([
      { sleutel: "L1", datum_uit: null },
      { sleutel: "L2", datum_uit: "2026-11-23" },
    ]);
  });
});

describe("a file that is broken", () => {
  const many = Array.from({ length: 60 }, (_, index) => `K${index};;Bos;;Kind;;2017-03-14;9901;99AA;00;2021-03-14;`);

  test.each<[string, string]>([
    ["HEADER_MISMATCH", "sleutel;bsn\nL1;\n"],
    ["HEADER_MISMATCH", `${ENROLMENT_COLUMNS.join(";")};bsn\n`],
    ["HEADER_MISMATCH", "\n"],
    ["NOT_CSV", delivery(`K0;;"Bos;;Kind;;2017-03-14;9901;99AA;00;2021-03-14;`)],
    ["NOT_CSV", delivery(`K0;;"${"x".repeat(100_000)}`)],
    ["TOO_MANY_ENDED", delivery(...many.slice(0, 20))],
    ["TOO_MANY_ENDED", delivery()],
  ])("%s, changes nothing", async (code, text) => {
    await importText(delivery(...many));
    const before = await registry.rows("select i::text, i.xmin::text from registry.inschrijving i");
    await expect(importText(text)).rejects.toMatchObject({ name: "ImportRefused", code });
    expect(await registry.rows("select i::text, i.xmin::text from registry.inschrijving i")).toEqual(before);
  });
});
