import { expect, test } from "@jest/globals";
import { decideRoute, type Enrolment } from "../../../../subgraphs/leerplicht/decisions/route.ts";

const today = "2026-11-23";
const here: Enrolment = { schoolId: "99AA00", from: "2022-08-01", until: null, site: { participates: true } };
const ended = { ...here, until: today };
const toCome = { ...here, from: "2026-11-24" };

test("a child with one enrolment today goes to that school", () => {
  expect(decideRoute("one", [here, ended, toCome], today)).toEqual({ to: "school", schoolId: "99AA00" });
});

test.each([
  ["NO_MATCH", decideRoute("none", [], today)],
  ["SEVERAL_MATCHES", decideRoute("several", [here], today)],
  ["NO_ENROLMENT", decideRoute("one", [ended, toCome], today)],
  ["SEVERAL_ENROLMENTS", decideRoute("one", [here, { ...here, schoolId: "99AB00" }], today)],
  ["OTHER_MUNICIPALITY", decideRoute("one", [{ ...here, site: null }], today)],
  ["SCHOOL_NOT_PARTICIPATING", decideRoute("one", [{ ...here, site: { participates: false } }], today)],
])("a child of whom that cannot be said is an officer's, as %s", (reason, route) => {
  expect(route).toEqual({ to: "officer", reason });
});
