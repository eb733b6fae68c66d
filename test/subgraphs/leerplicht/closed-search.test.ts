import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { officer } from "./office-under-test.ts";
import { type SearchesUnderTest, startSearches } from "./searches-under-test.ts";

let searches: SearchesUnderTest;

beforeAll(async () => {
  searches = await startSearches();
});

afterAll(async () => searches[Symbol.asyncDispose]());

const close = async (search: string) => {
  const { id: taskId } = await searches.taskOf(search);
  expect((await searches.gesture("closeRoutingTask", { taskId, outcome: "NO_SCHOOL" })).__typename).toBe("TaskEnded");
};

test("a task that an officer closed stays closed night after night, until the registry says something else", async () => {
  const child = await searches.child();
  const search = await searches.find(child);
  expect(await searches.taskOf(search)).toMatchObject({ reason: "CIRCLE_SCHOOL_UNKNOWN" });
  await close(search);
  for (const night of ["2041-01-15", "2041-01-16", "2041-01-17"]) {
    await searches.night(search, `${night}T00:05:00+01:00`);
    expect(await searches.taskOf(search)).toBeUndefined();
  }
  await searches.enrol(child, ["99AA00", "2041-01-01"], ["99AB00", "2041-01-01"]);
  await searches.night(search, "2041-01-18T00:05:00+01:00");
  expect(await searches.taskOf(search)).toMatchObject({ reason: "CIRCLE_SCHOOL_UNKNOWN" });
  await close(search);
  // Twice enrolled as before, and elsewhere.
  await searches.enrol(child, ["99AA00", "2041-01-01"], ["99AC00", "2041-01-01"]);
  await searches.night(search, "2041-01-19T00:05:00+01:00");
  expect(await searches.taskOf(search)).toBeDefined();
  await close(search);
  await searches.enrol(child, ["99AB00", "2041-01-01"]);
  await searches.night(search, "2041-01-20T00:05:00+01:00");
  expect(await searches.schoolOf(search)).toBe("99AB00");
});

test("nor does it come back while the school goes on not knowing the pupil, who is found once it does", async () => {
  searches.circleAnswer = "PUPIL_UNKNOWN_AT_SCHOOL";
  const child = await searches.child(["99AA00", "2040-08-01"]);
  const search = await searches.find(child);
  await close(search);
  await searches.night(search, "2041-01-15T00:05:00+01:00");
  expect(await searches.taskOf(search)).toBeUndefined();
  searches.circleAnswer = "opens it";
  await searches.night(search, "2041-01-16T00:05:00+01:00");
  expect(await searches.schoolOf(search)).toBe("99AA00");
});

test("a school that an officer chose stays until the registry says something else", async () => {
  const child = await searches.child(["99AA00", "2040-08-01"], ["99AB00", "2040-08-01"]);
  const search = await searches.find(child);
  const { id: taskId } = await searches.taskOf(search);
  await searches.gesture("routeToSchool", { taskId, schoolId: "99AB00" });
  await searches.night(search, "2041-01-15T00:05:00+01:00");
  expect(await searches.schoolOf(search)).toBe("99AB00");
  await searches.enrol(child, ["99AA00", "2040-08-01"]);
  await searches.night(search, "2041-01-16T00:05:00+01:00");
  expect(await searches.schoolOf(search)).toBe("99AA00");
});

test("each look stands in the processing log: as asked for by the part, and at night by this one", async () => {
  const search = await searches.find(await searches.child());
  await searches.night(search, "2041-01-15T00:05:00+01:00");
  const log = await searches.office.query(
    "select activity, party, organisation, subject is not null as named from care.processing where object = $1 order by position",
    [search],
  );
  expect(log).toEqual([
    { activity: "circle.search", party: "service", organisation: "shelter", named: true },
    { activity: "circle.search", party: "system", organisation: officer.organisation, named: true },
  ]);
});
