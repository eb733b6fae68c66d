import { describe, expect, test } from "@jest/globals";
import { readPupil } from "../../imports/edexml/pupil.ts";
import { EdexmlRecord } from "../../imports/edexml/record.ts";

function read(fields: Readonly<Record<string, string>>, key = "p1") {
  const record = new EdexmlRecord("leerling", 1, key);
  for (const [name, text] of Object.entries(fields)) record.addText(name, text);
  return readPupil(record, "2026-11-23");
}

const good = { achternaam: "Linden", voorvoegsel: "van der", roepnaam: "Noor", geboortedatum: "2017-03-14" };

describe("a pupil is read", () => {
  test("with a family name and the parts that are given", () => {
    expect(read({ ...good, bsn: "999990019" })).toMatchObject({
      sleutel: "p1",
      achternaam: "Linden",
      voorvoegsel: "van der",
      voornamen: null,
      bsn: "999990019",
      geslacht: "0",
    });
  });

  test("with a call name and nothing else", () => {
    expect(read({ roepnaam: "Noor" })).toMatchObject({ achternaam: null, geboortedatum: null, bsn: null });
  });

  test("by the number's old name, and with the zero that it lost", () => {
    expect(read({ ...good, sofinummer: "12345672" })).toMatchObject({ bsn: "012345672" });
  });

  test.each(["onderwijsnummer", "bsn_ondwnr-4"])("without a %s, which is no BSN", (field) => {
    expect(read({ ...good, [field]: "0019" })).toMatchObject({ bsn: null });
  });

  test("without an empty number", () => {
    expect(read({ ...good, bsn: " " })).toMatchObject({ bsn: null });
  });
});

describe("a pupil is refused", () => {
  test.each<[string, Record<string, string>]>([
    ["BSN_INVALID", { ...good, bsn: "133456785" }],
    ["BSN_INVALID", { ...good, bsn: "000000000" }],
    ["BSN_INVALID", { ...good, bsn: "99999001A" }],
    ["SEVERAL_NUMBERS", { ...good, bsn: "999990019", "bsn_ondwnr-4": "0019" }],
    ["NAME_MISSING", { voornamen: "Noor", geboortedatum: "2017-03-14" }],
    ["DATE_INVALID", { ...good, geboortedatum: "2017-02-29" }],
    ["DATE_INVALID", { ...good, geboortedatum: "14-03-2017" }],
    ["DATE_INVALID", { ...good, instroomdatum: "gisteren" }],
    ["BIRTH_DATE_IMPOSSIBLE", { ...good, geboortedatum: "2026-11-24" }],
    ["GENDER_INVALID", { ...good, geslacht: "M" }],
    ["YEAR_GROUP_INVALID", { ...good, jaargroep: "9" }],
    ["TEXT_TOO_LONG", { ...good, achternaam: "x".repeat(501) }],
  ])("%s: %j", (reason, fields) => {
    expect(read(fields)).toBe(reason);
  });

  test.each(["", "  ", "x".repeat(501)])("KEY_MISSING: without a key that can be used", (key) => {
    expect(read(good, key)).toBe("KEY_MISSING");
  });
});
