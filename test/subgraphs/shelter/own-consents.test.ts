import { describe, expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { recordConsent, withdrawConsent } from "../../way/circle-family.ts";
import { contact, type GuidedShelter, worker } from "./guided-shelter.ts";
import { sharedShelter, start } from "./shared-shelter.ts";
import { type Circle, moments, otherSchool, place, type Talks, talksAt } from "./talks.ts";

let shelter: GuidedShelter;
let talks: Talks;

sharedShelter((begun) => {
  shelter = begun;
  talks = talksAt(shelter);
});

/** A parent gives a consent for the child. @returns its id */
async function give({ input }: Circle, change: Json): Promise<string> {
  const given = { ...input, ...change };
  expect((await shelter.asWorker(recordConsent, { input: given })).__typename).toBe("ConsentRecorded");
  return shelter.openConsentOf(given);
}

async function standing({ circle }: Circle): Promise<Json> {
  const [row] = await shelter.rows("select school_id as school from care.circle where id = $1", [circle]);
  return row;
}

async function seesCircle(who: Json, { circle }: Circle): Promise<boolean> {
  const circles = await shelter.as(who, "{ supportCircles { id } }");
  return circles.some(({ id }: Json) => id === circle);
}

const told = async (stream: string, subject: string) =>
  (
    await shelter.rows("select kind from care.event where stream = $1 and subject = $2 order by position", [
      stream,
      subject,
    ])
  ).map(({ kind }) => kind);

describe("two parents", () => {
  test("each give a consent of their own, and the circle stands while one holds", async () => {
    const family = await talks.circle({ covers: [] });
    const partner = await shelter.partnerOf(family);
    const theirs = await give(family, { parentId: partner, covers: ["CONCERNS"], validUntil: "2027-02-01" });
    const [first] = await shelter.rows("select covers, valid_until, given_by from care.consent where id = $1", [
      family.consent,
    ]);
    expect(first).toEqual({
      covers: [],
      valid_until: new Date("2026-12-30T23:00:00Z"),
      given_by: family.input.parentId,
    });
    expect(theirs).not.toBe(family.consent);
    await shelter.asWorker(withdrawConsent, { id: family.consent });
    expect(await seesCircle(contact, family)).toBe(true);
    expect(await told("99AA00", family.circle)).toEqual(["OPENED"]);
    await shelter.asWorker(withdrawConsent, { id: theirs });
    expect(await seesCircle(contact, family)).toBe(false);
    expect(await told("99AA00", family.circle)).toEqual(["OPENED", "CLOSED"]);
    expect(await standing(family)).toBeUndefined();
  });

  test("are both named in a talk, and what one of them agrees to is covered as long as theirs holds", async () => {
    const family = await talks.circle({ covers: [] });
    const partner = await shelter.partnerOf(family);
    const theirs = await give(family, { parentId: partner, covers: ["CONCERNS"] });
    const { id: conversationId } = await talks.called(worker, family.circle);
    await talks.gesture(worker, "propose", { conversationId, moments, place });
    const both = await talks.seen(contact, conversationId);
    expect(both.concern).toEqual({ kind: "OTHER", raisedBy: "SHELTER" });
    expect(both.participants.filter(({ role }: Json) => role === "PARENTS").map(({ name }: Json) => name)).toEqual(
      expect.arrayContaining(["Aylin Kaya", "Deniz Kaya"]),
    );
    const before = await talks.told("99AA00", conversationId);
    await shelter.asWorker(withdrawConsent, { id: theirs });
    const one = await talks.seen(contact, conversationId);
    expect(one.concern).toBeNull();
    expect(one.status).toBe("PROPOSED");
    // The school's screen shows a reason that is no longer for it: it hears.
    expect(await talks.told("99AA00", conversationId)).toBe(before + 1);
  });

  test("who name different schools keep no school in that neither names", async () => {
    const family = await talks.circle();
    const partner = await shelter.partnerOf(family);
    await give(family, { parentId: partner, schoolId: "99AB00" });
    await shelter.asWorker(withdrawConsent, { id: family.consent });
    expect(await standing(family)).toBeUndefined();
    expect(await seesCircle(contact, family)).toBe(false);
    expect(await told("99AA00", family.circle)).toEqual(["OPENED", "CLOSED"]);
    // Leerplicht is asked anew, for the school alone that is named.
    const anew = await shelter.circleOf(family);
    const asked = await shelter.part.hops.next(({ input }) => input.id === anew);
    expect(asked).toMatchObject({ schoolId: "99AB00" });
    await shelter.found(anew, 1, "99AB00");
    expect(await seesCircle(otherSchool, { ...family, circle: anew })).toBe(true);
  });

  test("of whom one names no school have it looked for anew, where what was found was kept from the shelter", async () => {
    const family = await shelter.consented({ schoolId: "99AB00" });
    await shelter.found(family.circle, 1, "99AA00");
    const partner = await shelter.partnerOf(family);
    await give(family, { parentId: partner, schoolId: null });
    const anew = await shelter.circleOf(family);
    expect(anew).not.toBe(family.circle);
    await shelter.part.hops.next(({ document, input }) => document.includes("endSearch") && input.id === family.circle);
    expect(await shelter.part.hops.next(({ input }) => input.id === anew)).toMatchObject({ schoolId: null });
    await shelter.found(anew, 1, "99AA00");
    expect(await seesCircle(contact, { ...family, circle: anew })).toBe(true);
  });
});

describe("a consent that a parent gives again", () => {
  test("is a record of its own, in the place of the earlier one, and the school hears nothing of it", async () => {
    const family = await talks.circle({ covers: ["CONCERNS"] });
    shelter.now = new Date("2026-11-24T10:00:00Z");
    const again = await give(family, { covers: ["CONCERNS"], validUntil: "2027-01-15" });
    const rows = await shelter.rows(
      "select id, given_at, valid_until, ended_at, withdrawn from care.consent where child = $1 order by given_at",
      [family.input.childId],
    );
    expect(rows).toEqual([
      {
        id: family.consent,
        given_at: start,
        valid_until: new Date("2026-12-30T23:00:00Z"),
        ended_at: shelter.now,
        withdrawn: false,
      },
      {
        id: again,
        given_at: shelter.now,
        valid_until: new Date("2027-01-15T23:00:00Z"),
        ended_at: null,
        withdrawn: false,
      },
    ]);
    expect(await seesCircle(contact, family)).toBe(true);
    expect(await told("99AA00", family.circle)).toEqual(["OPENED"]);
    shelter.now = new Date("2027-01-15T22:59:59Z");
    expect(await seesCircle(contact, family)).toBe(true);
    shelter.now = new Date("2027-01-15T23:00:00Z");
    expect(await seesCircle(contact, family)).toBe(false);
  });

  test("as it was, is the same one: a retry", async () => {
    const family = await talks.circle({ covers: ["CONCERNS", "PAST_TALKS"] });
    expect(await give(family, { covers: ["PAST_TALKS", "CONCERNS"] })).toBe(family.consent);
  });

  test("for less, is for less", async () => {
    const family = await talks.circle({ covers: ["CONCERNS"] });
    const { id } = await talks.called(contact, family.circle);
    expect((await talks.seen(worker, id)).concern).not.toBeNull();
    await give(family, { covers: [] });
    expect((await talks.seen(worker, id)).concern).toBeNull();
  });
});

describe("a consent whose last day is over, and whose job is late", () => {
  test("opens no circle to the school that is found", async () => {
    const family = await shelter.consented({ validUntil: "2026-11-24" });
    shelter.now = new Date("2026-11-26T10:00:00Z");
    await shelter.found(family.circle, 1, "99AA00");
    expect(await standing(family)).toEqual({ school: null });
    expect(await told("99AA00", family.circle)).toEqual([]);
    expect(await shelter.rows("select from care.sharing where consent = $1", [family.consent])).toEqual([]);
    const [guidance] = await shelter.rows("select first_circle_at from care.guidance where id = $1", [family.id]);
    expect(guidance).toEqual({ first_circle_at: null });
  });

  test("leaves the circle to another parent's that holds, and is over from its day on", async () => {
    const family = await talks.circle({ validUntil: "2026-11-24" });
    const partner = await shelter.partnerOf(family);
    await give(family, { parentId: partner, validUntil: "2026-12-30" });
    shelter.now = new Date("2026-11-26T10:00:00Z");
    await shelter.runJob("endConsent", family.consent, `consent:${family.consent}`);
    expect(await seesCircle(contact, family)).toBe(true);
    const [ended] = await shelter.rows("select ended_at, withdrawn from care.consent where id = $1", [family.consent]);
    expect(ended).toEqual({ ended_at: new Date("2026-11-24T23:00:00Z"), withdrawn: false });
    const [sharing] = await shelter.rows("select until from care.sharing where consent = $1", [family.consent]);
    expect(sharing).toEqual({ until: new Date("2026-11-24T23:00:00Z") });
  });
});

describe("a consent is refused, and nothing stored", () => {
  test("for a child whom the shelter's own system no longer has in the family", async () => {
    const family = await shelter.consented();
    await shelter.asWorker(withdrawConsent, { id: family.consent });
    await shelter.rows(
      "delete from registry.client where client_uid = (select registry_key from care.guided_child where id = $1)",
      [family.input.childId],
    );
    expect((await shelter.asWorker(recordConsent, { input: family.input })).code).toBe("CHILD_NOT_IN_FAMILY");
  });

  test.each(["99AA", "99AA0", "999990019", "' or 1"])("for a school that is none: %s", async (schoolId) => {
    const family = await shelter.consented();
    const answer = await shelter.asWorker(recordConsent, { input: { ...family.input, schoolId } });
    expect(answer).toEqual({ __typename: "ConsentRefused", code: "SCHOOL_ID_INVALID" });
    expect(await shelter.rows("select id from care.consent where child = $1", [family.input.childId])).toEqual([
      { id: family.consent },
    ]);
  });
});
