import { expect, test } from "@jest/globals";
import { circleSchool } from "../../../../subgraphs/leerplicht/decisions/circle-school.ts";

test.each([
  [null, null, { schoolId: null, reason: "CIRCLE_SCHOOL_UNKNOWN" }],
  [null, "99AA00", { schoolId: null, reason: "CIRCLE_SCHOOL_UNKNOWN" }],
  ["99AA00", null, { schoolId: "99AA00" }],
  ["99AA00", "99AA00", { schoolId: "99AA00" }],
  ["99AB00", "99AA00", { schoolId: null, reason: "CIRCLE_SCHOOL_NOT_NAMED" }],
])("of a child who goes to %s and a parent who named %s it is %o", (found, named, expected) => {
  expect(circleSchool(found, named)).toEqual(expected);
});
