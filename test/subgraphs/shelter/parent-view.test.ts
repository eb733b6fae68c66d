import { randomUUID } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { endGuidance, recordConsent, supporter } from "../../way/circle-family.ts";
import { contact, type GuidedShelter, otherShelter, worker } from "./guided-shelter.ts";
import { invite, open, type ParentSteps, parent, parentSteps, see, withdraw } from "./parent-view-steps.ts";
import { sharedShelter, start } from "./shared-shelter.ts";
import { moments, place, type Talks, talksAt } from "./talks.ts";

let shelter: GuidedShelter;
let talks: Talks;
let steps: ParentSteps;

sharedShelter((begun) => {
  shelter = begun;
  talks = talksAt(shelter);
  steps = parentSteps(shelter);
});

describe("a parent's view", () => {
  test("shows what was shared, with whom and when, and lets the parent take consent back at once", async () => {
    const { consent, circle, key, view } = await steps.opened({ covers: ["CONCERNS"] });
    const shared = { schoolId: "99AA00", school: { id: "99AA00" }, since: start.toISOString() };
    expect(view).toEqual({
      until: "2026-11-23T10:30:00.000Z",
      supporter,
      children: [
        {
          name: "Emir Kaya",
          consents: [
            {
              id: consent,
              state: "GIVEN",
              covers: ["CONCERNS"],
              schoolId: null,
              namedSchool: null,
              school: { circleKey: expect.any(String) },
              sharings: [{ ...shared, until: null }],
            },
          ],
        },
      ],
      conversations: [],
    });
    const conversation = await talks.called(contact, circle);
    const talk = {
      id: conversation.id,
      status: "CALLED",
      moments: [],
      concern: { kind: "OTHER" },
      participants: [
        { role: "PARENTS", name: "Aylin Kaya" },
        { role: "SUPPORTER", name: "Iris de Wit" },
        { role: "SCHOOL_CONTACT", name: null },
      ],
    };
    expect((await shelter.as(parent, see, { key })).conversations).toEqual([talk]);

    shelter.now = new Date("2026-11-23T10:20:00Z");
    const after = await shelter.as(parent, withdraw, { input: { key, consentId: consent } });
    expect(after.conversations).toEqual([]);
    expect(after.children[0].consents).toEqual([
      {
        id: consent,
        state: "WITHDRAWN",
        covers: ["CONCERNS"],
        schoolId: null,
        namedSchool: null,
        school: null,
        sharings: [{ ...shared, until: shelter.now.toISOString() }],
      },
    ]);
    expect((await shelter.as(contact, "{ supportCircles { id } }")).map(({ id }: Json) => id)).not.toContain(circle);
    expect(await shelter.as(parent, withdraw, { input: { key, consentId: consent } })).toEqual(after);
  });

  test("tells of a school after another from when until when", async () => {
    const { key, circle } = await steps.opened();
    shelter.now = new Date("2026-11-23T10:10:00Z");
    await shelter.found(circle, 2, "99AB00");
    const { children } = await shelter.as(parent, see, { key });
    expect(children[0].consents[0].sharings).toEqual([
      { schoolId: "99AB00", school: { id: "99AB00" }, since: shelter.now.toISOString(), until: null },
      { schoolId: "99AA00", school: { id: "99AA00" }, since: start.toISOString(), until: shelter.now.toISOString() },
    ]);
  });

  test("says which one school an own consent is for, also once it has ended, and not which another parent's is for", async () => {
    const family = await steps.opened({ schoolId: "99AA00" });
    const partner = { ...family.input, parentId: await shelter.partnerOf(family), schoolId: "99AB00" };
    await shelter.asWorker(recordConsent, { input: partner });
    const { key, view } = await shelter.as(parent, open, { code: await steps.invited(partner) });
    const theirs = { schoolId: "99AB00", namedSchool: { id: "99AB00" }, school: null, sharings: [] };
    expect(view.children[0].consents).toEqual([expect.objectContaining(theirs)]);
    const mine = { schoolId: "99AA00", namedSchool: { id: "99AA00" } };
    const input = { key: family.key, consentId: family.consent };
    for (const [state, seen] of [
      ["GIVEN", await shelter.as(parent, see, { key: family.key })],
      ["WITHDRAWN", await shelter.as(parent, withdraw, { input })],
    ]) {
      expect(seen.children[0].consents).toEqual([expect.objectContaining({ ...mine, state })]);
      expect(JSON.stringify(seen)).not.toContain("99AB00");
    }
    // The control: what the other parent's consent does not name, that parent is not told either.
    expect(JSON.stringify(await shelter.as(parent, see, { key }))).not.toContain("99AA00");
  });

  test("shows a talk that a note of violence called for, and why, once the supporter has proposed a moment", async () => {
    for (const [call, kind] of [
      ["violence", "DOMESTIC_VIOLENCE"],
      ["absence", "ABSENCE"],
    ] as const) {
      const family = await steps.opened();
      await talks[call](family);
      const seen = async () => (await shelter.as(parent, see, { key: family.key })).conversations;
      expect(await seen()).toEqual([]);
      const [{ id: conversationId }] = await shelter.rows("select id from care.conversation where guidance = $1", [
        family.id,
      ]);
      await talks.gesture(worker, "propose", { conversationId, moments, place });
      expect(await seen()).toEqual([expect.objectContaining({ id: conversationId, concern: { kind } })]);
    }
  });

  test("is of what rests on the parent's own consent, and of no other parent's", async () => {
    const family = await steps.opened();
    const partner = await shelter.partnerOf(family);
    const other = await shelter.as(parent, open, { code: await steps.invited({ ...family.input, parentId: partner }) });
    expect(other.view).toMatchObject({ children: [], conversations: [] });
    const stranger = await steps.opened();
    for (const { key } of [other, stranger]) {
      const input = { key, consentId: family.consent };
      expect(await shelter.as(parent, withdraw, { input })).toEqual({ code: "CONSENT_NOT_FOUND" });
    }
    expect((await shelter.as(parent, see, { key: family.key })).children[0].consents[0].state).toBe("GIVEN");
    // Once that parent has consented as well, each sees the own one, and in a talk no other parent's name.
    await shelter.asWorker(recordConsent, { input: { ...family.input, parentId: partner } });
    await talks.called(contact, family.circle);
    for (const [viewKey, name, consents] of [
      [family.key, "Aylin Kaya", [expect.objectContaining({ id: family.consent })]],
      [other.key, "Deniz Kaya", [expect.not.objectContaining({ id: family.consent })]],
    ]) {
      const view = await shelter.as(parent, see, { key: viewKey });
      expect(view.children).toEqual([expect.objectContaining({ consents })]);
      const [talk] = view.conversations;
      expect(talk.participants.filter(({ role }: Json) => role === "PARENTS")).toEqual([{ role: "PARENTS", name }]);
    }
    const { key } = family;
    for (const consentId of ["x", randomUUID()]) {
      expect(await shelter.as(parent, withdraw, { input: { key, consentId } })).toEqual({ code: "CONSENT_NOT_FOUND" });
    }
  });
});

