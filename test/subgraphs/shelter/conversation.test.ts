import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { TestClaims } from "../../keys.ts";
import type { Json } from "../../subgraph.ts";
import { endGuidance, withdrawConsent } from "../../way/circle-family.ts";
import { contact, type GuidedShelter, otherShelter, ownFields, startGuidedShelter, worker } from "./guided-shelter.ts";

const fields = `id status concern { kind raisedBy } participants { role name } moments startsAt place invitation
  actions { id what who by keptAt }`;
const answer = `{ __typename ... on ConversationChanged { conversation { ${fields} } } ... on ConversationRefused { code } }`;
const gestures = {
  call: `mutation ($input: CallForTalkInput!) { callForTalk(input: $input) ${answer} }`,
  propose: `mutation ($input: ProposeMomentsInput!) { proposeMoments(input: $input) ${answer} }`,
  choose: `mutation ($input: ChooseMomentInput!) { chooseMoment(input: $input) ${answer} }`,
  record: `mutation ($input: RecordTalkInput!) { recordTalk(input: $input) ${answer} }`,
  confirm: `mutation ($input: ConfirmActionInput!) { confirmAction(input: $input) ${answer} }`,
  cancel: `mutation ($input: CancelTalkInput!) { cancelTalk(input: $input) ${answer} }`,
};
const violence = `mutation ($input: ReportViolenceInput!) { reportViolence(input: $input) {
  __typename ... on ViolenceReported { replayed incidentId } ... on ViolenceRefused { code } ... on GuidanceNotFound { code } } }`;

const start = new Date("2026-11-23T10:00:00Z");
const moments = ["2026-11-26T14:00:00.000Z", "2026-11-27T08:30:00.000Z"];
const place = "Opvanghuis De Steiger";
const otherSchool = { ...contact, schools: ["99AB00"] };
let shelter: GuidedShelter;

beforeAll(async () => {
  shelter = await startGuidedShelter();
});

afterAll(async () => shelter[Symbol.asyncDispose]());

beforeEach(() => {
  shelter.now = start;
});

function gesture(who: TestClaims, name: keyof typeof gestures, input: Json): Promise<Json> {
  return shelter.as(who, gestures[name], { input });
}

async function list(who: TestClaims, over = false): Promise<Json[]> {
  return shelter.as(who, `query ($over: Boolean) { conversations(over: $over) { ${fields} } }`, { over });
}

async function seen(who: TestClaims, id: string): Promise<Json> {
  return shelter.as(who, `query ($id: ID!) { conversation(id: $id) { ${fields} } }`, { id });
}

/** A family whose consent stands, with the school in. */
async function circle(change: Json = {}): Promise<{ id: string; input: Json; consent: string }> {
  const family = await shelter.consented(change);
  await shelter.found(family.consent, 1, "99AA00");
  return family;
}

async function called(who: TestClaims, consent: string): Promise<Json> {
  return (await gesture(who, "call", { circleId: consent })).conversation;
}

/** A talk that the supporter called for and that is planned. */
async function planned(change: Json = {}): Promise<Json> {
  const { consent, id } = await circle(change);
  const { id: conversationId } = await called(worker, consent);
  await gesture(worker, "propose", { conversationId, moments, place });
  await gesture(contact, "choose", { conversationId, moment: moments[1] });
  return { conversationId, consent, guidance: id };
}

function asWorker(query: string, variables: Json): Promise<Json> {
  return shelter.as(worker, ownFields(query), variables);
}

