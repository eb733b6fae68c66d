import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { comparableFamilyName, comparableName, type PersonName, sameName } from "../../plumbing/names.ts";

const noor: PersonName = { givenName: "Noor", prefix: "van der", familyName: "Linden" };

const anyName: fc.Arbitrary<PersonName> = fc.record({
  givenName: fc.option(fc.string({ unit: "grapheme" })),
  callName: fc.option(fc.string({ unit: "grapheme" })),
  prefix: fc.option(fc.constantFrom("van der", "de", "el", "'t", "")),
  familyName: fc.string({ unit: "grapheme" }),
});

describe("two names are the same", () => {
  test.each<[string, PersonName, PersonName]>([
    ["the prefix stands apart or in front", noor, { givenName: "Noor", familyName: "van der Linden" }],
    ["the prefix stands behind", noor, { givenName: "Noor", familyName: "Linden, van der" }],
    ["capitals differ", noor, { givenName: "NOOR", prefix: "Van Der", familyName: "LINDEN" }],
    ["one has all given names", noor, { givenName: "Noor Elisabeth", prefix: "van der", familyName: "Linden" }],
    [
      "one has a call name",
      { givenName: "Johannes", callName: "Jan", familyName: "Bos" },
      { givenName: "Jan", familyName: "Bos" },
    ],
    ["accents are lacking", { givenName: "Zoë", familyName: "Coördes" }, { givenName: "Zoe", familyName: "Coordes" }],
    [
      "letters of other alphabets are plain",
      { givenName: "Łucja", familyName: "Groß" },
      { givenName: "Lucja", familyName: "Gross" },
    ],
    [
      "dotted and dotless i meet",
      { givenName: "İPEK", familyName: "Yıldız" },
      { givenName: "ipek", familyName: "Yildiz" },
    ],
    [
      "hyphens are spaces",
      { givenName: "Anne-Marie", familyName: "Jansen-de Groot" },
      { givenName: "Anne Marie", familyName: "Jansen de Groot" },
    ],
    [
      "apostrophes differ",
      { givenName: "Daan", prefix: "van 't", familyName: "Hof" },
      { givenName: "Daan", familyName: "van ’t Hof" },
    ],
    [
      "an accent is a letter of its own",
      { givenName: "Rene\u0301", familyName: "Bos" },
      { givenName: "Ren\u00e9", familyName: "Bos" },
    ],
  ])("when %s", (_why, one, other) => {
    expect(sameName(one, other)).toBe(true);
  });
});

describe("two names differ", () => {
  test.each<[string, PersonName, PersonName]>([
    ["one lacks the prefix", noor, { givenName: "Noor", familyName: "Linden" }],
    ["a prefix is abbreviated", noor, { givenName: "Noor", prefix: "v.d.", familyName: "Linden" }],
    ["one has an initial only", noor, { givenName: "N.", prefix: "van der", familyName: "Linden" }],
    ["one has no given name", noor, { prefix: "van der", familyName: "Linden" }],
    ["neither has a given name", { familyName: "Bos" }, { familyName: "Bos" }],
    ["neither has a family name", { givenName: "Jan", familyName: "" }, { givenName: "Jan", familyName: " - " }],
    [
      "they are twins",
      { givenName: "Ilyas", prefix: "el", familyName: "Amrani" },
      { givenName: "Imran", prefix: "el", familyName: "Amrani" },
    ],
    [
      "one has half of a double family name",
      { givenName: "Bo", familyName: "Bakker-van Dijk" },
      { givenName: "Bo", familyName: "Bakker" },
    ],
    ["ü is spelt ue", { givenName: "Jürgen", familyName: "Bos" }, { givenName: "Juergen", familyName: "Bos" }],
    [
      "only the second given names agree",
      { givenName: "Jan Piet", familyName: "Bos" },
      { givenName: "Kees Piet", familyName: "Bos" },
    ],
  ])("when %s", (_why, one, other) => {
    expect(sameName(one, other)).toBe(false);
  });
});

describe("the comparison", () => {
  test("is symmetric", () => {
    fc.assert(fc.property(anyName, anyName, (a, b) => expect(sameName(a, b)).toBe(sameName(b, a))));
  });

  test("finds every name with letters in both parts to be itself", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const letters = { ...name, givenName: `Jan ${name.givenName ?? ""}`, familyName: `Bos ${name.familyName}` };
        expect(sameName(letters, { ...letters })).toBe(true);
      }),
    );
  });

  test("does not change what is comparable already", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const once = comparableName(text);
        expect(comparableName(once)).toBe(once);
      }),
    );
  });

  test("ignores case, spaces and hyphens anywhere", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zé]{1,8}$/), fc.stringMatching(/^[a-zü]{1,8}$/), (first, second) => {
        const forms = [
          `${first} ${second}`,
          `${first}-${second}`,
          ` ${first}  ${second} `,
          `${first}${second}`.toUpperCase(),
        ];
        expect(new Set(forms.map(comparableName)).size).toBe(1);
      }),
    );
  });

  test("reads a prefix alike wherever it stands", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("van der", "de", "ten", "el", "in 't"),
        fc.stringMatching(/^[A-Z][a-z]{1,9}$/),
        (prefix, familyName) => {
          const forms = [
            { prefix, familyName },
            { familyName: `${prefix} ${familyName}` },
            { familyName: `${familyName}, ${prefix}` },
          ];
          expect(new Set(forms.map(comparableFamilyName)).size).toBe(1);
        },
      ),
    );
  });

  test("keeps names in other scripts apart", () => {
    expect(sameName({ givenName: "伟", familyName: "陈" }, { givenName: "伟", familyName: "王" })).toBe(false);
    expect(sameName({ givenName: "伟", familyName: "陈" }, { givenName: "伟", familyName: "陈" })).toBe(true);
  });
});
