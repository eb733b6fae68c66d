import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { JobHelpers } from "graphile-worker";
import { Config } from "../../../plumbing/config.ts";
import { openDatabase } from "../../../plumbing/database.ts";
import { passOnTask } from "../../../subgraphs/leerplicht/hops/pass-on.ts";
import { leerplichtSubgraph } from "../../../subgraphs/leerplicht/part.ts";
import { readLeerplichtSettings } from "../../../subgraphs/leerplicht/settings.ts";
import type { TestClaims } from "../../keys.ts";
import { pseudonymKey, testIdentities } from "../../keys.ts";
import type { Json } from "../../subgraph.ts";
import {
  children,
  monday,
  type OfficeUnderTest,
  officer,
  police,
  policePart,
  startOffice,
} from "./office-under-test.ts";

const desk = "00000099000000008000";
const worker: TestClaims = { sub: "de vries", party: "release", organisation: desk, scope: "releases:manage" };
const list = `query ($open: Boolean) { releaseTasks(open: $open, first: 500) { edges { node {
  id actBy openedAt closedAt outcome stopReason child { bsn name birthDate } } } } }`;
const gone = { bsn: null, name: null, birthDate: null };

let office: OfficeUnderTest;
beforeAll(async () => {
  office = await startOffice({ RELEASE_DESK: desk });
});
afterEach(() => {
  office.now = monday;
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
});

/** The task of a signal at the desk. */
async function taskOf(submission: string, who = worker): Promise<Json> {
  const [row] = await office.query<{ id: string }>("select id from care.release_task where submission_id = $1", [
    submission,
  ]);
  const { data, errors } = await office.part.ask(who, list, { open: null });
  expect(errors).toBeUndefined();
  return data.releaseTasks.edges.map(({ node }: Json) => node).find(({ id }: Json) => id === row?.id);
}

async function gesture(name: "releaseSignal" | "stopSignal", input: Json, who = worker): Promise<Json> {
  const [type, member] =
    name === "releaseSignal" ? ["ReleaseSignalInput", "SignalReleased"] : ["StopSignalInput", "SignalStopped"];
  const task = "task { outcome stopReason child { bsn name birthDate } }";
  const { data, errors } = await office.part.ask(
    who,
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename
       ... on ${member} { ${task} } ... on ReleaseTaskClosed { code ${task} } ... on ReleaseTaskNotFound { code } } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  return data[name];
}

const released = (taskId: string, who = worker) => gesture("releaseSignal", { taskId }, who);
const stopped = (taskId: string, who = worker) => gesture("stopSignal", { taskId, reason: "UNSAFE" }, who);

