import { describe, expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { endGuidance, withdrawConsent } from "../../way/circle-family.ts";
import { contact, type GuidedShelter, worker } from "./guided-shelter.ts";
import { sharedShelter } from "./shared-shelter.ts";
import { moments, otherSchool, place, type Talks, talksAt } from "./talks.ts";

let shelter: GuidedShelter;
let talks: Talks;

sharedShelter((begun) => {
  shelter = begun;
  talks = talksAt(shelter);
});

describe("a school sees of talks only what it takes part in", () => {
  test("a talk that the shelter calls for is not there until a moment is proposed, nor where it was never", async () => {
    const { circle } = await talks.circle({ covers: ["CONCERNS", "PAST_TALKS"] });
    const { id: conversationId } = await talks.called(worker, circle);
    expect(await talks.seen(contact, conversationId)).toBeNull();
    expect((await talks.gesture(contact, "propose", { conversationId, moments, place })).code).toBe(
      "CONVERSATION_NOT_FOUND",
    );
    await talks.gesture(worker, "cancel", { conversationId });
    expect(await talks.seen(contact, conversationId)).toBeNull();
    expect(await talks.list(contact, true)).not.toContainEqual(expect.objectContaining({ id: conversationId }));
    expect(
      await shelter.rows("select from care.event where subject = $1 and stream like '%99AA00'", [conversationId]),
    ).toEqual([]);
  });

  test.each([
    ["withdrawn", ({ consent }: Json) => shelter.asWorker(withdrawConsent, { id: consent })],
    ["over with the guidance", ({ id }: Json) => shelter.asWorker(endGuidance, { id })],
  ])("once consent is %s there is nothing, and what was planned is cancelled", async (_, ends) => {
    const talk = await talks.planned();
    await ends(talk);
    expect(await talks.seen(contact, talk.conversationId)).toBeNull();
    expect(await talks.list(contact, true)).not.toContainEqual(expect.objectContaining({ id: talk.conversationId }));
    expect((await talks.seen(worker, talk.conversationId)).status).toBe("CANCELLED");
    expect((await talks.gesture(contact, "call", { circleId: talk.circle })).code).toBe("CIRCLE_NOT_FOUND");
  });

  test("and whoever does what at the same moment, nothing of it stands afterwards", async () => {
    for (let round = 0; round < 8; round += 1) {
      const { id, consent, circle } = await talks.circle();
      const { id: conversationId } = await talks.called(contact, circle);
      await Promise.all([
        talks.gesture(worker, "propose", { conversationId, moments, place }),
        talks.gesture(contact, "cancel", { conversationId }),
        talks.called(worker, circle).catch(() => undefined),
        shelter.asWorker(withdrawConsent, { id: consent }),
        shelter.asWorker(endGuidance, { id }),
        shelter.found(circle, 2, round % 2 === 0 ? "99AA00" : "99AB00"),
      ]);
      for (const who of [contact, otherSchool]) {
        expect(await talks.seen(who, conversationId)).toBeNull();
        expect((await talks.gesture(who, "call", { circleId: circle })).code).toBe("CIRCLE_NOT_FOUND");
      }
      const left = await shelter.rows("select distinct status from care.conversation where guidance = $1", [id]);
      expect(left).toEqual([{ status: "CANCELLED" }]);
    }
  });

  test("and after its last day, at once, whether or not its job has come", async () => {
    const talk = await talks.planned({ validUntil: "2026-11-25" });
    expect(await talks.seen(contact, talk.conversationId)).not.toBeNull();
    shelter.now = new Date("2026-11-25T23:00:00Z");
    expect(await talks.seen(contact, talk.conversationId)).toBeNull();
  });

  test.each([
    [[], null],
    [["PAST_TALKS"], "HELD"],
  ])(
    "a next school sees nothing of talks with the one before, unless the parent agrees: %j",
    async (covers, status) => {
      const { conversationId, circle } = await talks.planned({ covers });
      shelter.now = new Date("2026-11-27T09:00:00Z");
      await talks.gesture(worker, "record", { conversationId, actions: [] });
      const open = await talks.called(worker, circle);
      await talks.gesture(worker, "propose", { conversationId: open.id, moments: ["2026-12-03T09:00:00Z"], place });
      await shelter.found(circle, 2, null);
      await shelter.found(circle, 3, "99AB00");
      expect((await talks.seen(otherSchool, conversationId))?.status ?? null).toBe(status);
      expect(await talks.seen(contact, conversationId)).toBeNull();
      expect((await talks.seen(worker, open.id)).status).toBe("CANCELLED");
      expect((await talks.called(otherSchool, circle)).status).toBe("CALLED");
    },
  );

  test("a consent for a named school is for no other, and says nothing of another to the shelter", async () => {
    const { circle, id } = await shelter.consented({ schoolId: "99AB00" });
    // Leerplicht is asked for that school, so that it tells no other.
    const asked = await shelter.part.hops.next(({ input }) => input.id === circle);
    expect(asked).toMatchObject({ schoolId: "99AB00" });
    await shelter.found(circle, 1, "99AA00");
    for (const who of [contact, otherSchool]) {
      expect((await talks.gesture(who, "call", { circleId: circle })).code).toBe("CIRCLE_NOT_FOUND");
    }
    const own = "query ($id: ID!) { guidance(id: $id) { children { school { circleKey } } } }";
    expect(await shelter.asWorker(own, { id })).toEqual({ children: [{ school: null }] });
    expect(await shelter.rows("select school_id from care.circle where id = $1", [circle])).toEqual([
      { school_id: null },
    ]);
    await shelter.found(circle, 2, "99AB00");
    expect((await talks.called(otherSchool, circle)).status).toBe("CALLED");
  });
});

describe("a school is told of talks only while its circle stands, and once at its leaving", () => {
  test("one that is long out hears nothing when the consent with the next one ends", async () => {
    const talk = await talks.held({ covers: ["PAST_TALKS"] });
    await shelter.found(talk.circle, 2, "99AB00");
    const before = await talks.told("99AA00", talk.conversationId);
    await shelter.asWorker(withdrawConsent, { id: talk.consent });
    expect(await talks.told("99AA00", talk.conversationId)).toBe(before);
    // The next one, which saw the talk, hears that there is nothing more to see.
    expect(await talks.told("99AB00", talk.conversationId)).toBe(1);
  });

  test("none hears of what the supporter does once consent is withdrawn, and the shelter does", async () => {
    const talk = await talks.held();
    await shelter.asWorker(withdrawConsent, { id: talk.consent });
    const before = await talks.told("99AA00", talk.conversationId);
    const mine = await talks.told(worker.organisation, talk.conversationId);
    const { conversation } = await talks.gesture(worker, "confirm", { actionId: talk.actionId });
    expect(conversation.actions).toEqual([expect.objectContaining({ keptAt: shelter.now.toISOString() })]);
    expect(await talks.told("99AA00", talk.conversationId)).toBe(before);
    expect(await talks.told(worker.organisation, talk.conversationId)).toBe(mine + 1);
  });

  test("one that is in hears nothing of a talk that it cannot see", async () => {
    const talk = await talks.held();
    await shelter.found(talk.circle, 2, "99AB00");
    await talks.gesture(worker, "confirm", { actionId: talk.actionId });
    await shelter.asWorker(withdrawConsent, { id: talk.consent });
    expect(await talks.told("99AB00", talk.conversationId)).toBe(0);
  });
});

describe("a talk with the school before", () => {
  test("that was cancelled is not there for the next one, whatever the parent agrees to", async () => {
    const { conversationId, circle } = await talks.planned({ covers: ["PAST_TALKS", "CONCERNS"] });
    await talks.gesture(contact, "cancel", { conversationId });
    await shelter.found(circle, 2, "99AB00");
    expect(await talks.seen(otherSchool, conversationId)).toBeNull();
    expect(await talks.list(otherSchool, true)).not.toContainEqual(expect.objectContaining({ id: conversationId }));
  });

  test("that was held is for the next one to see, and not to change", async () => {
    const { conversationId, circle, actionId } = await talks.held({ covers: ["PAST_TALKS"] });
    await shelter.found(circle, 2, "99AB00");
    expect((await talks.seen(otherSchool, conversationId)).actions).toHaveLength(1);
    expect(await talks.refusal(otherSchool, "confirm", { actionId })).toBe("ACTION_NOT_FOUND");
    expect(await talks.refusal(otherSchool, "cancel", { conversationId })).toBe("CONVERSATION_NOT_FOUND");
    expect((await talks.seen(worker, conversationId)).actions[0].keptAt).toBeNull();
  });
});

describe("why a talk was called for, a school learns only where a parent agrees", () => {
  test.each([
    ["DOMESTIC_VIOLENCE", ["CONCERNS"], { kind: "DOMESTIC_VIOLENCE", raisedBy: "SHELTER" }],
    ["DOMESTIC_VIOLENCE", [], null],
    ["ABSENCE", ["CONCERNS"], { kind: "ABSENCE", raisedBy: "LEERPLICHT" }],
    ["ABSENCE", [], null],
  ])("%s, with %j", async (kind, covers, known) => {
    const family = await talks.circle({ covers });
    await (kind === "ABSENCE" ? talks.absence(family) : talks.violence(family));
    const [{ id: conversationId }] = await shelter.rows("select id from care.conversation where guidance = $1", [
      family.id,
    ]);
    expect(await talks.seen(contact, conversationId)).toBeNull();
    await talks.gesture(worker, "propose", { conversationId, moments, place });
    expect((await talks.seen(contact, conversationId)).concern).toEqual(known);
  });
});

test("each sight of a child, and each gesture, is in the processing log, and none names the child", async () => {
  const { conversationId, consent, circle } = await talks.planned();
  await talks.seen(contact, conversationId);
  await shelter.as(contact, "{ supportCircles { id } }");
  const log = await shelter.rows(
    `select activity, party, count(distinct subject)::int as subjects from care.processing
     where object = any ($1::uuid[]) group by activity, party order by 1, 2`,
    [[conversationId, consent, circle]],
  );
  expect(log).toEqual([
    { activity: "circle.read", party: "school", subjects: 1 },
    { activity: "circle.record", party: "service", subjects: 1 },
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
