import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { children, monday, type OfficeUnderTest, policePart, startOffice } from "./office-under-test.ts";

let office: OfficeUnderTest;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
});

const hour = 60 * 60 * 1000;
const at = (text: string) => new Date(text);

async function stored(id: string) {
  const [row] = await office.query<{ due_by: Date | null; occurred_at: Date | null }>(
    "select due_by, occurred_at from care.submission where id = $1",
    [id],
  );
  return row;
}

describe("the deadline", () => {
  test("is at first by the region's school days: before Monday's usual bell for a Friday night", async () => {
    office.now = at("2041-01-11T23:10:00Z");
    const id = await office.submitted(children.unknown, { occurredAt: at("2041-01-11T22:00:00Z") });
    expect((await stored(id))?.due_by).toEqual(at("2041-01-14T07:30:00Z"));
    expect((await office.taskOf(id)).dueBy).toBe("2041-01-14T07:30:00.000Z");
  });

  test("goes by the holidays that were imported", async () => {
    office.now = at("2041-01-11T23:10:00Z");
    await office.query("insert into care.region_holiday values ('Midden', '2041-01-12', '2041-01-20')");
    try {
      const id = await office.submitted(children.unknown, { occurredAt: at("2041-01-11T22:00:00Z") });
      expect((await stored(id))?.due_by).toEqual(at("2041-01-21T07:30:00Z"));
    } finally {
      await office.query("delete from care.region_holiday");
    }
  });

  test("is by the first school's own bells once it has the signal, and the moment of the incident is gone", async () => {
    office.now = at("2041-01-11T23:10:00Z");
    office.firstBells = [at("2041-01-11T07:45:00Z"), at("2041-01-15T07:45:00Z"), at("2041-01-16T07:45:00Z")];
    const occurredAt = at("2041-01-11T22:00:00Z");
    const id = await office.submitted(children.enrolledOnce, { occurredAt });
    await office.delivered(id);
    expect(await stored(id)).toEqual({ due_by: at("2041-01-15T07:45:00Z"), occurred_at: null });
  });

  test("stays the first one when the signal is routed anew, however late the second school begins", async () => {
    office.now = monday;
    office.firstBells = [at("2041-01-15T07:15:00Z")];
    const id = await office.submitted(children.enrolledTwice);
    const task = await office.taskFor(id, "SEVERAL_ENROLMENTS");
    await office.gesture("routeToSchool", { taskId: task.id, schoolId: "99AA00" });
    await office.delivered(id);
    await office.report(id, "RETURNED");
    const returned = await office.taskFor(id, "RETURNED_BY_SCHOOL");
    expect(returned.dueBy).toBe(new Date(monday.getTime() + 24 * hour).toISOString());
    office.firstBells = [at("2041-01-28T07:15:00Z")];
    office.now = new Date(monday.getTime() + hour);
    await office.gesture("routeToSchool", { taskId: returned.id, schoolId: "99AB00" });
    await office.delivered(id);
    expect((await stored(id))?.due_by).toEqual(new Date(monday.getTime() + 24 * hour));
  });

  test.each([
    ["SEEN", {}],
    ["SUPPORTED", {}],
    ["RETURNED", { reason: "NOT_OUR_PUPIL" }],
  ] as const)(
    "is by the first school's bells also where %s comes before the delivery is acknowledged",
    async (progress, more) => {
      office.now = at("2041-01-11T23:10:00Z");
      const bells = ["2041-01-11T07:45:00Z", "2041-01-15T07:45:00Z"];
      office.schoolAnswer = "is down";
      const id = await office.submitted(children.enrolledOnce, { occurredAt: at("2041-01-11T22:00:00Z") });
      const [delivery] = await office.deliveries(id);
      await office.unanswered(delivery?.id ?? "");
      await office.report(id, progress, office.now, { ...more, firstBells: bells });
      expect(await stored(id)).toEqual({ due_by: at("2041-01-15T07:45:00Z"), occurred_at: null });
      office.firstBells = [at("2041-01-16T07:45:00Z")];
      office.repair();
      await office.settled();
      expect(await stored(id)).toEqual({ due_by: at("2041-01-15T07:45:00Z"), occurred_at: null });
    },
  );

  test("keeps no moment of an incident that was withdrawn, nor of one whose withdrawal overtook it", async () => {
    office.now = monday;
    const waiting = await office.submitted(children.unknown);
    expect((await stored(waiting))?.occurred_at).toEqual(monday);
    await office.withdraw(waiting);
    expect((await stored(waiting))?.occurred_at).toBeNull();
    const overtaken = randomUUID();
    await office.withdraw(overtaken);
    expect(await office.progressOf(overtaken)).toBe("WITHDRAWN");
    const input = { id: overtaken, organisation: "unit-1", occurredAt: monday, child: children.enrolledOnce };
    const submit = "mutation ($input: SubmitSignalInput!) { submitSignal(input: $input) { accepted } }";
    await office.part.ask(policePart, submit, { input });
    expect(await stored(overtaken)).toEqual({ due_by: null, occurred_at: null });
    expect(await office.deliveries(overtaken)).toEqual([]);
    expect(await office.progressOf(overtaken)).toBe("WITHDRAWN");
  });
});
