import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { until } from "../../until.ts";
import { children, monday, type OfficeUnderTest, startOffice } from "./office-under-test.ts";

let office: OfficeUnderTest;
beforeAll(async () => {
  office = await startOffice();
});
afterEach(() => {
  office.now = monday;
  office.repair();
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
});

const tuesday = (time: string) => new Date(`2041-01-15T${time}:00Z`);

/** The timer of the last delivery of a signal. */
async function timer(id: string): Promise<string> {
  return `escalate:${(await office.deliveries(id)).at(-1)?.id}`;
}

async function delivered(): Promise<string> {
  const id = await office.submitted(children.enrolledOnce);
  await office.delivered(id);
  return id;
}

describe("a signal that nobody at the school has seen", () => {
  test("becomes a task for an officer an hour and a half before its deadline, with the school to call", async () => {
    const id = await delivered();
    expect(await office.runJob(await timer(id))).toEqual(tuesday("06:30"));
    expect(await office.taskOf(id)).toMatchObject({
      reason: "NOT_SEEN_IN_TIME",
      dueBy: tuesday("08:00").toISOString(),
      school: { id: "99AA00", name: "De Regenboog", telephone: "0900 000 9801", participates: true },
      child: { bsn: "999990019" },
      candidates: [{ reason: "ENROLLED", school: { id: "99AA00", telephone: "0900 000 9801" } }],
    });
    expect(await office.progressOf(id)).toBe("DELIVERED");
  });

  test("leaves the list when the school looks after all", async () => {
    const id = await delivered();
    await office.runJob(await timer(id));
    await office.report(id, "SEEN");
    expect(await office.taskOf(id)).toBeUndefined();
    expect(await office.taskOf(id, false)).toMatchObject({ reason: "NOT_SEEN_IN_TIME", outcome: "SEEN" });
  });

  test("is one task, however often its timer runs", async () => {
    const id = await delivered();
    const key = await timer(id);
    await office.runJob(key);
    const payload = JSON.stringify({ id: key.replace("escalate:", "") });
    await office.query("select graphile_worker.add_job('escalate', $1::json, job_key := $2)", [payload, key]);
    await until("the timer to run again", async () => (await office.timeOf(key)) === undefined);
    const tasks = await office.query("select from care.routing_task where submission_id = $1", [id]);
    expect(tasks).toHaveLength(1);
  });

  test("is an officer's too where the school's part has been down all the time, and half an hour is left to look", async () => {
    office.schoolAnswer = "is down";
    const id = await office.submitted(children.enrolledOnce);
    expect(await office.runJob(await timer(id))).toEqual(tuesday("06:30"));
    expect(await office.taskOf(id)).toMatchObject({ reason: "NOT_SEEN_IN_TIME", school: { id: "99AA00" } });
    expect((await office.deliveries(id)).map(({ state }) => state)).toEqual(["SENT"]);
  });

  test("that appears after its deadline, as after three dark days, is left to the school for half an hour", async () => {
    const occurredAt = new Date(monday.getTime() - 72 * 60 * 60 * 1000);
    const id = await office.submitted(children.enrolledOnce, { occurredAt });
    await office.delivered(id);
    expect(await office.timeOf(await timer(id))).toEqual(new Date(monday.getTime() + 30 * 60 * 1000));
  });
});

test("a signal for a school that is known to have nobody on the day it appears is an officer's at once", async () => {
  const gap = (day: string) =>
    office.query("insert into care.contact_gap values ('office', '99AA00', $1, true, 1, now())", [day]);
  try {
    await gap("2041-01-15");
    expect(await office.timeOf(await timer(await delivered()))).toEqual(tuesday("06:30"));
    await gap("2041-01-14");
    const id = await delivered();
    expect(await office.runJob(await timer(id))).toEqual(monday);
    expect(await office.taskOf(id)).toMatchObject({ reason: "NOT_SEEN_IN_TIME", school: { id: "99AA00" } });
  } finally {
    await office.query("delete from care.contact_gap");
  }
});

