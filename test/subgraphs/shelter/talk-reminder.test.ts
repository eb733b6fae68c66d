import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startMailServer, type TestMailServer } from "../../mail-server.ts";
import type { Json } from "../../subgraph.ts";
import { contact, type GuidedShelter, startGuidedShelter, worker } from "./guided-shelter.ts";

const answer = "{ ... on ConversationChanged { conversation { id } } ... on ConversationRefused { code } }";
const call = `mutation ($input: CallForTalkInput!) { callForTalk(input: $input) ${answer} }`;
const propose = `mutation ($input: ProposeMomentsInput!) { proposeMoments(input: $input) ${answer} }`;
const choose = `mutation ($input: ChooseMomentInput!) { chooseMoment(input: $input) ${answer} }`;
const cancel = `mutation ($input: CancelTalkInput!) { cancelTalk(input: $input) ${answer} }`;

const start = new Date("2026-11-23T10:00:00Z");
let mails: TestMailServer;
let shelter: GuidedShelter;

beforeAll(async () => {
  mails = await startMailServer();
  shelter = await startGuidedShelter({ SMTP_URL: mails.url, MAIL_FROM: "noreply@example.nl" });
});

afterAll(async () => {
  await shelter[Symbol.asyncDispose]();
  await mails[Symbol.asyncDispose]();
});

/** A talk that is planned for a moment. */
async function planned(moment: string): Promise<string> {
  shelter.now = start;
  const { consent } = await shelter.consented();
  await shelter.found(consent, 1, "99AA00");
  const { conversation } = await shelter.as(contact, call, { input: { circleId: consent } });
  await plan(conversation.id, moment);
  return conversation.id;
}

async function plan(conversationId: string, moment: string): Promise<void> {
  await shelter.as(worker, propose, { input: { conversationId, moments: [moment], place: "De Steiger" } });
  await shelter.as(worker, choose, { input: { conversationId, moment } });
}

/** What has been mailed and sent to the school, once the jobs of the shelter's now are done. */
async function reminded(id: string): Promise<{ mails: number; hops: Json[] }> {
  await shelter.runJob("remindOfTalk", id, `talk:${id}`);
  const due = await shelter.rows("select from graphile_worker.jobs where key = $1", [`mailSupporter:${id}`]);
  if (due.length > 0) await shelter.runJob("mailSupporter", id, `mailSupporter:${id}`);
  while ((await shelter.rows("select from graphile_worker.jobs where key like 'hop:%'")).length > 0);
  const hops = shelter.part.hops.sent.filter(({ document }) => document.includes("remindContacts"));
  return { mails: mails.mails.length, hops: hops.map(({ input }) => input) };
}

test("the morning before a talk supporter and school are reminded once, in words that tell nothing", async () => {
  const id = await planned("2026-11-26T14:00:00Z");
  const [{ run_at: due }] = await shelter.rows("select run_at from graphile_worker.jobs where key = $1", [
    `talk:${id}`,
  ]);
  expect(due).toEqual(new Date("2026-11-25T07:00:00Z"));
  shelter.now = due;
  const once = await reminded(id);
  expect(once).toEqual({ mails: 1, hops: [{ id: expect.any(String), circleKey: expect.any(String) }] });
  expect(await reminded(id)).toEqual(once);
  const [{ to, raw }] = mails.mails as [Json];
  expect(to).toBe("iris@example.nl");
  expect(raw).toContain("Er staat een afspraak voor u klaar");
  expect(raw).not.toMatch(/Kaya|Emir|Iris|Steiger|14:00|15:00|26 Nov/);
  expect(JSON.stringify(once.hops)).not.toContain(id);

  await plan(id, "2026-11-26T15:00:00Z");
  shelter.now = new Date("2026-11-25T10:00:00Z");
  expect((await reminded(id)).mails).toBe(2);
});

test("nobody is reminded of a talk that is cancelled, or over", async () => {
  const before = { mails: mails.mails.length, hops: expect.anything() };
  const cancelled = await planned("2026-11-26T14:00:00Z");
  await shelter.as(worker, cancel, { input: { conversationId: cancelled } });
  shelter.now = new Date("2026-11-25T14:00:00Z");
  expect(await reminded(cancelled)).toEqual(before);
  const past = await planned("2026-11-26T14:00:00Z");
  shelter.now = new Date("2026-11-26T14:00:00Z");
  expect(await reminded(past)).toEqual(before);
});
