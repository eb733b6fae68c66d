import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type SearchesUnderTest, startSearches } from "./searches-under-test.ts";

let searches: SearchesUnderTest;

beforeAll(async () => {
  searches = await startSearches();
});

afterAll(async () => searches[Symbol.asyncDispose]());

describe("a child who changes school during guidance", () => {
  test("is in the old school's circle until the day of the new enrolment, and from its night in the new one's", async () => {
    const child = await searches.child(["99AA00", "2040-08-01", "2041-01-16"], ["99AB00", "2041-01-16"]);
    const search = await searches.find(child);
    expect(await searches.schoolOf(search)).toBe("99AA00");
    expect(await searches.night(search, "2041-01-15T00:05:00+01:00")).toEqual(new Date("2041-01-15T00:05:00+01:00"));
    expect(await searches.schoolOf(search)).toBe("99AA00");
    expect(await searches.told(child)).toEqual(["99AA00"]);
    expect(await searches.night(search, "2041-01-16T00:05:00+01:00")).toEqual(new Date("2041-01-16T00:05:00+01:00"));
    expect(await searches.schoolOf(search)).toBe("99AB00");
    expect(await searches.told(child)).toEqual(["99AA00", "99AB00"]);
    expect(await searches.news(search)).toEqual(["99AA00", null, "99AB00"]);
  });

  test("with a gap between two enrolments, as in the holidays, is in no circle meanwhile, and an officer's task once", async () => {
    const child = await searches.child(["99AA00", "2040-08-01", "2041-07-20"], ["99AB00", "2041-09-01"]);
    const search = await searches.find(child);
    await searches.night(search, "2041-07-20T00:05:00+02:00");
    expect(await searches.schoolOf(search)).toBeNull();
    const task = await searches.taskOf(search);
    await searches.gesture("closeRoutingTask", { taskId: task.id, outcome: "NO_SCHOOL" });
    for (const night of ["2041-07-21", "2041-08-31"]) {
      await searches.night(search, `${night}T00:05:00+02:00`);
      expect(await searches.schoolOf(search)).toBeNull();
      expect(await searches.taskOf(search)).toBeUndefined();
    }
    await searches.night(search, "2041-09-01T00:05:00+02:00");
    expect(await searches.schoolOf(search)).toBe("99AB00");
    expect(await searches.news(search)).toEqual(["99AA00", null, "99AB00"]);
  });

  test.each([
    // In 2041 the clocks go forward on 31 March and back on 27 October.
    ["forward", "2041-03-30T00:05:00+01:00", "2041-03-31T00:05:00+01:00", "2041-04-01T00:05:00+02:00"],
    ["back", "2041-10-26T00:05:00+02:00", "2041-10-27T00:05:00+02:00", "2041-10-28T00:05:00+01:00"],
  ])("is looked for at five past midnight also where the clocks go %s", async (_, before, that, after) => {
    const day = after.slice(0, 10);
    const child = await searches.child(["99AA00", "2040-08-01", day], ["99AB00", day]);
    searches.office.now = new Date(before);
    const search = await searches.find(child);
    expect(await searches.night(search, that)).toEqual(new Date(that));
    expect(await searches.schoolOf(search)).toBe("99AA00");
    expect(await searches.night(search, after)).toEqual(new Date(after));
    expect(await searches.schoolOf(search)).toBe("99AB00");
  });

  test("whose enrolment the registry learns of late is in the new circle from the next night on", async () => {
    searches.office.now = new Date("2041-11-04T10:00:00+01:00");
    const child = await searches.child(["99AA00", "2040-08-01"]);
    const search = await searches.find(child);
    await searches.enrol(child, ["99AA00", "2040-08-01", "2041-10-28"], ["99AB00", "2041-10-28"]);
    expect(await searches.schoolOf(search)).toBe("99AA00");
    await searches.night(search, "2041-11-05T00:05:00+01:00");
    expect(await searches.schoolOf(search)).toBe("99AB00");
  });
});
