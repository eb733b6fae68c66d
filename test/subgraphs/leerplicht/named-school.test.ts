import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type SearchesUnderTest, startSearches } from "./searches-under-test.ts";

let searches: SearchesUnderTest;

beforeAll(async () => {
  searches = await startSearches();
});

afterAll(async () => searches[Symbol.asyncDispose]());

test("a school that a parent named is told where the child goes there", async () => {
  const child = await searches.child(["99AA00", "2040-08-01"]);
  const search = await searches.find(child, "99AA00");
  expect(await searches.told(child)).toEqual(["99AA00"]);
  expect(await searches.taskOf(search)).toBeUndefined();
});

test("where the child goes to another school, no school is told, and an officer is told why", async () => {
  const child = await searches.child(["99AB00", "2040-08-01"]);
  const search = await searches.find(child, "99AA00");
  const task = await searches.taskOf(search);
  expect(task).toMatchObject({ reason: "CIRCLE_SCHOOL_NOT_NAMED", school: { id: "99AA00" } });
  const otherSchool = await searches.gesture("routeToSchool", { taskId: task.id, schoolId: "99AB00" });
  expect(otherSchool).toEqual({ __typename: "SchoolNotAvailable", code: "SCHOOL_NOT_NAMED" });
  expect(await searches.told(child)).toEqual([]);
  expect(await searches.news(search)).toEqual([]);

  const named = await searches.gesture("routeToSchool", { taskId: task.id, schoolId: "99AA00" });
  expect(named.__typename).toBe("SignalRouted");
  expect(await searches.told(child)).toEqual(["99AA00"]);
});

test("a child who changes school leaves the named one, and the next is not told", async () => {
  const child = await searches.child(["99AA00", "2040-08-01", "2041-01-15"], ["99AB00", "2041-01-15"]);
  const search = await searches.find(child, "99AA00");
  await searches.night(search, "2041-01-15T00:05:00+01:00");
  expect(await searches.schoolOf(search)).toBeNull();
  expect(await searches.news(search)).toEqual(["99AA00", null]);
  expect(await searches.told(child)).toEqual(["99AA00"]);
  expect(await searches.taskOf(search)).toMatchObject({ reason: "CIRCLE_SCHOOL_NOT_NAMED" });
});

test("a task that is open tells the reason of now", async () => {
  const child = await searches.child();
  const search = await searches.find(child, "99AA00");
  const { id } = await searches.taskOf(search);
  await searches.enrol(child, ["99AB00", "2041-01-15"]);
  await searches.night(search, "2041-01-16T00:05:00+01:00");
  expect(await searches.taskOf(search)).toMatchObject({ id, reason: "CIRCLE_SCHOOL_NOT_NAMED" });
});
