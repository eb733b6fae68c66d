import { inspect } from "node:util";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Bsn, brinOf, parseBrin, parseOin, parseSiteId, siteNumberOf } from "../../plumbing/identifiers.ts";

const nineDigits = fc.stringMatching(/^[0-9]{9}$/);

function weightedSum(digits: string): number {
  const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
  return weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0);
}

describe("a BSN", () => {
  test.each(["999990019", "999993653", "999994669"])("is read from %s, of the test series", (digits) => {
    expect(Bsn.parse(digits)?.reveal()).toBe(digits);
  });

  test("is refused exactly when the weighted sum is not divisible by eleven", () => {
    fc.assert(
      fc.property(nineDigits, (digits) => {
        const passes = digits !== "000000000" && weightedSum(digits) % 11 === 0;
        expect(Bsn.parse(digits)?.reveal()).toBe(passes ? digits : undefined);
      }),
    );
  });

  test("is refused when one digit of a good one is misread", () => {
    fc.assert(
      fc.property(fc.nat(8), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const digits = "999990019";
        const misread = String((Number(digits[place]) + shift) % 10);
        expect(Bsn.parse(digits.slice(0, place) + misread + digits.slice(place + 1))).toBeUndefined();
      }),
    );
  });

  test("of eight digits gets its leading zero back", () => {
    expect(weightedSum("012345672") % 11).toBe(0);
    expect(Bsn.parse("12345672")?.reveal()).toBe("012345672");
  });

  test.each([
    "000000000",
    "00000000",
    "133456785",
    "",
    "9999900190",
    "99999001",
    "999 990 019",
    "٩٩٩٩٩٠٠١٩",
    "99999001x",
  ])("is not read from %j", (text) => {
    expect(Bsn.parse(text)).toBeUndefined();
  });

  test("shows its digits nowhere but in reveal", () => {
    const bsn = Bsn.parse("999990019");
    const printed = [String(bsn), `${bsn}`, JSON.stringify({ bsn }), inspect(bsn), inspect({ deep: [bsn] })];
    for (const text of [...printed, inspect(bsn, { showHidden: true, depth: null })]) {
      expect(text).toContain("BSN(masked)");
      expect(text).not.toContain("999990019");
    }
    expect(Object.values(bsn ?? {})).toEqual([]);
  });

  test("equals another with the same digits, and no other", () => {
    const [one, same, other] = ["999990019", "999990019", "999993653"].map((digits) => Bsn.parse(digits));
    if (one === undefined || same === undefined || other === undefined) throw new Error("These are BSNs");
    expect(one.equals(same)).toBe(true);
    expect(one.equals(other)).toBe(false);
  });
});

describe("an institution", () => {
  test("is known by two digits and two capitals", () => {
    expect(parseBrin("99ZZ")).toBe("99ZZ");
    for (const text of ["99zz", "9ZZ9", "99ZZ00", "99Z", " 99ZZ", "99ZZ\n", "99ÉÉ"])
      expect(parseBrin(text)).toBeUndefined();
  });

  test("has sites, each known by the BRIN and two digits", () => {
    const site = parseSiteId("99ZZ01");
    if (site === undefined) throw new Error("This is a site");
    expect([brinOf(site), siteNumberOf(site)]).toEqual(["99ZZ", "01"]);
    for (const text of ["99ZZ", "99ZZ1", "99ZZ001", "99ZZ0A", "99zz00"]) expect(parseSiteId(text)).toBeUndefined();
  });
});

describe("an OIN", () => {
  test.each([
    "00000001234567890000",
    "00000003123456780000",
    "00000004003214345001",
    "0000000799ZZ00000000",
    "00000099000000001000",
  ])("is read from %s", (text) => {
    expect(parseOin(text)).toBe(text);
  });

  test.each(["", "0000000123456789000", "00000000234567890000", "00000050234567890000", "0000000123456789000x"])(
    "is not read from %j",
    (text) => {
      expect(parseOin(text)).toBeUndefined();
    },
  );
});
