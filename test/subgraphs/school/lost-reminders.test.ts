import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mailQueue } from "../../../plumbing/mail-task.ts";
import { startMailServer, type TestMailServer } from "../../mail-server.ts";
import type { Json } from "../../subgraph.ts";
import { openSchoolJobs, type SchoolJobs } from "./school-jobs.ts";

/* Jobs are lost by a restore, or by whoever empties the queue: what is to be mailed waits in rows, and is mailed. */

let server: TestMailServer;
let school: SchoolJobs;

beforeEach(async () => {
  server = await startMailServer();
  // A Friday, an hour after school began.
  school = await openSchoolJobs("2026-02-06T08:30:00Z", { SMTP_URL: server.url });
});

afterEach(async () => {
  await school[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** Who has been mailed since the last call, by name. */
function told(): string[] {
  const names = server.mails.splice(0).map(({ to }) => to.replace("@example.nl", ""));
  return names.sort();
}

/** While something happens, jobs of a task are lost; all, or those that tell these. */
async function losing(task: string, happens: () => Promise<unknown>, whom?: "first" | "deputies"): Promise<void> {
  const work = school.tasks[task];
  school.tasks[task] = async (payload, jobs) => {
    if (whom !== undefined && (payload as { whom: string }).whom !== whom) await work?.(payload, jobs);
  };
  await happens();
  school.tasks[task] = work;
}

async function swept(): Promise<string[]> {
  await school.sweep();
  await school.run();
  return told();
}

describe.each([
  { what: "a signal", come: () => school.raise(), tells: "remind", mails: "sendReminder" },
  { what: "a talk", come: () => school.planTalk("2026-02-09"), tells: "remindOfTalk", mails: "mailTalkReminder" },
])("of $what", ({ come, tells, mails }) => {
  test.each([tells, mails])("the first contact is told though the job %s was lost", async (task) => {
    await come();
    await losing(task, school.run);
    expect(told()).toEqual([]);
    expect(await swept()).toEqual(["ina"]);
    expect(await swept()).toEqual([]);
  });

  test.each([
    [tells, "deputies"],
    [mails, undefined],
  ] as const)("the deputies are told, and not later, though the job %s was lost", async (task, whom) => {
    await come();
    await school.run();
    expect(told()).toEqual(["ina"]);
    await losing(task, () => school.at("2026-02-06T09:00:00Z"), whom);
    expect(told()).toEqual([]);
    expect(await swept()).toEqual(["bo", "jo"]);
    expect(await swept()).toEqual([]);
  });
});

describe("of a signal", () => {
  test("the deputies are told at their time though all jobs were lost", async () => {
    await school.raise();
    await school.run();
    expect(told()).toEqual(["ina"]);
    await school.sql("delete from graphile_worker._private_jobs");
    expect(await swept()).toEqual([]);
    await school.sql("delete from graphile_worker._private_jobs");
    await school.at("2026-02-06T09:00:00Z");
    expect(await swept()).toEqual(["bo", "jo"]);
  });

  test("that was seen and is due anew nobody is told before their turn", async () => {
    const id = await school.raise();
    await school.run();
    told();
    await school.sql("delete from graphile_worker._private_jobs where key like 'remind:deputies:%'");
    await school.sql("update care.signal set status = 'SEEN' where id = $1", [id]);
    await school.at("2026-02-06T09:30:00Z");
    await school.raise("1", "2026-02-09");
    expect(await swept()).toEqual(["ina"]);
  });
});

test("what has its job gets no other, and a mail's job waits in the queue in which it was", async () => {
  await school.raise();
  await school.planTalk("2026-02-09");
  for (const task of ["sendReminder", "mailTalkReminder"]) school.tasks[task] = async () => undefined;
  await school.run();
  await school.sweep();
  const mails = await school.sql(`
    select payload ->> 'id' as id, queue_name as queue from graphile_worker._private_jobs
    join graphile_worker.jobs using (id) where task_identifier in ('sendReminder', 'mailTalkReminder')`);
  expect(mails).toHaveLength(2);
  for (const { id, queue } of mails as Json[]) expect(queue).toBe(mailQueue(id));
  const count = async () => (await school.sql("select count(*)::int from graphile_worker._private_jobs"))[0].count;
  const before = await count();
  await school.sweep();
  expect(await count()).toBe(before);
});
