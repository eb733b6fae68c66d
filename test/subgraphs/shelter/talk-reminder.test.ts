import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startMailServer, type TestMailServer } from "../../mail-server.ts";
import type { Json } from "../../subgraph.ts";
import { until } from "../../until.ts";
import { contact, type GuidedShelter, startGuidedShelter, worker } from "./guided-shelter.ts";
import { type Talks, talksAt } from "./talks.ts";

/** A Monday long after today: no timer runs before a test says so. */
const start = new Date("2041-01-14T10:00:00Z");
let mails: TestMailServer;
let shelter: GuidedShelter;
let talks: Talks;

beforeAll(async () => {
  mails = await startMailServer();
  shelter = await startGuidedShelter({ SMTP_URL: mails.url, MAIL_FROM: "noreply@example.nl" });
  talks = talksAt(shelter);
});

afterAll(async () => {
  await shelter[Symbol.asyncDispose]();
  await mails[Symbol.asyncDispose]();
});

/** A talk that is planned for a moment. */
async function planned(moment: string): Promise<string> {
  shelter.now = start;
  const { circle } = await talks.circle({ validUntil: "2041-06-30" });
  const { id } = await talks.called(contact, circle);
  await plan(id, moment);
  return id;
}

async function plan(conversationId: string, moment: string): Promise<void> {
  await talks.gesture(worker, "propose", { conversationId, moments: [moment], place: "De Steiger" });
  await talks.gesture(worker, "choose", { conversationId, moment });
}

/** Does what is due about a talk by now. @returns when it is to be looked at next. */
async function settled(id: string): Promise<Date | undefined> {
  for (const [task, key] of [
    ["remindOfTalk", `talk:${id}`],
    ["mailSupporter", `mailSupporter:${id}`],
  ] as const) {
    if (((await timeOf(key)) ?? never) > shelter.now) continue;
    await shelter.rows("select graphile_worker.add_job($1, json_build_object('id', $2::text), job_key := $3)", [
      task,
      id,
      key,
    ]);
    await until(`the job ${task}`, async () => ((await timeOf(key)) ?? never) > shelter.now);
  }
  await until("the outbox", async () => {
    return (await shelter.rows("select from care.outbox where acknowledged_at is null")).length === 0;
  });
  return timeOf(`talk:${id}`);
}
const never = new Date("2100-01-01");

async function timeOf(key: string): Promise<Date | undefined> {
  const [job] = await shelter.rows("select run_at from graphile_worker.jobs where key = $1", [key]);
  return job?.run_at;
}

/** What the school was asked, after the first so many. */
function askedOfSchool(after: number): Json[] {
  const all = shelter.part.hops.sent.filter(({ document }) => document.includes("remindContacts"));
  return all.slice(after).map(({ input }) => input);
}

test("on the last school day before a talk the supporter is reminded once, in words that tell nothing", async () => {
  const id = await planned("2041-01-21T14:00:00Z");
  const due = await settled(id);
  expect(due).toEqual(new Date("2041-01-18T07:00:00Z"));
  expect(mails.mails).toEqual([]);
  shelter.now = due ?? start;
  expect(await settled(id)).toBeUndefined();
  const [{ to, raw }, ...more] = mails.mails as [Json];
  expect(more).toEqual([]);
  expect(to).toBe("iris@example.nl");
  expect(raw).toContain("Er staat een afspraak voor u klaar");
  expect(raw).not.toMatch(/Kaya|Emir|Iris|Steiger|14:00|15:00|21 Jan/);

  await plan(id, "2041-01-21T15:00:00Z");
  await settled(id);
  expect(mails.mails).toHaveLength(2);
  await plan(id, "2041-01-21T15:00:00Z");
  await settled(id);
  expect(mails.mails).toHaveLength(2);
});

test("the school is asked at once, for the talk's day alone, and the asking is taken back when that changes", async () => {
  const before = askedOfSchool(0).length;
  const id = await planned("2041-01-21T14:00:00Z");
  await settled(id);
  const [first, ...more] = askedOfSchool(before);
  expect(first).toEqual({ id: expect.any(String), circleKey: expect.any(String), day: "2041-01-21" });
  expect(more).toEqual([]);
  expect(first.id).not.toBe(id);

  await plan(id, "2041-01-21T15:00:00Z");
  await settled(id);
  expect(askedOfSchool(before + 1)).toEqual([]);
  await plan(id, "2041-01-22T15:00:00Z");
  await settled(id);
  const moved = askedOfSchool(before + 1);
  const second = moved.find(({ day }) => day === "2041-01-22");
  expect(second).toEqual({ id: expect.any(String), circleKey: first.circleKey, day: "2041-01-22" });
  expect(moved.filter((one) => one !== second)).toEqual([{ id: first.id }]);
  await talks.gesture(worker, "cancel", { conversationId: id });
  await settled(id);
  expect(askedOfSchool(before + 3)).toEqual([{ id: second.id }]);
});

test("nobody is reminded of a talk that is cancelled, or over", async () => {
  const before = mails.mails.length;
  const cancelled = await planned("2041-01-21T14:00:00Z");
  await talks.gesture(worker, "cancel", { conversationId: cancelled });
  shelter.now = new Date("2041-01-18T14:00:00Z");
  await settled(cancelled);
  const past = await planned("2041-01-21T14:00:00Z");
  await settled(past);
  shelter.now = new Date("2041-01-21T14:00:00Z");
  await settled(past);
  expect(mails.mails).toHaveLength(before);
});

test("the supporter is mailed though the mail's job is lost", async () => {
  const id = await planned("2041-01-21T14:00:00Z");
  shelter.now = (await settled(id)) ?? start;
  await settled(id);
  const before = mails.mails.length;
  // As it is once somebody is to be mailed; long ago by the part's clock.
  await shelter.rows("update care.conversation set mails_at = now() where id = $1", [id]);
  await shelter.rows("select graphile_worker.add_job('sweep')");
  await until("the mail", async () => {
    const [talk] = await shelter.rows("select mails_at from care.conversation where id = $1", [id]);
    return talk?.mails_at === null;
  });
  expect(mails.mails).toHaveLength(before + 1);
});