describe("a code", () => {
  test("is good once, whoever of two at once is first", async () => {
    const { input } = await shelter.consented();
    const code = await steps.invited(input);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    const answers = await Promise.all(
      [code, code.toLowerCase(), code.replaceAll("-", " ")].map((typed) => shelter.as(parent, open, { code: typed })),
    );
    expect(answers.filter(({ key }) => key !== undefined)).toHaveLength(1);
    expect(answers.filter((answer) => answer.code === "CODE_USED")).toHaveLength(2);
    expect(await shelter.as(parent, open, { code })).toEqual({ code: "CODE_USED" });
  });

  test("is over after a week, and where another was made", async () => {
    const { input } = await shelter.consented();
    const [first, second] = [await steps.invited(input), await steps.invited(input)];
    expect(await shelter.as(parent, open, { code: first })).toEqual({ code: "CODE_UNKNOWN" });
    shelter.now = new Date("2026-11-30T10:00:00Z");
    expect(await shelter.as(parent, open, { code: second })).toEqual({ code: "CODE_EXPIRED" });
  });

  test.each(["", "0000-0000-0000-0000", "x".repeat(10_000), "\u0000'"])(
    "that is none opens nothing: %#",
    async (code) => {
      expect(await shelter.as(parent, open, { code })).toEqual({ code: "CODE_UNKNOWN" });
      expect(await shelter.as(parent, see, { key: code })).toEqual({ code: "VIEW_OVER" });
    },
  );

  test("opens a view for half an hour, in which alone consent can be taken back", async () => {
    const { key, consent } = await steps.opened();
    shelter.now = new Date("2026-11-23T10:30:00Z");
    expect(await shelter.as(parent, see, { key })).toEqual({ code: "VIEW_OVER" });
    const input = { key, consentId: consent };
    expect(await shelter.as(parent, withdraw, { input })).toEqual({ code: "VIEW_OVER" });
  });

  test("is made by the family's own shelter, while guidance runs, for a parent of the family", async () => {
    const [mine, other] = [await shelter.consented(), await shelter.consented()];
    const code = async (input: Json, who: Json = worker) => (await shelter.as(who, invite, { input })).code;
    const { guidanceId, parentId, childId } = mine.input;
    expect(await code({ guidanceId, parentId: other.input.parentId })).toBe("PARENT_NOT_IN_FAMILY");
    expect(await code({ guidanceId, parentId: childId })).toBe("PARENT_NOT_IN_FAMILY");
    expect(await code({ guidanceId: randomUUID(), parentId })).toBe("GUIDANCE_NOT_FOUND");
    expect(await code({ guidanceId: "x", parentId })).toBe("GUIDANCE_NOT_FOUND");
    expect(await code({ guidanceId, parentId }, otherShelter)).toBe("GUIDANCE_NOT_FOUND");
    await shelter.asWorker(endGuidance, { id: mine.id });
    expect(await code({ guidanceId, parentId })).toBe("GUIDANCE_ENDED");
  });

  test("and its key stand nowhere as they are", async () => {
    const { input } = await shelter.consented();
    const code = await steps.invited(input);
    const { key } = await shelter.as(parent, open, { code });
    const stored = JSON.stringify(await shelter.rows("select parent_code::text from care.parent_code"));
    for (const secret of [code, code.replaceAll("-", ""), key]) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret).toString("hex"));
    }
  });
});