describe("where the region has a release desk, a signal", () => {
  test("lies at the desk first, for its share of the time, and at no school and no officer", async () => {
    const id = await office.submitted(children.enrolledOnce);
    expect(await taskOf(id)).toMatchObject({
      actBy: new Date(monday.getTime() + 6 * 60 * 60 * 1000).toISOString(),
      outcome: null,
      child: { bsn: "999990019" },
    });
    expect(await office.deliveries(id)).toEqual([]);
    expect(await office.taskOf(id)).toBeUndefined();
    expect(await office.progressOf(id)).toBe("DELIVERED");
  });

  test("goes on to its school when the desk releases it, still against the first deadline", async () => {
    const id = await office.submitted(children.enrolledOnce);
    const { id: taskId } = await taskOf(id);
    office.now = new Date(monday.getTime() + 60_000);
    expect(await released(taskId)).toEqual({
      __typename: "SignalReleased",
      task: { outcome: "RELEASED", stopReason: null, child: gone },
    });
    await office.delivered(id);
    expect(await office.query("select due_by from care.submission where id = $1", [id])).toEqual([
      { due_by: new Date(monday.getTime() + 24 * 60 * 60 * 1000) },
    ]);
    expect((await released(taskId)).code).toBe("RELEASE_TASK_CLOSED");
    expect(await office.deliveries(id)).toHaveLength(1);
  });

  test("becomes an officer's when the desk releases it and no machine may route it", async () => {
    const id = await office.submitted(children.unknown);
    await released((await taskOf(id)).id);
    expect(await office.taskOf(id)).toMatchObject({ reason: "NO_MATCH" });
  });

  test("ends when the desk stops it: the sender sees that it is closed, and the child is gone", async () => {
    const id = await office.submitted(children.enrolledOnce);
    const { id: taskId } = await taskOf(id);
    expect((await stopped(taskId)).task).toEqual({ outcome: "STOPPED", stopReason: "UNSAFE", child: gone });
    expect(await office.progressOf(id)).toBe("CLOSED");
    expect(await office.part.hops.next(({ input }) => input.id === id)).toEqual({ id, progress: "CLOSED" });
    expect(await office.query("select sought from care.submission where id = $1", [id])).toEqual([{ sought: null }]);
    await office.runJob(`pass-on:${taskId}`);
    expect(await office.deliveries(id)).toEqual([]);
    expect((await released(taskId)).code).toBe("RELEASE_TASK_CLOSED");
  });

  test("goes on by itself when the desk's share of the time is over", async () => {
    const id = await office.submitted(children.enrolledOnce);
    const { id: taskId, actBy } = await taskOf(id);
    expect((await office.runJob(`pass-on:${taskId}`))?.toISOString()).toBe(actBy);
    await office.delivered(id);
    expect(await taskOf(id)).toMatchObject({ outcome: "PASSED_ON", child: gone });
    expect((await stopped(taskId)).code).toBe("RELEASE_TASK_CLOSED");
    expect(await office.progressOf(id)).toBe("DELIVERED");
  });

  test("does not wait at the desk once its deadline has passed", async () => {
    const occurredAt = new Date(monday.getTime() - 72 * 60 * 60 * 1000);
    const id = await office.submitted(children.enrolledOnce, { occurredAt });
    await office.delivered(id);
    expect(await taskOf(id)).toBeUndefined();
  });

  test("that is withdrawn leaves the desk, and does not go on", async () => {
    const id = await office.submitted(children.enrolledOnce);
    const { id: taskId } = await taskOf(id);
    await office.withdraw(id);
    expect(await taskOf(id)).toMatchObject({ outcome: "WITHDRAWN", child: gone });
    await office.runJob(`pass-on:${taskId}`);
    expect((await released(taskId)).code).toBe("RELEASE_TASK_CLOSED");
    expect(await office.deliveries(id)).toEqual([]);
    expect(await office.progressOf(id)).toBe("WITHDRAWN");
  });

  test("has one end, however much happens to it at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await office.submitted(children.enrolledOnce);
      const { id: taskId } = await taskOf(id);
      const [one, other] = await Promise.all([
        released(taskId),
        stopped(taskId),
        office.withdraw(id),
        office.runJob(`pass-on:${taskId}`),
      ]);
      const { outcome } = await taskOf(id);
      const progress = await office.progressOf(id);
      const states = (await office.deliveries(id)).map(({ state }) => state);
      expect([one, other].filter(({ __typename }) => __typename !== "ReleaseTaskClosed").length).toBeLessThanOrEqual(1);
      // Whatever it was that let it go on, the withdrawal reached it there.
      expect(progress).toBe(outcome === "STOPPED" ? "CLOSED" : "WITHDRAWN");
      expect(states).toEqual(["RELEASED", "PASSED_ON"].includes(outcome) ? ["WITHDRAWN"] : []);
    }
  });
});

