import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startMailServer, type TestMailServer } from "../../mail-server.ts";
import type { Json } from "../../subgraph.ts";
import { contact, type GuidedShelter, startGuidedShelter, worker } from "./guided-shelter.ts";
import { type Talks, talksAt } from "./talks.ts";

// Far ahead: the queue goes by the database's own clock, and must not be due by that.
const start = new Date("2096-11-19T10:00:00Z");
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
  const { circle } = await talks.circle({ validUntil: "2096-12-30" });
  const { id } = await talks.called(contact, circle);
  await plan(id, moment);
  return id;
}

async function plan(conversationId: string, moment: string): Promise<void> {
  await talks.gesture(worker, "propose", { conversationId, moments: [moment], place: "De Steiger" });
  await talks.gesture(worker, "choose", { conversationId, moment });
}

/** What has been mailed and sent to the school, once the jobs of the shelter's now are done. */
async function reminded(id: string): Promise<{ mails: number; hops: Json[] }> {
  await shelter.runJob("remindOfTalk", id, `talk:${id}`);
  const due = await shelter.rows("select from graphile_worker.jobs where key = $1", [`mailSupporter:${id}`]);
  if (due.length > 0) await shelter.runJob("mailSupporter", id, `mailSupporter:${id}`);
  await shelter.untilSent();
  const hops = shelter.part.hops.sent.filter(({ document }) => document.includes("remindContacts"));
  return { mails: mails.mails.length, hops: hops.map(({ input }) => input) };
}

test("the morning before a talk supporter and school are reminded once, in words that tell nothing", async () => {
  const id = await planned("2096-11-22T14:00:00Z");
  const [{ run_at: due }] = await shelter.rows("select run_at from graphile_worker.jobs where key = $1", [
    `talk:${id}`,
  ]);
  expect(due).toEqual(new Date("2096-11-21T07:00:00Z"));
  shelter.now = due;
  const once = await reminded(id);
  expect(once).toEqual({ mails: 1, hops: [{ id: expect.any(String), circleKey: expect.any(String) }] });
  expect(await reminded(id)).toEqual(once);
  const [{ to, raw }] = mails.mails as [Json];
  expect(to).toBe("iris@example.nl");
  expect(raw).toContain("Er staat een afspraak voor u klaar");
  expect(raw).not.toMatch(/Kaya|Emir|Iris|Steiger|14:00|15:00|22 Nov/);
  expect(JSON.stringify(once.hops)).not.toContain(id);

  await plan(id, "2096-11-22T15:00:00Z");
  shelter.now = new Date("2096-11-21T10:00:00Z");
  expect((await reminded(id)).mails).toBe(2);
});

test("nobody is reminded of a talk that is cancelled, or over", async () => {
  const before = { mails: mails.mails.length, hops: expect.anything() };
  const cancelled = await planned("2096-11-22T14:00:00Z");
  await talks.gesture(worker, "cancel", { conversationId: cancelled });
  shelter.now = new Date("2096-11-21T14:00:00Z");
  expect(await reminded(cancelled)).toEqual(before);
  const past = await planned("2096-11-22T14:00:00Z");
  shelter.now = new Date("2096-11-22T14:00:00Z");
  expect(await reminded(past)).toEqual(before);
});
