import { randomUUID } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import type { TestClaims } from "../../keys.ts";
import type { Json } from "../../subgraph.ts";
import { withdrawConsent } from "../../way/circle-family.ts";
import { contact, type GuidedShelter, otherShelter, worker } from "./guided-shelter.ts";
import { sharedShelter, start } from "./shared-shelter.ts";
import { type Gesture, moments, otherSchool, place, type Talks, talksAt } from "./talks.ts";

let shelter: GuidedShelter;
let talks: Talks;

sharedShelter((begun) => {
  shelter = begun;
  talks = talksAt(shelter);
});

describe("a talk", () => {
  test("goes from a concern to moments, one moment, what was agreed, and that it was done", async () => {
    const { circle } = await talks.circle();
    const call = await talks.called(contact, circle);
    expect(call).toMatchObject({ status: "CALLED", concern: { kind: "OTHER", raisedBy: "SCHOOL" }, moments: [] });
    expect(call.participants).toEqual([
      { role: "PARENTS", name: "Aylin Kaya" },
      { role: "SUPPORTER", name: "Iris de Wit" },
      { role: "SCHOOL_CONTACT", name: null },
    ]);
    const conversationId = call.id;
    const proposed = await talks.gesture(worker, "propose", { conversationId, moments, place });
    expect(proposed.conversation).toMatchObject({
      status: "PROPOSED",
      moments,
      place,
      startsAt: null,
      invitation: null,
    });
    const { conversation } = await talks.gesture(contact, "choose", { conversationId, moment: moments[1] });
    expect(conversation).toMatchObject({ status: "PLANNED", startsAt: moments[1] });

    shelter.now = new Date("2026-11-27T09:30:00Z");
    const actions = [
      { what: "Elke ochtend even inlopen", who: "SCHOOL_CONTACT", by: "2026-12-04" },
      { what: "De fiets ophalen", who: "PARENTS", by: "2026-11-27" },
    ];
    const held = (await talks.gesture(worker, "record", { conversationId, actions })).conversation;
    expect(held.status).toBe("HELD");
    expect(held.actions).toEqual(actions.map((action) => ({ id: expect.any(String), keptAt: null, ...action })));
    const kept = (await talks.gesture(contact, "confirm", { actionId: held.actions[1].id })).conversation;
    expect(kept.actions.map(({ keptAt }: Json) => keptAt)).toEqual([null, shelter.now.toISOString()]);
    shelter.now = new Date("2026-11-28T09:30:00Z");
    expect((await talks.gesture(worker, "confirm", { actionId: held.actions[1].id })).conversation.actions).toEqual(
      kept.actions,
    );
    expect(await talks.list(contact)).toEqual([]);
    expect((await talks.list(contact, true)).map(({ id }) => id)).toContain(conversationId);
  });

  test("tells why it was called for to the side that called and, if the parent agrees, to the other", async () => {
    for (const [covers, known] of [
      [[], null],
      [["CONCERNS"], { kind: "OTHER", raisedBy: "SCHOOL" }],
    ]) {
      const { circle } = await talks.circle({ covers });
      const { id, concern } = await talks.called(contact, circle);
      expect(concern).toEqual({ kind: "OTHER", raisedBy: "SCHOOL" });
      expect((await talks.seen(worker, id)).concern).toEqual(known);
    }
    for (const [covers, known] of [
      [[], null],
      [["CONCERNS"], { kind: "OTHER", raisedBy: "SHELTER" }],
    ]) {
      const { circle } = await talks.circle({ covers });
      const { id } = await talks.called(worker, circle);
      await talks.gesture(worker, "propose", { conversationId: id, moments, place });
      expect((await talks.seen(contact, id)).concern).toEqual(known);
    }
  });

  test("is told to both sides as it goes, and to a school that is out that there is nothing more to see", async () => {
    const { circle, consent } = await talks.circle();
    const { id } = await talks.called(contact, circle);
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
    await talks.gesture(worker, "propose", { conversationId: id, moments, place });
    expect(await next()).toEqual([event("PROPOSED"), event("PROPOSED")]);
    await shelter.asWorker(withdrawConsent, { id: consent });
    expect(await next()).toEqual([event("CANCELLED"), event(null)]);
    await Promise.all([mine.end(), theirs.end()]);
  });

  test("that is planned has an invitation for a calendar, which names nobody, and takes the later one's place", async () => {
    const { conversationId } = await talks.planned();
    const { invitation } = await talks.seen(contact, conversationId);
    expect(invitation).not.toMatch(/Kaya|Emir|Iris|99AA00|OTHER|999990019|Steiger/);
    await talks.gesture(contact, "propose", { conversationId, moments: [moments[0]], place });
    expect((await talks.seen(worker, conversationId)).invitation).toBeNull();
    const again = await talks.gesture(worker, "choose", { conversationId, moment: moments[0] });
    expect(again.conversation.invitation).toContain("SEQUENCE:4");
    await talks.gesture(worker, "cancel", { conversationId });
    expect((await talks.seen(worker, conversationId)).invitation).toContain("STATUS:CANCELLED");
  });

  test("called for twice at once by one side is one", async () => {
    const { circle } = await talks.circle();
    const calls = await Promise.all(Array.from({ length: 8 }, () => talks.called(contact, circle)));
    expect(new Set(calls.map(({ id }) => id)).size).toBe(1);
    expect((await talks.called(worker, circle)).id).not.toBe(calls[0].id);
  });

  test("is refused with a code where input is wrong or comes in the wrong order", async () => {
    const { circle } = await talks.circle();
    const { id: conversationId } = await talks.called(worker, circle);
    const code = async (name: Gesture, input: Json, who: TestClaims = worker) =>
      (await talks.gesture(who, name, input)).code;
    const propose = (change: Json) => code("propose", { conversationId, moments, place, ...change });
    expect(await propose({ moments: [] })).toBe("MOMENTS_MISSING");
    expect(await propose({ moments: Array.from({ length: 6 }, () => moments[0]) })).toBe("MOMENTS_TOO_MANY");
    expect(await propose({ moments: [start.toISOString()] })).toBe("MOMENT_PAST");
    expect(await propose({ place: " " })).toBe("PLACE_INVALID");
    expect(await propose({ place: "x".repeat(201) })).toBe("PLACE_INVALID");
    expect(await propose({ place: "De Steiger\u202e" })).toBe("PLACE_INVALID");
    expect(await code("choose", { conversationId, moment: moments[0] })).toBe("MOMENT_NOT_PROPOSED");
    expect(await code("record", { conversationId, actions: [] })).toBe("TALK_NOT_PLANNED");
    await talks.gesture(worker, "propose", { conversationId, moments, place });
    expect(await code("choose", { conversationId, moment: "2026-11-26T14:00:01Z" })).toBe("MOMENT_NOT_PROPOSED");
    shelter.now = new Date("2026-11-27T00:00:00Z");
    expect(await code("choose", { conversationId, moment: moments[0] })).toBe("MOMENT_PAST");
    await talks.gesture(worker, "choose", { conversationId, moment: moments[1] });
    expect(await code("record", { conversationId, actions: [] })).toBe("TALK_NOT_YET");
    shelter.now = new Date("2026-11-27T09:00:00Z");
    const action = { what: "Bellen", who: "SUPPORTER", by: "2026-11-27" };
    const record = (actions: Json[]) => code("record", { conversationId, actions });
    expect(await record([{ ...action, by: "2026-11-26" }])).toBe("ACTION_INVALID");
    expect(await record([action, { ...action, what: "" }])).toBe("ACTION_INVALID");
    expect(await record(Array.from({ length: 21 }, () => action))).toBe("ACTIONS_TOO_MANY");
    expect(await shelter.rows("select from care.support_action where conversation = $1", [conversationId])).toEqual([]);
    await talks.gesture(worker, "record", { conversationId, actions: [] });
    expect(await propose({})).toBe("CONVERSATION_ENDED");
    expect(await code("choose", { conversationId, moment: moments[1] })).toBe("CONVERSATION_ENDED");
    expect(await record([action])).toBe("CONVERSATION_ENDED");
    expect(await code("cancel", { conversationId })).toBe("CONVERSATION_ENDED");
  });

  describe("on which a gesture is repeated as it was", () => {
    /** Makes a gesture twice. @returns the talk, which is the same afterwards, and nobody was told anew */
    async function twice(conversationId: string, name: Gesture, input: Json): Promise<Json> {
      const { conversation } = await talks.gesture(worker, name, input);
      const told = () => shelter.rows("select position from care.event where subject = $1", [conversationId]);
      const before = await told();
      shelter.now = new Date(shelter.now.getTime() + 1);
      expect((await talks.gesture(worker, name, input)).conversation).toEqual({
        ...conversation,
        // The moment at which it was asked for stands in it.
        invitation: conversation.invitation && expect.stringContaining("BEGIN:VCALENDAR"),
      });
      expect(await told()).toEqual(before);
      return conversation;
    }

    test("is as it was: a proposal opens nothing again that was chosen since", async () => {
      const { circle } = await talks.circle();
      const { id: conversationId } = await talks.called(worker, circle);
      const proposal = { conversationId, moments, place: ` ${place} ` };
      await twice(conversationId, "propose", proposal);
      await twice(conversationId, "choose", { conversationId, moment: moments[1] });
      expect((await twice(conversationId, "propose", proposal)).status).toBe("PLANNED");
    });

    test("is as it was once it is held or cancelled", async () => {
      const { circle, conversationId, actionId } = await talks.held();
      const actions = [{ what: " Bellen ", who: "SUPPORTER", by: "2026-11-28" }];
      await twice(conversationId, "record", { conversationId, actions });
      await twice(conversationId, "confirm", { actionId });
      const { id: other } = await talks.called(worker, circle);
      expect((await twice(other, "cancel", { conversationId: other })).status).toBe("CANCELLED");
    });
  });

  test.each(["999990019", randomUUID()])("that is not there is none: %s", async (id) => {
    expect((await talks.gesture(worker, "call", { circleId: id })).code).toBe("CIRCLE_NOT_FOUND");
    expect((await talks.gesture(worker, "cancel", { conversationId: id })).code).toBe("CONVERSATION_NOT_FOUND");
    expect((await talks.gesture(contact, "confirm", { actionId: id })).code).toBe("ACTION_NOT_FOUND");
    expect(await talks.seen(contact, id)).toBeNull();
  });

  test("of others is as one that is not there: another shelter, another school, a teacher, a wrong scope", async () => {
    const { conversationId, circle } = await talks.planned();
    shelter.now = new Date("2026-11-27T09:00:00Z");
    const action = { what: "Bellen", who: "SUPPORTER", by: "2026-11-28" };
    const { conversation } = await talks.gesture(worker, "record", { conversationId, actions: [action] });
    for (const who of [otherShelter, otherSchool, { ...contact, role: "teacher" }]) {
      expect(await talks.seen(who, conversationId)).toBeNull();
      expect(await talks.list(who, true)).toEqual([]);
      expect((await talks.gesture(who, "call", { circleId: circle })).code).toBe("CIRCLE_NOT_FOUND");
      expect((await talks.gesture(who, "cancel", { conversationId })).code).toBe("CONVERSATION_NOT_FOUND");
      expect((await talks.gesture(who, "confirm", { actionId: conversation.actions[0].id })).code).toBe(
        "ACTION_NOT_FOUND",
      );
    }
    const { errors } = await shelter.part.ask({ ...contact, scope: "circles:read" }, `{ conversations { id } }`);
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});
