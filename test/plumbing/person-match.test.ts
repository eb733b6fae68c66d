import { describe, expect, test } from "@jest/globals";
import { Bsn } from "../../plumbing/identifiers.ts";
import { matchPerson } from "../../plumbing/person-match.ts";

const bsn = Bsn.parse("999990019");
const noor = {
  bsn: "999990019",
  birthDate: "2017-03-04",
  name: { givenName: "Noor", prefix: "van der", familyName: "Veld" },
};
const unnumbered = { ...noor, bsn: null };
const twin = { ...unnumbered, name: { ...noor.name, givenName: "Nina" } };
const sought = { bsn, name: noor.name, birthDate: noor.birthDate };

describe("a person", () => {
  test("is found by number, whatever the registry has for a name", () => {
    const renamed = { ...noor, name: { familyName: "Anders" } };
    expect(matchPerson({ bsn }, [renamed, twin])).toEqual({ kind: "one", person: renamed });
  });

  test("is found by name and birth date where the registry has no number", () => {
    expect(matchPerson(sought, [unnumbered, twin])).toEqual({ kind: "one", person: unnumbered });
    expect(matchPerson({ name: noor.name, birthDate: noor.birthDate }, [noor])).toEqual({ kind: "one", person: noor });
  });

  test("is not somebody of that name who has another number", () => {
    expect(matchPerson(sought, [{ ...noor, bsn: "999993653" }])).toEqual({ kind: "none" });
  });

  test("is not guessed: half a name, another day or two who fit are no match", () => {
    expect(matchPerson({ name: { familyName: "Veld", prefix: "van der" }, birthDate: noor.birthDate }, [noor])).toEqual(
      {
        kind: "none",
      },
    );
    expect(matchPerson({ name: noor.name, birthDate: "2017-03-05" }, [noor])).toEqual({ kind: "none" });
    expect(matchPerson({ name: noor.name }, [noor])).toEqual({ kind: "none" });
    expect(matchPerson(sought, [unnumbered, { ...unnumbered }])).toEqual({ kind: "several" });
    expect(matchPerson({ bsn }, [noor, { ...noor }])).toEqual({ kind: "several" });
  });
});
