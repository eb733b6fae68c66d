import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { openDatabase } from "../../../plumbing/database.ts";
import { openLog } from "../../../plumbing/log.ts";
import { readDatabaseText } from "../../../prove/erasure/database-text.ts";
import { letTasksLapseTask } from "../../../subgraphs/leerplicht/hops/let-tasks-lapse.ts";
import { leerplichtSubgraph } from "../../../subgraphs/leerplicht/part.ts";
import { withClient } from "../../../system/databases.ts";
import { pseudonymKey, testIdentities } from "../../keys.ts";
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

const hour = 60 * 60 * 1000;

const named = /999990019|veld|noor/i;

/**
 * In which of our tables the child's number or name stands for whoever has the keys; whoever has none finds it nowhere, in
 * any column of any row.
 */
async function places(): Promise<string[]> {
  const rows = await withClient(office.part.database.adminUrl, readDatabaseText);
  expect(rows.filter(({ text }) => named.test(text))).toEqual([]);
  const identities = await office.part.identities();
  return [...new Set(identities.filter(({ content }) => named.test(content)).map(({ table }) => table))];
}

const delivered = async () => {
  const id = await office.submitted(children.enrolledOnce);
  await office.delivered(id);
  await office.settled();
  return id;
};

test("the search finds a child who is still there", async () => {
  const id = await delivered();
  expect(await places()).toEqual(["submission"]);
  await office.withdraw(id);
  expect(await places()).toEqual([]);
});

test("a child who was seen is gone once the school can no longer return the signal", async () => {
  const id = await delivered();
  await office.report(id, "SEEN");
  expect(await office.runJob(`forget:${id}`)).toEqual(new Date(monday.getTime() + 96 * hour));
  expect(await places()).toEqual([]);
});

describe("a child whose school may return the signal after free days is kept for as long, and an officer sees who it is:", () => {
  test.each([
    ["Easter", "2041-04-18T14:00:00Z", "2041-04-23T22:00:00Z", "2041-04-23T07:00:00Z"],
    ["Ascension Day, and the Friday after it", "2041-05-29T14:00:00Z", "2041-06-03T22:00:00Z", "2041-06-03T07:00:00Z"],
    ["Christmas", "2041-12-20T15:00:00Z", "2042-01-06T23:00:00Z", "2042-01-06T08:00:00Z"],
  ])("%s", async (_, seen, until, returned) => {
    const [seenAt, returnableUntil, returnedAt] = [new Date(seen), new Date(until), new Date(returned)];
    office.now = seenAt;
    const id = await delivered();
    await office.report(id, "SEEN", seenAt, { returnableUntil });
    const kept = new Date(returnableUntil.getTime() + 96 * hour);
    expect(await office.timeOf(`forget:${id}`)).toEqual(kept);
    office.now = returnedAt;
    await office.report(id, "RETURNED", returnedAt, { reason: "LEFT_SCHOOL" });
    expect(await office.taskOf(id)).toMatchObject({
      reason: "RETURNED_BY_SCHOOL",
      returnReason: "LEFT_SCHOOL",
      child: { bsn: "999990019" },
      candidates: [{ reason: "CAME_BACK" }],
    });
    await office.withdraw(id);
  });
});

test("a child whose signal's day has moved is kept until it may come back no more, in whatever order that is told", async () => {
  const id = await delivered();
  const until = (days: number) => ({ returnableUntil: new Date(monday.getTime() + days * 24 * hour) });
  await office.report(id, "SEEN", monday, until(3));
  await office.report(id, "SEEN", monday, until(2));
  expect(await office.runJob(`forget:${id}`)).toEqual(new Date(monday.getTime() + 7 * 24 * hour));
  expect(await places()).toEqual([]);
});

test("a child who was supported is gone at once", async () => {
  await office.report(await delivered(), "SUPPORTED");
  expect(await places()).toEqual([]);
});

test("a child whose school was called about is gone with the task, also where the school is down", async () => {
  office.schoolAnswer = "is down";
  const id = await office.submitted(children.enrolledOnce);
  const [delivery] = await office.deliveries(id);
  await office.unanswered(delivery?.id ?? "");
  await office.runJob(`escalate:${delivery?.id}`);
  const { id: taskId } = await office.taskOf(id);
  expect(await places()).toEqual(["outbox", "submission"]);
  await office.gesture("closeRoutingTask", { taskId, outcome: "SUPPORT_ARRANGED" });
  expect(await places()).toEqual([]);
});

test("a child whose task nobody works on is gone 28 days after its deadline, and the sender sees that it is closed", async () => {
  const id = await office.submitted(children.unknown);
  const [row] = await office.query<{ due_by: Date }>("select due_by from care.submission where id = $1", [id]);
  await using database = await openDatabase(
    office.part.database.appUrl,
    leerplichtSubgraph.entities,
    undefined,
    testIdentities("leerplicht"),
  );
  const due = row?.due_by.getTime() ?? 0;
  const lapseAt = (moment: number) => {
    const room = {
      database,
      config: { pseudonymKey },
      clock: { now: () => new Date(moment) },
      log: openLog("test", "silent"),
    };
    return letTasksLapseTask(room)({}, {} as never);
  };
  await lapseAt(due + 28 * 24 * hour);
  expect(await office.taskOf(id)).toMatchObject({ child: { name: "Niemand Onbekend" } });
  await lapseAt(due + 28 * 24 * hour + 1);
  expect(await office.taskOf(id)).toBeUndefined();
  expect(await office.taskOf(id, false)).toMatchObject({ outcome: "LAPSED", child: { name: null } });
  expect(await office.progressOf(id)).toBe("CLOSED");
});

test("a child who was returned after it was seen stays for as long as it is on its way to the right school", async () => {
  const id = await delivered();
  await office.report(id, "SEEN");
  await office.report(id, "RETURNED");
  await office.runJob(`forget:${id}`);
  expect(await office.taskOf(id)).toMatchObject({ child: { bsn: "999990019" } });
  office.now = new Date(monday.getTime() + hour);
  await office.gesture("routeToSchool", { taskId: (await office.taskOf(id)).id, schoolId: "99AB00" });
  await office.delivered(id);
  await office.settled();
  expect(await places()).toEqual(["submission"]);
  await office.report(id, "SEEN");
  await office.runJob(`forget:${id}`);
  expect(await places()).toEqual([]);
});
