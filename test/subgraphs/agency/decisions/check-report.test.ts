import { describe, expect, test } from "@jest/globals";
import { checkReport } from "../../../../subgraphs/agency/decisions/check-report.ts";
import type { GivenChild, GivenReport } from "../../../../subgraphs/agency/decisions/incident-report.ts";

const now = new Date("2026-11-23T10:00:00Z");
const noor: GivenChild = {
  name: { givenName: "Noor", prefix: "van der", familyName: "Veld" },
  birthDate: "2017-03-04",
};

function given(changes: Partial<GivenReport> = {}): GivenReport {
  const sound: GivenReport = {
    idempotencyKey: "key",
    occurredAt: new Date("2026-11-23T08:00:00Z"),
    category: "DOMESTIC_VIOLENCE",
    children: [{ bsn: "999990019" }],
  };
  return { ...sound, ...changes };
}

/** The problems of a report, each as `path CODE`. */
function problemsOf(changes: Partial<GivenReport>): string[] {
  const checked = checkReport(given(changes), now);
  return "problems" in checked ? checked.problems.map(({ path, code }) => `${path} ${code}`) : [];
}

function children(...list: GivenChild[]): string[] {
  return problemsOf({ children: list });
}

describe("a report", () => {
  test("that is sound comes out with blanks taken off and the BSN complete", () => {
    const checked = checkReport(given({ reference: "  ", children: [{ bsn: " 10000008 ", ...noor }] }), now);
    expect(checked).toMatchObject({
      report: { reference: undefined, children: [{ givenName: "Noor", prefix: "van der" }] },
    });
    expect("report" in checked && checked.report.children[0]?.bsn?.reveal()).toBe("010000008");
  });

  test("names all its problems at once", () => {
    const problems = problemsOf({
      idempotencyKey: "",
      reference: "r".repeat(65),
      occurredAt: new Date("2026-11-24T10:00:00Z"),
      children: [{ bsn: "1" }],
    });
    expect(problems).toEqual([
      "idempotencyKey IDEMPOTENCY_KEY_INVALID",
      "reference TEXT_TOO_LONG",
      "occurredAt OCCURRED_IN_FUTURE",
      "children[0].bsn BSN_INVALID",
    ]);
  });

  test.each([
    ["2026-11-23T10:05:00Z", []],
    ["2026-11-23T10:05:01Z", ["occurredAt OCCURRED_IN_FUTURE"]],
    ["2026-10-24T10:00:00Z", []],
    ["2026-10-24T09:59:59Z", ["occurredAt OCCURRED_TOO_LONG_AGO"]],
  ])("of what occurred at %s has the problems %j", (occurredAt, problems) => {
    expect(problemsOf({ occurredAt: new Date(occurredAt) })).toEqual(problems);
  });

  test.each([
    ["k".repeat(128), []],
    ["k".repeat(129), ["idempotencyKey IDEMPOTENCY_KEY_INVALID"]],
    ["line\nbreak", ["idempotencyKey IDEMPOTENCY_KEY_INVALID"]],
  ])("under the key %j has the problems %j", (idempotencyKey, problems) => {
    expect(problemsOf({ idempotencyKey })).toEqual(problems);
  });

  test.each([0, 21])("about %i children is refused", (count) => {
    expect(children(...Array(count).fill(noor))).toEqual(["children CHILDREN_COUNT"]);
  });
});

describe("a child", () => {
  test.each<[string, GivenChild]>([
    ["a BSN alone", { bsn: "999990019" }],
    ["names and a birth date", noor],
    ["a single name with its accents", { ...noor, name: { givenName: "Zoë", familyName: "Özdemir-Şahin" } }],
  ])("with %s is identified", (_, child) => {
    expect(children(child)).toEqual([]);
  });

  test.each<[string, GivenChild]>([
    ["nothing", {}],
    ["a name alone", { name: noor.name ?? null }],
    ["a birth date alone", { birthDate: "2017-03-04" }],
    ["no given name", { ...noor, name: { familyName: "Veld" } }],
    ["blank names", { ...noor, name: { givenName: " ", familyName: "" } }],
  ])("with %s is not identified", (_, child) => {
    expect(children(child)).toEqual(["children[0] CHILD_NOT_IDENTIFIED"]);
  });

  test.each(["123456789", "000000000", "9999900", "99999001a", "١٢٣٤٥٦٧٨٩"])("with the BSN %s is refused", (bsn) => {
    expect(children({ bsn })).toEqual(["children[0].bsn BSN_INVALID"]);
  });

  test.each([
    ["2026-11-23", []],
    ["2026-11-24", ["children[0].birthDate BIRTH_DATE_IN_FUTURE"]],
    ["2007-11-24", []],
    ["2007-11-23", ["children[0].birthDate AGE_OUT_OF_RANGE"]],
  ])("born on %s has the problems %j", (birthDate, problems) => {
    expect(children({ bsn: "999990019", birthDate })).toEqual(problems);
  });

  test("is as old as it was on the day of the incident, by the clock in the Netherlands", () => {
    const occurredAt = new Date("2026-11-22T23:30:00Z");
    expect(problemsOf({ occurredAt, children: [{ ...noor, birthDate: "2007-11-23" }] })).toEqual([
      "children[0].birthDate AGE_OUT_OF_RANGE",
    ]);
  });

  test.each(["Noor\u0000", "No\u202eor", "No\ud800or", "No\nor"])(
    "with a name that cannot be printed is refused",
    (givenName) => {
      expect(children({ ...noor, name: { givenName, familyName: "Veld" } })).toEqual([
        "children[0].name.givenName TEXT_UNPRINTABLE",
      ]);
    },
  );

  test("that is named twice is pointed out the second time", () => {
    expect(children({ bsn: "999990019" }, noor, { bsn: "999990019" })).toEqual(["children[2] CHILD_REPEATED"]);
    const again = { birthDate: "2017-03-04", name: { givenName: "NOOR", familyName: "van der Veld" } };
    expect(children(noor, again)).toEqual(["children[1] CHILD_REPEATED"]);
  });

  test("may have a twin, and a namesake with another BSN", () => {
    const twin = { ...noor, name: { ...noor.name, givenName: "Daan" } };
    expect(children(noor, twin)).toEqual([]);
    expect(children({ ...noor, bsn: "999990019" }, { ...noor, bsn: "999993653" })).toEqual([]);
  });
});
