import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { contact, noor, type SchoolUnderTest, startSchool } from "./school-under-test.ts";

let school: SchoolUnderTest;
beforeAll(async () => {
  school = await startSchool(new Date("2026-12-18T14:30:00Z"));
  // The Friday after Ascension Day is each school's own choice.
  await school.sql("insert into care.school_own_days values ('99AA00', '2027-05-07', '2027-05-07', false)");
});
afterAll(async () => {
  await school[Symbol.asyncDispose]();
});

// Each is raised after school is out, on the last day of it.
test.each([
  ["Christmas", "2026-12-18T14:30:00Z", "2027-01-04T08:00:00Z", "2027-01-04T23:00:00.000Z"],
  ["Easter", "2027-03-25T14:30:00Z", "2027-03-30T07:00:00Z", "2027-03-30T22:00:00.000Z"],
  ["Ascension Day", "2027-05-05T13:30:00Z", "2027-05-10T07:00:00Z", "2027-05-10T22:00:00.000Z"],
])("what was seen before %s can be returned after it, until when the router knows", async (_, seen, after, until) => {
  school.now = new Date(seen);
  const { id } = await school.deliver(noor);
  const [signal] = await school.signals();
  await school.gesture(contact, "acknowledgeSignal", signal.id);
  const told = (progress: string) => school.hops.next(({ input }) => input.id === id && input.progress === progress);
  expect(await told("SEEN")).toMatchObject({ returnableUntil: until });
  school.now = new Date(after);
  expect(await school.gesture(contact, "returnSignal", signal.id, "reason: LEFT_SCHOOL")).toBe("SignalReturned");
  expect(await told("RETURNED")).toMatchObject({ reason: "LEFT_SCHOOL" });
});
