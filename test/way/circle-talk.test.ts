import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Json } from "../subgraph.ts";
import { supporter } from "./circle-family.ts";
import { type CircleSteps, startCircleSteps } from "./circle-steps.ts";

let steps: CircleSteps;

beforeAll(async () => {
  steps = await startCircleSteps();
}, 180_000);

afterAll(async () => steps[Symbol.asyncDispose]());

describe("a talk", () => {
  const talk = "conversation { id status concern { kind } moments startsAt child { name school { name } } }";
  const atSchool = "conversation { id status concern { kind } circle { supporter { name } pupil { displayName } } }";

  test("is called for by the school and planned with the shelter, each with what it knows of the child", async () => {
    const begun = await steps.guided(steps.cast.matched);
    await steps.consented(begun);
    await steps.schoolOf(begun, (one) => one !== null);
    const [{ id: circleId }] = await steps.circlesAtSchool();
    const follower = await steps.way.follow("shelter-worker", `subscription { conversationEvents { ${talk} } }`);
    const { data } = await steps.way.ask(
      "school-contact",
      `mutation ($id: ID!) { callForTalk(input: { circleId: $id }) { ... on ConversationChanged { ${atSchool} } } }`,
      { id: circleId },
    );
    const { conversation } = data.callForTalk;
    expect(conversation).toEqual({
      id: expect.any(String),
      status: "CALLED",
      concern: { kind: "OTHER" },
      circle: { supporter: { name: supporter.name }, pupil: { displayName: "Noor van der Linden" } },
    });
    const moments = [new Date(Date.now() + 7 * 24 * 3_600_000).toISOString()];
    await steps.asShelter(
      `mutation ($input: ProposeMomentsInput!) { proposeMoments(input: $input) { ... on ConversationChanged { ${talk} } } }`,
      { input: { conversationId: conversation.id, moments, place: "De Steiger" } },
    );
    const event = await follower.next(({ conversation: known }) => known?.status === "PROPOSED");
    expect(event.conversation).toMatchObject({
      id: conversation.id,
      concern: null,
      moments,
      child: { name: "Noor van der Linden", school: { name: "De Wilgenhoek" } },
    });
    await steps.end(begun);
    expect((await steps.way.ask("school-contact", "{ conversations(over: true) { id } }")).data.conversations).toEqual(
      [],
    );
    await steps.forgottenEverywhere();
  });
});

test("a parent sees by a code with whom what was shared, and takes consent back for all", async () => {
  const begun = await steps.guided(steps.cast.matched);
  await steps.consented(begun, { schoolId: "99AA00" });
  await steps.schoolOf(begun, (one) => one !== null);
  const invite =
    "mutation ($input: InviteParentInput!) { inviteParent(input: $input) { ... on ParentInvited { code } } }";
  const { code } = await steps.asShelter(invite, { input: { guidanceId: begun.id, parentId: begun.parent } });
  const fields =
    "supporter { name } children { name consents { id state schoolId namedSchool { name city } school { name contacts { name } } sharings { school { name city } until } } }";
  const asParent = async (query: string, variables: Json) => {
    const { data, errors } = await steps.way.ask("parent", query, variables);
    expect(errors).toBeUndefined();
    return Object.values(data)[0] as Json;
  };
  const { key, view: opened } = await asParent(
    `mutation ($code: String!) { openParentView(input: { code: $code }) { ... on ParentViewOpened { key view { ${fields} } } } }`,
    { code },
  );
  const [{ id: consentId, ...consent }] = opened.children[0].consents;
  expect(consent).toEqual({
    state: "GIVEN",
    schoolId: "99AA00",
    namedSchool: { name: "De Wilgenhoek", city: null },
    school: { name: "De Wilgenhoek", contacts: expect.arrayContaining([{ name: expect.any(String) }]) },
    sharings: [{ school: { name: "De Wilgenhoek", city: null }, until: null }],
  });
  // What the school's part adds is no condition for the rest: a parent can take consent back while it is down.
  await steps.way.stop("school");
  const view = `query ($key: String!) { parentView(key: $key) { ... on ParentView { ${fields} } } }`;
  const dark = await steps.way.ask("parent", view, { key });
  expect(dark.data.parentView.children[0].consents[0]).toMatchObject({
    state: "GIVEN",
    schoolId: "99AA00",
    namedSchool: null,
    sharings: [{ school: null }],
  });
  await steps.way.start("school");
  const after = await asParent(
    `mutation ($input: WithdrawOwnConsentInput!) { withdrawOwnConsent(input: $input) { ... on ParentView { ${fields} } } }`,
    { input: { key, consentId } },
  );
  expect(after.children[0].consents[0]).toMatchObject({
    state: "WITHDRAWN",
    school: null,
    // With whom something was shared a parent still reads by name.
    sharings: [{ school: { name: "De Wilgenhoek" }, until: expect.any(String) }],
  });
  expect(await steps.circlesAtSchool()).toEqual([]);
  await steps.forgottenEverywhere();
  await steps.end(begun);
});
