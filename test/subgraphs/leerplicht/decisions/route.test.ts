import { expect, test } from "@jest/globals";
import { decideRoute, type Enrolment, takesPartOn } from "../../../../subgraphs/leerplicht/decisions/route.ts";

const today = "2026-11-23";
const here: Enrolment = {
  schoolId: "99AA00",
  from: "2022-08-01",
  until: null,
  site: { participates: true, endedOn: null },
};
const ended = { ...here, until: today };
const toCome = { ...here, from: "2026-11-24" };

test("a child with one enrolment today goes to that school", () => {
  expect(decideRoute("one", [here, ended, toCome], today)).toEqual({ to: "school", enrolment: here });
});

test.each([
  ["NO_MATCH", decideRoute("none", [], today)],
  ["SEVERAL_MATCHES", decideRoute("several", [here], today)],
  ["NO_ENROLMENT", decideRoute("one", [ended, toCome], today)],
  ["SEVERAL_ENROLMENTS", decideRoute("one", [here, { ...here, schoolId: "99AB00" }], today)],
  ["OTHER_MUNICIPALITY", decideRoute("one", [{ ...here, site: null }], today)],
  ["SCHOOL_NOT_PARTICIPATING", decideRoute("one", [{ ...here, site: { participates: false, endedOn: null } }], today)],
])("a child of whom that cannot be said is an officer's, as %s", (reason, route) => {
  expect(route).toEqual({ to: "officer", reason });
});

test("an enrolment ends with its site, so that a child whose school was merged goes to the one that took it over", () => {
  const closed = { ...here, schoolId: "99AC00", site: { participates: true, endedOn: today } };
  expect(decideRoute("one", [here, closed], today)).toEqual({ to: "school", enrolment: here });
  expect(decideRoute("one", [closed], today)).toEqual({ to: "officer", reason: "NO_ENROLMENT" });
  expect(decideRoute("one", [closed], "2026-11-22")).toEqual({ to: "school", enrolment: closed });
});

test("a site takes part until the day on which it has ended", () => {
  const site = { participates: true, endedOn: today };
  expect([takesPartOn("2026-11-22", site), takesPartOn(today, site)]).toEqual([true, false]);
});