describe("the desk", () => {
  test("is told of what comes and goes", async () => {
    const events = await office.part.subscribe(
      worker,
      "subscription { releaseTaskEvents { kind task { id outcome child { bsn } } } }",
    );
    const first = events.next();
    let begun = false;
    first.then(() => {
      begun = true;
    });
    let id = await office.submitted(children.enrolledOnce);
    while (!begun) id = await office.submitted(children.enrolledOnce);
    const { id: taskId } = await taskOf(id);
    await stopped(taskId);
    for (let event = (await first).value; ; event = (await events.next()).value) {
      const { kind, task } = event?.data.releaseTaskEvents ?? {};
      if (kind === "CLOSED" && task.id === taskId) {
        expect(task).toEqual({ id: taskId, outcome: "STOPPED", child: { bsn: null } });
        return;
      }
    }
  });

  test("of another organisation sees and does nothing, nor does anybody of another party", async () => {
    const id = await office.submitted(children.enrolledOnce);
    const { id: taskId } = await taskOf(id);
    const stranger = { ...worker, organisation: "00000099000000009000" };
    expect(await taskOf(id, stranger)).toBeUndefined();
    expect((await released(taskId, stranger)).code).toBe("RELEASE_TASK_NOT_FOUND");
    expect((await stopped(taskId, stranger)).code).toBe("RELEASE_TASK_NOT_FOUND");
    expect((await released("'; drop table")).code).toBe("RELEASE_TASK_NOT_FOUND");
    for (const other of [
      officer,
      police,
      { ...worker, scope: "routing:manage" },
      { ...officer, scope: "releases:manage" },
    ]) {
      expect((await office.part.ask(other, list)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    }
    expect(await taskOf(id)).toMatchObject({ outcome: null });
  });

  test("reaches nothing of the officers', nor a signal that is not at the desk any more", async () => {
    const id = await office.submitted(children.unknown);
    await released((await taskOf(id)).id);
    const { errors } = await office.part.ask(worker, "{ routingTasks { edges { node { id } } } }");
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    // By the claims alone, whatever a door might ask.
    const waiting = await office.submitted(children.enrolledOnce);
    await using database = await openDatabase(office.part.database.appUrl, []);
    const seen = (organisation: string) =>
      database.transaction({ sub: "x", party: "release", organisation, scope: [] }, (rows) =>
        rows.query<{ id: string }[]>("select id from care.submission where id = any ($1)", [[id, waiting]]),
      );
    expect(await seen(desk)).toEqual([{ id: waiting }]);
    expect(await seen("00000099000000009000")).toEqual([]);
  });

  test("stands in the processing log with whom it read, released and stopped", async () => {
    const [one, other] = [await office.submitted(children.enrolledOnce), await office.submitted(children.enrolledOnce)];
    const [kept, ended] = [await taskOf(one), await taskOf(other)];
    await released(kept.id);
    await stopped(ended.id);
    const activities = async (object: string) => {
      const rows = await office.query<{ activity: string; actor: string; subject: string }>(
        "select activity, actor, subject from care.processing where object = $1 order by position",
        [object],
      );
      expect(rows.every(({ actor, subject }) => actor === "de vries" && subject !== null)).toBe(true);
      return new Set(rows.map(({ activity }) => activity));
    };
    expect(await activities(kept.id)).toEqual(new Set(["release.read", "release.release"]));
    expect(await activities(ended.id)).toEqual(new Set(["release.read", "release.stop"]));
  });
});

describe("where the region has no release desk", () => {
  test("nothing comes to one", async () => {
    await using none = await startOffice();
    const id = await none.submitted(children.enrolledOnce);
    await none.delivered(id);
    expect(await none.query("select from care.release_task")).toEqual([]);
    const { data } = await none.part.ask(worker, list);
    expect(data.releaseTasks.edges).toEqual([]);
  });

  test("any more, what lies at the desk goes on at its time, and nothing new comes to it", async () => {
    const id = await office.submitted(children.enrolledOnce);
    const { id: taskId } = await taskOf(id);
    const replica = await office.part.replica({});
    const input = { id: randomUUID(), organisation: "unit-1", occurredAt: monday, child: children.enrolledOnce };
    const submit = "mutation ($input: SubmitSignalInput!) { submitSignal(input: $input) { accepted } }";
    await replica.ask(policePart, submit, { input });
    await office.delivered(input.id);

    await using database = await openDatabase(
      office.part.database.appUrl,
      leerplichtSubgraph.entities,
      undefined,
      testIdentities("leerplicht"),
    );
    const settings = readLeerplichtSettings(new Config({}));
    const [{ act_by: actBy } = { act_by: monday }] = await office.query<{ act_by: Date }>(
      "select act_by from care.release_task where id = $1",
      [taskId],
    );
    await passOnTask({ database, clock: { now: () => actBy }, config: { pseudonymKey }, settings })(
      { id: taskId },
      {} as JobHelpers,
    );
    await office.delivered(id);
    expect(await taskOf(id)).toMatchObject({ outcome: "PASSED_ON" });
  });
});

describe("the settings", () => {
  const read = (settings: Record<string, string>) => readLeerplichtSettings(new Config(settings));

  test("have no desk unless they name one, which then has a quarter of the time", () => {
    expect(read({}).releaseDesk).toBeUndefined();
    expect(read({ RELEASE_DESK: desk }).releaseDesk).toEqual({ organisation: desk, share: 0.25 });
    expect(read({ RELEASE_DESK: desk, RELEASE_SHARE: "0.1" }).releaseDesk?.share).toBe(0.1);
  });

  test.each([
    ["a desk that is no OIN", { RELEASE_DESK: "Veilig Thuis" }],
    ["a desk of the office itself", { RELEASE_DESK: desk, ORGANISATION: desk }],
    ["no share", { RELEASE_DESK: desk, RELEASE_SHARE: "0" }],
    ["all of the time", { RELEASE_DESK: desk, RELEASE_SHARE: "1" }],
    ["a share in words", { RELEASE_DESK: desk, RELEASE_SHARE: "a quarter" }],
    ["calling hours that end before they begin", { CALLING_HOURS: "17:30-07:30" }],
    ["calling hours of another day", { CALLING_HOURS: "07:30-25:00" }],
    ["a lead of no number", { ESCALATION_LEAD_MINUTES: "soon" }],
  ])("refuse %s", (_, settings) => {
    expect(() => read(settings as Record<string, string>)).toThrow("The setting");
  });

  test("tell the lead and the calling hours", () => {
    expect(read({ ESCALATION_LEAD_MINUTES: "90", CALLING_HOURS: "08:00-17:00" }).escalation).toEqual({
      leadMinutes: 90,
      callingHours: { opens: "08:00", closes: "17:00" },
    });
  });
});