describe("a talk", () => {
  test("goes from a concern to moments, one moment, what was agreed, and that it was done", async () => {
    const { consent } = await circle();
    const call = await called(contact, consent);
    expect(call).toMatchObject({ status: "CALLED", concern: { kind: "OTHER", raisedBy: "SCHOOL" }, moments: [] });
    expect(call.participants).toEqual([
      { role: "PARENTS", name: "Aylin Kaya" },
      { role: "SUPPORTER", name: "Iris de Wit" },
      { role: "SCHOOL_CONTACT", name: null },
    ]);
    const conversationId = call.id;
    const proposed = await gesture(worker, "propose", { conversationId, moments, place });
    expect(proposed.conversation).toMatchObject({
      status: "PROPOSED",
      moments,
      place,
      startsAt: null,
      invitation: null,
    });
    const { conversation } = await gesture(contact, "choose", { conversationId, moment: moments[1] });
    expect(conversation).toMatchObject({ status: "PLANNED", startsAt: moments[1] });

    shelter.now = new Date("2026-11-27T09:30:00Z");
    const actions = [
      { what: "Elke ochtend even inlopen", who: "SCHOOL_CONTACT", by: "2026-12-04" },
      { what: "De fiets ophalen", who: "PARENTS", by: "2026-11-27" },
    ];
    const held = (await gesture(worker, "record", { conversationId, actions })).conversation;
    expect(held.status).toBe("HELD");
    expect(held.actions).toEqual(actions.map((action) => ({ id: expect.any(String), keptAt: null, ...action })));
    const kept = (await gesture(contact, "confirm", { actionId: held.actions[1].id })).conversation;
    expect(kept.actions.map(({ keptAt }: Json) => keptAt)).toEqual([null, shelter.now.toISOString()]);
    shelter.now = new Date("2026-11-28T09:30:00Z");
    expect((await gesture(worker, "confirm", { actionId: held.actions[1].id })).conversation.actions).toEqual(
      kept.actions,
    );
    expect(await list(contact)).toEqual([]);
    expect((await list(contact, true)).map(({ id }) => id)).toContain(conversationId);
  });

  test("tells why it was called for to the side that called and, if the parent agrees, to the other", async () => {
    for (const [covers, known] of [
      [[], null],
      [["CONCERNS"], { kind: "OTHER", raisedBy: "SCHOOL" }],
    ]) {
      const { consent } = await circle({ covers });
      const { id, concern } = await called(contact, consent);
      expect(concern).toEqual({ kind: "OTHER", raisedBy: "SCHOOL" });
      expect((await seen(worker, id)).concern).toEqual(known);
    }
    for (const [covers, known] of [
      [[], null],
      [["CONCERNS"], { kind: "OTHER", raisedBy: "SHELTER" }],
    ]) {
      const { consent } = await circle({ covers });
      const { id } = await called(worker, consent);
      await gesture(worker, "propose", { conversationId: id, moments, place });
      expect((await seen(contact, id)).concern).toEqual(known);
    }
  });

  test("is told to both sides as it goes, and to a school that is out that there is nothing more to see", async () => {
    const { consent } = await circle();
    const { id } = await called(contact, consent);
    const follow = async (who: TestClaims, side: string) => {
      const [{ id: after }] = await shelter.rows(
        "select id from care.event where stream = $1 and subject = $2 order by position limit 1",
        [`conversation:${side}`, id],
      );
      const subscription =
        "subscription ($after: String) { conversationEvents(after: $after) { conversationId conversation { status } } }";
      const events = await shelter.part.subscribe(who, subscription, { after });
      return {
        next: async () => (await events.next()).value.data.conversationEvents,
        end: () => events.return(undefined),
      };
    };
    const mine = await follow(worker, worker.organisation);
    const theirs = await follow(contact, "99AA00");
    const next = () => Promise.all([mine.next(), theirs.next()]);
    const event = (status: string | null) => ({
      conversationId: id,
      conversation: status === null ? null : { status },
    });
    await gesture(worker, "propose", { conversationId: id, moments, place });
    expect(await next()).toEqual([event("PROPOSED"), event("PROPOSED")]);
    await asWorker(withdrawConsent, { id: consent });
    expect(await next()).toEqual([event("CANCELLED"), event(null)]);
    await Promise.all([mine.end(), theirs.end()]);
  });

  test("that is planned has an invitation for a calendar, which names nobody, and takes the later one's place", async () => {
    const { conversationId } = await planned();
    const { invitation } = await seen(contact, conversationId);
    expect(invitation).not.toMatch(/Kaya|Emir|Iris|99AA00|OTHER|999990019|Steiger/);
    await gesture(contact, "propose", { conversationId, moments: [moments[0]], place });
    expect((await seen(worker, conversationId)).invitation).toBeNull();
    const again = await gesture(worker, "choose", { conversationId, moment: moments[0] });
    expect(again.conversation.invitation).toContain("SEQUENCE:4");
    await gesture(worker, "cancel", { conversationId });
    expect((await seen(worker, conversationId)).invitation).toContain("STATUS:CANCELLED");
  });

  test("called for twice at once by one side is one", async () => {
    const { consent } = await circle();
    const calls = await Promise.all(Array.from({ length: 8 }, () => called(contact, consent)));
    expect(new Set(calls.map(({ id }) => id)).size).toBe(1);
    expect((await called(worker, consent)).id).not.toBe(calls[0].id);
  });

  test("is refused with a code where input is wrong or comes in the wrong order", async () => {
    const { consent } = await circle();
    const { id: conversationId } = await called(worker, consent);
    const code = async (name: keyof typeof gestures, input: Json, who: TestClaims = worker) =>
      (await gesture(who, name, input)).code;
    const propose = (change: Json) => code("propose", { conversationId, moments, place, ...change });
    expect(await propose({ moments: [] })).toBe("MOMENTS_MISSING");
    expect(await propose({ moments: Array.from({ length: 6 }, () => moments[0]) })).toBe("MOMENTS_TOO_MANY");
    expect(await propose({ moments: [start.toISOString()] })).toBe("MOMENT_PAST");
    expect(await propose({ place: " " })).toBe("PLACE_INVALID");
    expect(await propose({ place: "x".repeat(201) })).toBe("PLACE_INVALID");
    expect(await propose({ place: "De Steiger\u202e" })).toBe("PLACE_INVALID");
    expect(await code("choose", { conversationId, moment: moments[0] })).toBe("MOMENT_NOT_PROPOSED");
    expect(await code("record", { conversationId, actions: [] })).toBe("TALK_NOT_PLANNED");
    await gesture(worker, "propose", { conversationId, moments, place });
    expect(await code("choose", { conversationId, moment: "2026-11-26T14:00:01Z" })).toBe("MOMENT_NOT_PROPOSED");
    shelter.now = new Date("2026-11-27T00:00:00Z");
    expect(await code("choose", { conversationId, moment: moments[0] })).toBe("MOMENT_PAST");
    await gesture(worker, "choose", { conversationId, moment: moments[1] });
    expect(await code("record", { conversationId, actions: [] })).toBe("TALK_NOT_YET");
    shelter.now = new Date("2026-11-27T09:00:00Z");
    const action = { what: "Bellen", who: "SUPPORTER", by: "2026-11-27" };
    const record = (actions: Json[]) => code("record", { conversationId, actions });
    expect(await record([{ ...action, by: "2026-11-26" }])).toBe("ACTION_INVALID");
    expect(await record([action, { ...action, what: "" }])).toBe("ACTION_INVALID");
    expect(await record(Array.from({ length: 21 }, () => action))).toBe("ACTIONS_TOO_MANY");
    expect(await shelter.rows("select from care.support_action where conversation = $1", [conversationId])).toEqual([]);
    await gesture(worker, "record", { conversationId, actions: [] });
    expect(await propose({})).toBe("CONVERSATION_ENDED");
    expect(await code("choose", { conversationId, moment: moments[1] })).toBe("CONVERSATION_ENDED");
    expect(await record([])).toBe("CONVERSATION_ENDED");
    expect(await code("cancel", { conversationId })).toBe("CONVERSATION_ENDED");
  });

  test.each(["999990019", randomUUID()])("that is not there is none: %s", async (id) => {
    expect((await gesture(worker, "call", { circleId: id })).code).toBe("CIRCLE_NOT_FOUND");
    expect((await gesture(worker, "cancel", { conversationId: id })).code).toBe("CONVERSATION_NOT_FOUND");
    expect((await gesture(contact, "confirm", { actionId: id })).code).toBe("ACTION_NOT_FOUND");
    expect(await seen(contact, id)).toBeNull();
  });

  test("of others is as one that is not there: another shelter, another school, a teacher, a wrong scope", async () => {
    const { conversationId, consent } = await planned();
    shelter.now = new Date("2026-11-27T09:00:00Z");
    const action = { what: "Bellen", who: "SUPPORTER", by: "2026-11-28" };
    const { conversation } = await gesture(worker, "record", { conversationId, actions: [action] });
    for (const who of [otherShelter, otherSchool, { ...contact, role: "teacher" }]) {
      expect(await seen(who, conversationId)).toBeNull();
      expect(await list(who, true)).toEqual([]);
      expect((await gesture(who, "call", { circleId: consent })).code).toBe("CIRCLE_NOT_FOUND");
      expect((await gesture(who, "cancel", { conversationId })).code).toBe("CONVERSATION_NOT_FOUND");
      expect((await gesture(who, "confirm", { actionId: conversation.actions[0].id })).code).toBe("ACTION_NOT_FOUND");
    }
    const { errors } = await shelter.part.ask({ ...contact, scope: "circles:read" }, `{ conversations { id } }`);
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

describe("a school sees of talks only what it takes part in", () => {
  test("a talk that the shelter calls for is not there until a moment is proposed, nor where it was never", async () => {
    const { consent } = await circle({ covers: ["CONCERNS", "PAST_TALKS"] });
    const { id: conversationId } = await called(worker, consent);
    expect(await seen(contact, conversationId)).toBeNull();
    expect((await gesture(contact, "propose", { conversationId, moments, place })).code).toBe("CONVERSATION_NOT_FOUND");
    await gesture(worker, "cancel", { conversationId });
    expect(await seen(contact, conversationId)).toBeNull();
    expect(await list(contact, true)).not.toContainEqual(expect.objectContaining({ id: conversationId }));
    expect(
      await shelter.rows("select from care.event where subject = $1 and stream like '%99AA00'", [conversationId]),
    ).toEqual([]);
  });

  test.each([
    ["withdrawn", ({ consent }: Json) => asWorker(withdrawConsent, { id: consent })],
    ["over with the guidance", ({ guidance }: Json) => asWorker(endGuidance, { id: guidance })],
  ])("once consent is %s there is nothing, and what was planned is cancelled", async (_, ends) => {
    const talk = await planned();
    await ends(talk);
    expect(await seen(contact, talk.conversationId)).toBeNull();
    expect(await list(contact, true)).not.toContainEqual(expect.objectContaining({ id: talk.conversationId }));
    expect((await seen(worker, talk.conversationId)).status).toBe("CANCELLED");
    expect((await gesture(contact, "call", { circleId: talk.consent })).code).toBe("CIRCLE_NOT_FOUND");
  });

  test("and whoever does what at the same moment, nothing of it stands afterwards", async () => {
    for (let round = 0; round < 8; round += 1) {
      const { id, consent } = await circle();
      const { id: conversationId } = await called(contact, consent);
      await Promise.all([
        gesture(worker, "propose", { conversationId, moments, place }),
        gesture(contact, "cancel", { conversationId }),
        called(worker, consent).catch(() => undefined),
        asWorker(withdrawConsent, { id: consent }),
        asWorker(endGuidance, { id }),
        shelter.found(consent, 2, round % 2 === 0 ? "99AA00" : "99AB00"),
      ]);
      for (const who of [contact, otherSchool]) {
        expect(await seen(who, conversationId)).toBeNull();
        expect((await gesture(who, "call", { circleId: consent })).code).toBe("CIRCLE_NOT_FOUND");
      }
      const left = await shelter.rows("select distinct status from care.conversation where guidance = $1", [id]);
      expect(left).toEqual([{ status: "CANCELLED" }]);
    }
  });

  test("and after its last day, at once, whether or not its job has come", async () => {
    const talk = await planned({ validUntil: "2026-11-25" });
    expect(await seen(contact, talk.conversationId)).not.toBeNull();
    shelter.now = new Date("2026-11-25T23:00:00Z");
    expect(await seen(contact, talk.conversationId)).toBeNull();
  });

  test.each([
    [[], null],
    [["PAST_TALKS"], "HELD"],
  ])(
    "a next school sees nothing of talks with the one before, unless the parent agrees: %j",
    async (covers, status) => {
      const { conversationId, consent } = await planned({ covers });
      shelter.now = new Date("2026-11-27T09:00:00Z");
      await gesture(worker, "record", { conversationId, actions: [] });
      const open = await called(worker, consent);
      await gesture(worker, "propose", { conversationId: open.id, moments: ["2026-12-03T09:00:00Z"], place });
      await shelter.found(consent, 2, null);
      await shelter.found(consent, 3, "99AB00");
      expect((await seen(otherSchool, conversationId))?.status ?? null).toBe(status);
      expect(await seen(contact, conversationId)).toBeNull();
      expect((await seen(worker, open.id)).status).toBe("CANCELLED");
      expect((await called(otherSchool, consent)).status).toBe("CALLED");
    },
  );

  test("a consent for a named school is for no other, and says nothing of another to the shelter", async () => {
    const { consent, id } = await shelter.consented({ schoolId: "99AB00" });
    // Leerplicht is asked for that school, so that it tells no other.
    const asked = await shelter.part.hops.next(({ input }) => input.id === consent);
    expect(asked).toMatchObject({ schoolId: "99AB00" });
    await shelter.found(consent, 1, "99AA00");
    for (const who of [contact, otherSchool]) {
      expect((await gesture(who, "call", { circleId: consent })).code).toBe("CIRCLE_NOT_FOUND");
    }
    const own = "query ($id: ID!) { guidance(id: $id) { children { school { circleKey } } } }";
    expect(await asWorker(own, { id })).toEqual({ children: [{ school: null }] });
    expect(await shelter.rows("select school_id from care.school_link where consent = $1", [consent])).toEqual([
      { school_id: null },
    ]);
    await shelter.found(consent, 2, "99AB00");
    expect((await called(otherSchool, consent)).status).toBe("CALLED");
  });
});

describe("actual violence", () => {
  const report = (guidanceId: string, childIds: string[], change: Json = {}) =>
    shelter.as(worker, violence, {
      input: { idempotencyKey: randomUUID(), guidanceId, childIds, occurredAt: "2026-11-23T08:00:00Z", ...change },
    });
  const signalsOf = async (incidentId: string) => {
    const { data } = await shelter.part.ask(worker, "query ($id: ID!) { incident(id: $id) { signals { id } } }", {
      id: incidentId,
    });
    return data.incident.signals.map(({ id }: Json) => id);
  };

  test("raises the ordinary signal with no trace of guidance in it, and calls for a talk where a circle stands", async () => {
    const { id, input, consent } = await circle();
    const { incidentId } = await report(id, [input.childId]);
    const [signal] = await signalsOf(incidentId);
    const sent = await shelter.part.hops.next(({ input: hop }) => hop.id === signal);
    expect(sent).toEqual({
      id: signal,
      organisation: worker.organisation,
      occurredAt: "2026-11-23T08:00:00.000Z",
      child: { bsn: "999990019", givenName: "Emir", prefix: null, familyName: "Kaya", birthDate: "2018-02-03" },
    });
    const [talk] = (await list(worker)).filter(({ concern }) => concern?.kind === "DOMESTIC_VIOLENCE");
    expect(talk).toMatchObject({ status: "CALLED", concern: { kind: "DOMESTIC_VIOLENCE", raisedBy: "SHELTER" } });
    expect(await seen(contact, talk.id)).toBeNull();
    await asWorker(withdrawConsent, { id: consent });
  });

  test("without consent raises the same signal, and no talk", async () => {
    const { id, input, consent } = await circle();
    await asWorker(withdrawConsent, { id: consent });
    const before = await list(worker);
    const { incidentId } = await report(id, [input.childId]);
    expect(await signalsOf(incidentId)).toHaveLength(1);
    expect(await list(worker)).toEqual(before);
  });

  test("in a row that the shelter's own system writes does the same; fear of it does not", async () => {
    const { input, consent } = await circle();
    const [{ registry_key: client }] = await shelter.rows("select registry_key from care.guided_child where id = $1", [
      input.childId,
    ]);
    const write = async (actual: boolean): Promise<string> => {
      const [{ note }] = await shelter.rows(
        `with note as (insert into registry.melding (gezin_uid, soort, feitelijk_geweld, voorgevallen_op)
           select gezin_uid, 10, $2, '2026-11-23T08:00:00Z' from registry.client where client_uid = $1
           returning melding_uid)
         insert into registry.melding_client select melding_uid, $1 from note returning melding_uid as note`,
        [client, actual],
      );
      return note;
    };
    const about = async () =>
      shelter.rows("select kind, status from care.conversation where child = $1", [input.childId]);
    const called = { kind: "DOMESTIC_VIOLENCE", status: "CALLED" };
    const note = await write(false);
    expect(await about()).toEqual([]);
    // Ticked only later.
    await shelter.rows("update registry.melding set feitelijk_geweld = true where melding_uid = $1", [note]);
    await write(true);
    expect(await about()).toEqual([called]);
    const [{ id: conversationId }] = (await list(worker)).filter(({ concern }) => concern?.kind === called.kind);
    await gesture(worker, "cancel", { conversationId });
    // A note that is changed again calls for nothing anew.
    await shelter.rows("update registry.melding set kenmerk = 'x' where melding_uid = $1", [note]);
    expect(await about()).toEqual([{ ...called, status: "CANCELLED" }]);
    await asWorker(withdrawConsent, { id: consent });
  });

  test("reported again under one key is one report, and another under the same key is refused", async () => {
    const { id, input } = await circle();
    const key = { idempotencyKey: randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => report(id, [input.childId], key)));
    expect(new Set(answers.map(({ incidentId }) => incidentId)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await report(id, [input.childId], { ...key, occurredAt: "2026-11-22T08:00:00Z" })).toMatchObject({
      code: "IDEMPOTENCY_CONFLICT",
    });
  });

  test("is refused with a code where input is wrong", async () => {
    const [mine, other] = [await circle(), await circle()];
    const code = async (...given: Parameters<typeof report>) => (await report(...given)).code;
    const child = mine.input.childId;
    expect(await code(mine.id, [other.input.childId])).toBe("CHILD_NOT_IN_FAMILY");
    expect(await code(mine.id, [child, "x"])).toBe("CHILD_NOT_IN_FAMILY");
    expect(await code(mine.id, [])).toBe("CHILD_NOT_IN_FAMILY");
    expect(await code(randomUUID(), [child])).toBe("GUIDANCE_NOT_FOUND");
    expect(await code("1", [child])).toBe("GUIDANCE_NOT_FOUND");
    expect(await code(mine.id, [child], { occurredAt: "2026-11-24T08:00:00Z" })).toBe("OCCURRED_AT_INVALID");
    expect(await code(mine.id, [child], { occurredAt: "2026-10-01T08:00:00Z" })).toBe("OCCURRED_AT_INVALID");
    expect(await code(mine.id, [child], { idempotencyKey: "" })).toBe("IDEMPOTENCY_KEY_INVALID");
    const foreign = { input: { idempotencyKey: "1", guidanceId: mine.id, childIds: [child], occurredAt: start } };
    expect((await shelter.as(otherShelter, violence, foreign)).code).toBe("GUIDANCE_NOT_FOUND");
    await asWorker(endGuidance, { id: mine.id });
    expect(await code(mine.id, [child])).toBe("GUIDANCE_ENDED");
  });
});

test("each sight of a child, and each gesture, is in the processing log, and none names the child", async () => {
  const { conversationId, consent } = await planned();
  await seen(contact, conversationId);
  await shelter.as(contact, "{ supportCircles { id } }");
  const log = await shelter.rows(
    `select activity, party, count(distinct subject)::int as subjects from care.processing
     where object = any ($1::uuid[]) group by activity, party order by 1, 2`,
    [[conversationId, consent]],
  );
  expect(log).toEqual([
    { activity: "circle.read", party: "school", subjects: 1 },
    { activity: "consent.record", party: "shelter", subjects: 2 },
    { activity: "conversation.call", party: "shelter", subjects: 1 },
    { activity: "conversation.change", party: "school", subjects: 2 },
    { activity: "conversation.change", party: "shelter", subjects: 2 },
    { activity: "conversation.read", party: "school", subjects: 2 },
    { activity: "conversation.read", party: "shelter", subjects: 2 },
  ]);
  const [{ text }] = await shelter.rows("select string_agg(processing::text, '') as text from care.processing");
  expect(text).not.toMatch(/Kaya|Emir|999990019/);
});
