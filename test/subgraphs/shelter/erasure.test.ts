import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { endGuidance } from "../../way/circle-family.ts";
import { contact, type GuidedShelter, ownFields, startGuidedShelter, worker } from "./guided-shelter.ts";

const start = new Date("2026-11-23T10:00:00Z");
const month = 28 * 24 * 3_600_000;
const operator = { party: "operator", organisation: "1", scope: "statistics:read" };
const talk = "{ ... on ConversationChanged { conversation { id actions { id } } } }";
const call = `mutation ($input: CallForTalkInput!) { callForTalk(input: $input) ${talk} }`;
const propose = `mutation ($input: ProposeMomentsInput!) { proposeMoments(input: $input) ${talk} }`;
const choose = `mutation ($input: ChooseMomentInput!) { chooseMoment(input: $input) ${talk} }`;
const record = `mutation ($input: RecordTalkInput!) { recordTalk(input: $input) ${talk} }`;
const confirm = `mutation ($input: ConfirmActionInput!) { confirmAction(input: $input) ${talk} }`;
const invite = `mutation ($input: InviteParentInput!) { inviteParent(input: $input) { __typename } }`;
const figures = `query ($year: Int!) { guidanceFigures(year: $year) {
  guidances medianHoursToFirstContact talks agreements agreementsKept } }`;

let shelter: GuidedShelter;

beforeAll(async () => {
  shelter = await startGuidedShelter();
});

afterAll(async () => shelter[Symbol.asyncDispose]());

beforeEach(() => {
  shelter.now = start;
});

/** A guidance with a talk in which two actions were agreed, and one was done; it has ended. */
async function ended(hours: number): Promise<string> {
  shelter.now = start;
  const { id, consent, input } = await shelter.consented({ covers: ["CONCERNS"], schoolId: "99AA00" });
  shelter.now = new Date(start.getTime() + hours * 3_600_000);
  await shelter.found(consent, 1, "99AA00");
  const { conversation } = await shelter.as(contact, call, { input: { circleId: consent } });
  const conversationId = conversation.id;
  const moment = new Date(shelter.now.getTime() + 3_600_000);
  await shelter.as(worker, propose, { input: { conversationId, moments: [moment], place: "Kamer van Emir Kaya" } });
  await shelter.as(worker, choose, { input: { conversationId, moment } });
  shelter.now = moment;
  const action = { what: "Emir Kaya ophalen", who: "PARENTS", by: "2026-12-20" };
  const held = await shelter.as(worker, record, { input: { conversationId, actions: [action, action] } });
  await shelter.as(contact, confirm, { input: { actionId: held.conversation.actions[0].id } });
  const { guidanceId, parentId } = input;
  await shelter.as(worker, invite, { input: { guidanceId, parentId } });
  await shelter.as(worker, ownFields(endGuidance), { id });
  return id;
}

async function erased(id: string): Promise<void> {
  shelter.now = new Date(start.getTime() + 2 * month);
  await shelter.runJob("eraseGuidance", id, `erase:${id}`);
}

/** All that our own tables hold, in one text; the processing log has digests alone. */
async function everything(): Promise<string> {
  const tables = await shelter.rows(
    "select tablename from pg_tables where schemaname = 'care' and tablename <> 'processing'",
  );
  const texts = await Promise.all(
    tables.map(({ tablename }) =>
      shelter.rows(`select coalesce(string_agg(item::text, ' '), '') as text from care.${tablename} as item`),
    ),
  );
  return texts.map(([{ text }]) => text).join(" ");
}

test("four weeks after its end nothing of a guidance leads to anybody, and no sooner", async () => {
  const id = await ended(5);
  const [keys] = await shelter.rows(
    `select family_key, registry_key, given_by, conversation.id as talk from care.guidance
     join care.guided_child on guided_child.guidance = guidance.id join care.consent on consent.child = guided_child.id
     join care.conversation on conversation.guidance = guidance.id where guidance.id = $1`,
    [id],
  );
  const traces = [...Object.values(keys), "99AA00", "Iris de Wit", "iris@example.nl"] as string[];
  const before = await everything();
  for (const trace of traces) expect(before).toContain(trace);
  // The words of a talk never stand there as they are.
  expect(before).not.toMatch(/Kaya|Emir/);

  const [{ erases_at: erasesAt }] = await shelter.rows("select erases_at from care.guidance where id = $1", [id]);
  expect(erasesAt.getTime() - shelter.now.getTime()).toBe(month);
  shelter.now = new Date(erasesAt.getTime() - 1);
  await shelter.runJob("eraseGuidance", id, `erase:${id}`);
  expect(await everything()).toContain(keys.family_key);
  await erased(id);
  const after = await everything();
  for (const trace of traces) expect(after).not.toContain(trace);
  const [left] = await shelter.rows("select started_at, first_circle_at from care.guidance where id = $1", [id]);
  expect(left).toEqual({ started_at: start, first_circle_at: new Date("2026-11-23T15:00:00Z") });
});

test("for the evaluation there are facts of five families together, and of none alone", async () => {
  const told = (year = 2026): Promise<Json> => shelter.as(operator, figures, { year });
  const none = {
    guidances: null,
    medianHoursToFirstContact: null,
    talks: null,
    agreements: null,
    agreementsKept: null,
  };
  const [{ count: before }] = await shelter.rows("select count(*)::int from care.guidance_fact");
  for (let nth = before + 1; nth < 5; nth += 1) await erased(await ended(nth));
  expect(await told()).toEqual(none);
  const fifth = await ended(48);
  expect(await told()).toEqual(none);
  await erased(fifth);
  const five = await told();
  expect(five).toMatchObject({ guidances: 5, talks: 5, agreements: 10, agreementsKept: 5 });
  expect(five.medianHoursToFirstContact).toBeGreaterThanOrEqual(2);
  // Done again, and with one more, the figures are the same.
  await shelter.runJob("eraseGuidance", fifth, `erase:${fifth}`);
  await erased(await ended(300));
  expect(await told()).toEqual(five);
  expect(await told(2025)).toEqual(none);
  const { errors } = await shelter.part.ask(worker, figures, { year: 2026 });
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});
