import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { endGuidance, supporter } from "../../way/circle-family.ts";
import { contact, type GuidedShelter, otherShelter, ownFields, startGuidedShelter, worker } from "./guided-shelter.ts";

const parent = { party: "parent", scope: "consents:own" };
const fields = `until supporter { name telephone email } children { name consents { id state covers school { circleKey }
  sharings { schoolId since until } } } conversations { id status moments concern { kind } }`;
const invite = `mutation ($input: InviteParentInput!) { inviteParent(input: $input) {
  ... on ParentInvited { secret: code validUntil } ... on InvitationRefused { code } ... on GuidanceNotFound { code } } }`;
const open = `mutation ($code: String!) { openParentView(input: { code: $code }) {
  ... on ParentViewOpened { key view { ${fields} } } ... on ParentViewRefused { code } } }`;
const see = `query ($key: String!) { parentView(key: $key) { ... on ParentView { ${fields} } ... on ParentViewRefused { code } } }`;
const withdraw = `mutation ($input: WithdrawOwnConsentInput!) { withdrawOwnConsent(input: $input) {
  ... on ParentView { ${fields} } ... on ParentViewRefused { code } ... on OwnConsentNotFound { code } } }`;

const start = new Date("2026-11-23T10:00:00Z");
let shelter: GuidedShelter;

beforeAll(async () => {
  shelter = await startGuidedShelter();
});

afterAll(async () => shelter[Symbol.asyncDispose]());

beforeEach(() => {
  shelter.now = start;
});

async function invited({ guidanceId, parentId }: Json): Promise<string> {
  return (await shelter.as(worker, invite, { input: { guidanceId, parentId } })).secret;
}

/** A family with a school in, and the parent's view of it. */
async function opened(change: Json = {}): Promise<Json> {
  const family = await shelter.consented(change);
  await shelter.found(family.consent, 1, "99AA00");
  const { key, view } = await shelter.as(parent, open, { code: await invited(family.input) });
  return { ...family, key, view };
}

describe("a parent's view", () => {
  test("shows what was shared, with whom and when, and lets the parent take consent back at once", async () => {
    const { consent, key, view } = await opened({ covers: ["CONCERNS"] });
    const shared = { schoolId: "99AA00", since: start.toISOString() };
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
              school: { circleKey: expect.any(String) },
              sharings: [{ ...shared, until: null }],
            },
          ],
        },
      ],
      conversations: [],
    });
    const call =
      "mutation ($id: ID!) { callForTalk(input: { circleId: $id }) { ... on ConversationChanged { conversation { id } } } }";
    const { conversation } = await shelter.as(contact, call, { id: consent });
    const talk = { id: conversation.id, status: "CALLED", moments: [], concern: { kind: "OTHER" } };
    expect((await shelter.as(parent, see, { key })).conversations).toEqual([talk]);

    shelter.now = new Date("2026-11-23T10:20:00Z");
    const after = await shelter.as(parent, withdraw, { input: { key, consentId: consent } });
    expect(after.conversations).toEqual([]);
    expect(after.children[0].consents).toEqual([
      {
        id: consent,
        state: "WITHDRAWN",
        covers: ["CONCERNS"],
        school: null,
        sharings: [{ ...shared, until: shelter.now.toISOString() }],
      },
    ]);
    expect((await shelter.as(contact, "{ supportCircles { id } }")).map(({ id }: Json) => id)).not.toContain(consent);
    expect(await shelter.as(parent, withdraw, { input: { key, consentId: consent } })).toEqual(after);
  });

  test("tells of a school after another from when until when", async () => {
    const { key, consent } = await opened();
    shelter.now = new Date("2026-11-23T10:10:00Z");
    await shelter.found(consent, 2, "99AB00");
    const { children } = await shelter.as(parent, see, { key });
    expect(children[0].consents[0].sharings).toEqual([
      { schoolId: "99AB00", since: shelter.now.toISOString(), until: null },
      { schoolId: "99AA00", since: start.toISOString(), until: shelter.now.toISOString() },
    ]);
  });

  test("is told of what changes, until its time is over", async () => {
    const { key, consent } = await opened();
    const subscription = `subscription ($key: String!) { parentViewEvents(key: $key) { view { children { consents { state } } } } }`;
    const events = await shelter.part.subscribe(parent, subscription, { key });
    /** What is told next. Something is changed until the follower hears: a cursor is not a parent's to have. */
    let turn = 1;
    const told = async () => {
      const heard: Json[] = [];
      const listening = events.next().then(({ value }) => heard.push(value.data.parentViewEvents));
      while (heard.length === 0) {
        turn += 1;
        await shelter.found(consent, turn, turn % 2 === 0 ? "99AB00" : "99AA00");
      }
      await listening;
      return heard[0];
    };
    expect(await told()).toEqual({ view: { children: [{ consents: [{ state: "GIVEN" }] }] } });
    shelter.now = new Date("2026-11-23T10:30:00Z");
    for (let event = await told(); event.view !== null; event = await told());
    await events.return(undefined);
  });

  test("is of what rests on the parent's own consent, and of no other parent's", async () => {
    const family = await opened();
    const [{ partner }] = await shelter.rows(
      `insert into registry.client (gezin_uid, gezinsrol, voornaam, achternaam, geboren_op)
       select gezin_uid, 'partner', 'Deniz', 'Kaya', '1988-01-01' from registry.client where client_uid = $1
       returning client_uid as partner`,
      [family.input.parentId],
    );
    const other = await shelter.as(parent, open, { code: await invited({ ...family.input, parentId: partner }) });
    expect(other.view).toMatchObject({ children: [], conversations: [] });
    const stranger = await opened();
    for (const { key } of [other, stranger]) {
      const input = { key, consentId: family.consent };
      expect(await shelter.as(parent, withdraw, { input })).toEqual({ code: "CONSENT_NOT_FOUND" });
    }
    expect((await shelter.as(parent, see, { key: family.key })).children[0].consents[0].state).toBe("GIVEN");
    const { key } = family;
    for (const consentId of ["x", randomUUID()]) {
      expect(await shelter.as(parent, withdraw, { input: { key, consentId } })).toEqual({ code: "CONSENT_NOT_FOUND" });
    }
  });
});

describe("a code", () => {
  test("is good once, whoever of two at once is first", async () => {
    const { input } = await shelter.consented();
    const code = await invited(input);
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
    const [first, second] = [await invited(input), await invited(input)];
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
    const { key, consent } = await opened();
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
    await shelter.as(worker, ownFields(endGuidance), { id: mine.id });
    expect(await code({ guidanceId, parentId })).toBe("GUIDANCE_ENDED");
  });

  test("and its key stand nowhere as they are", async () => {
    const { input } = await shelter.consented();
    const code = await invited(input);
    const { key } = await shelter.as(parent, open, { code });
    const stored = JSON.stringify(await shelter.rows("select parent_code::text from care.parent_code"));
    for (const secret of [code, code.replaceAll("-", ""), key]) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret).toString("hex"));
    }
  });
});