describe("a signal that waits for the inbox to open", () => {
  const appears = async (id: string, revision: number, appearsAt: Date, firstBells: Date[]) => {
    const [delivery] = await office.deliveries(id);
    const input = { id: delivery?.id, revision, appearsAt, firstBells };
    const { data } = await office.part.ask(
      { party: "service", organisation: "school" },
      "mutation ($input: ReportAppearanceInput!) { reportAppearance(input: $input) { accepted } }",
      { input },
    );
    expect(data.reportAppearance.accepted).toBe(true);
  };
  const dueBy = async (id: string) =>
    (await office.query<{ due_by: Date }>("select due_by from care.submission where id = $1", [id]))[0]?.due_by;
  const at = (text: string) => new Date(text);

  test("is due by the bell of the day to which it moves, and an officer is asked then; an older word changes nothing", async () => {
    office.now = at("2041-01-11T22:00:00Z");
    office.firstBells = [at("2041-01-11T07:30:00Z"), at("2041-01-14T07:30:00Z")];
    const id = await office.submitted(children.enrolledOnce);
    await office.delivered(id);
    expect(await dueBy(id)).toEqual(at("2041-01-14T07:30:00Z"));
    const moved = [at("2041-01-11T07:30:00Z"), at("2041-01-15T07:30:00Z")];
    await appears(id, 2, at("2041-01-15T06:00:00Z"), moved);
    await appears(id, 1, at("2041-01-16T06:00:00Z"), [at("2041-01-16T07:30:00Z")]);
    expect(await dueBy(id)).toEqual(at("2041-01-15T07:30:00Z"));
    expect(await office.timeOf(await timer(id))).toEqual(at("2041-01-15T06:30:00Z"));
    await appears(id, 3, at("2041-01-14T06:00:00Z"), office.firstBells);
    expect(await dueBy(id)).toEqual(at("2041-01-15T07:30:00Z"));
    office.firstBells = [];
  });

  test("and is due 24 hours after the incident stays due then, and an officer is asked half an hour after it appears", async () => {
    const id = await delivered();
    await appears(id, 1, at("2041-01-16T06:00:00Z"), [at("2041-01-16T07:30:00Z")]);
    expect(await dueBy(id)).toEqual(tuesday("08:00"));
    expect(await office.timeOf(await timer(id))).toEqual(at("2041-01-16T06:30:00Z"));
  });

  test("and moves before its delivery is acknowledged, keeps to the new time", async () => {
    office.schoolAnswer = "is down";
    const id = await office.submitted(children.enrolledOnce);
    const [delivery] = await office.deliveries(id);
    await office.unanswered(delivery?.id ?? "");
    await appears(id, 1, at("2041-01-16T06:00:00Z"), [at("2041-01-16T07:30:00Z")]);
    office.repair();
    await office.delivered(id);
    expect(await office.timeOf(await timer(id))).toEqual(at("2041-01-16T06:30:00Z"));
  });
});

describe("the timer does nothing", () => {
  test("once the signal was seen", async () => {
    const id = await delivered();
    await office.report(id, "SEEN");
    await office.runJob(await timer(id));
    expect(await office.taskOf(id)).toBeUndefined();
  });

  test("once it was withdrawn", async () => {
    const id = await delivered();
    await office.withdraw(id);
    await office.runJob(await timer(id));
    expect(await office.taskOf(id)).toBeUndefined();
  });

  test("of a school from which the signal has gone to another, whose own timer asks again", async () => {
    const id = await delivered();
    const old = await timer(id);
    await office.report(id, "SEEN");
    await office.report(id, "RETURNED");
    const { id: taskId } = await office.taskFor(id, "RETURNED_BY_SCHOOL");
    office.now = new Date(monday.getTime() + 60_000);
    await office.gesture("routeToSchool", { taskId, schoolId: "99AB00" });
    await office.delivered(id);
    await office.runJob(old);
    expect(await office.taskOf(id)).toBeUndefined();
    await office.runJob(await timer(id));
    expect(await office.taskOf(id)).toMatchObject({ reason: "NOT_SEEN_IN_TIME", school: { id: "99AB00" } });
    await office.report(id, "SEEN");
    expect(await office.taskOf(id, false)).toMatchObject({ outcome: "SEEN" });
  });
});

describe("an officer whom nobody at the school answers", () => {
  test.each([
    ["routes it elsewhere", "routeToSchool", { schoolId: "99AB00" }, "ROUTED"],
    ["closes it by hand", "closeRoutingTask", { outcome: "SUPPORT_ARRANGED" }, "SUPPORT_ARRANGED"],
  ])("%s, and what lies at the old school is taken back", async (_, gesture, input, outcome) => {
    const id = await delivered();
    const [old] = await office.deliveries(id);
    await office.runJob(await timer(id));
    const { id: taskId } = await office.taskOf(id);
    office.now = new Date(monday.getTime() + 60_000);
    expect((await office.gesture(gesture, { taskId, ...input })).task.outcome).toBe(outcome);
    const sent = await office.part.hops.next(
      ({ document, input: { id: delivery } }) => document.includes("withdrawDelivery") && delivery === old?.id,
    );
    expect(sent).toEqual({ id: old?.id });
    expect((await office.deliveries(id))[0]).toMatchObject({ id: old?.id, state: "WITHDRAWN" });
  });

  test("does not leave the child in the outbox for a school that is down", async () => {
    office.schoolAnswer = "is down";
    const id = await office.submitted(children.enrolledOnce);
    await office.runJob(await timer(id));
    const { id: taskId } = await office.taskOf(id);
    await office.gesture("closeRoutingTask", { taskId, outcome: "SUPPORT_ARRANGED" });
    const ids = (await office.deliveries(id)).map((one) => one.id);
    const waiting = (await office.part.identities()).filter(({ table }) => table === "outbox");
    expect(waiting.filter(({ content }) => ids.some((one) => content.includes(one)))).not.toContainEqual(
      expect.objectContaining({ content: expect.stringContaining("999990019") }),
    );
  });

  test("learns it when a school that was dark says no after all, and keeps the task", async () => {
    office.schoolAnswer = "is down";
    const id = await office.submitted(children.enrolledOnce);
    await office.runJob(await timer(id));
    const { id: taskId } = await office.taskOf(id);
    await office.gesture("claimRoutingTask", { taskId });
    office.repair("PUPIL_UNKNOWN_AT_SCHOOL");
    expect(await office.taskFor(id, "PUPIL_UNKNOWN_AT_SCHOOL")).toMatchObject({
      id: taskId,
      claimedBy: "visser",
      candidates: [{ reason: "CAME_BACK" }],
    });
  });
});
