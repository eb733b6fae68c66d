import { describe, expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { endGuidance, guidance, supporter } from "../../way/circle-family.ts";
import { contact, type GuidedShelter, otherShelter, worker } from "./guided-shelter.ts";
import { type ParentSteps, parent, parentSteps, see } from "./parent-view-steps.ts";
import { sharedShelter } from "./shared-shelter.ts";
import { type Circle, moments, place, type Talks, talksAt } from "./talks.ts";

const change = `mutation ($input: ChangeSupporterInput!) { changeSupporter(input: $input) { __typename
  ... on SupporterChanged { guidance { supporter { name telephone email } } }
  ... on GuidanceNotFound { code } ... on GuidanceAlreadyEnded { code } ... on InvalidSupporter { code } } }`;
const successor = { name: "Bo Maas", telephone: null, email: "bo@example.nl" };
let shelter: GuidedShelter;
let talks: Talks;
let steps: ParentSteps;

sharedShelter((begun) => {
  shelter = begun;
  talks = talksAt(shelter);
  steps = parentSteps(shelter);
});

/** The registry's key of the family. */
async function familyKey({ id }: Circle): Promise<string> {
  const [{ family_key: key }] = await shelter.rows("select family_key from care.guidance where id = $1", [id]);
  return key;
}

/** What each stream but the shelter's own was told of a family, once all that was to be told is. */
async function told({ id, circle }: Circle): Promise<string[]> {
  await shelter.untilJobsAreDone(id);
  const talkIds = (await shelter.rows("select id from care.conversation where guidance = $1", [id])).map(
    (row) => row.id,
  );
  const events = await shelter.rows(
    "select split_part(stream, ':', 1) as stream, kind from care.event where subject = any ($1) order by position",
    [[id, circle, ...talkIds]],
  );
  return events.map(({ stream, kind }) => `${stream} ${kind}`);
}

const sinceThen = (before: string[], after: string[]): string[] => after.slice(before.length).sort();

describe("another supporter", () => {
  const byRow: [string, (family: Circle) => Promise<unknown>] = [
    "a row that the shelter's own system changes",
    async (family) => {
      await shelter.rows(
        "update registry.begeleiding set begeleider = $2, telefoon = null, emailadres = $3 where gezin_uid = $1",
        [await familyKey(family), successor.name, successor.email],
      );
    },
  ];
  const byNewRow: typeof byRow = [
    "a new row of it",
    async (family) => {
      await shelter.rows("insert into registry.begeleiding (gezin_uid, begeleider, emailadres) values ($1, $2, $3)", [
        await familyKey(family),
        successor.name,
        successor.email,
      ]);
    },
  ];
  const byMutation: typeof byRow = [
    "a mutation",
    async ({ id }) => {
      const answer = await shelter.as(worker, change, { input: { guidanceId: id, supporter: successor } });
      expect(answer).toEqual({ __typename: "SupporterChanged", guidance: { supporter: successor } });
    },
  ];

  test.each([byMutation, byRow, byNewRow])(
    "by %s is seen by all who see one, and they hear of it",
    async (_, comes) => {
      const family = await steps.opened();
      const { id: conversationId } = await talks.called(worker, family.circle);
      await talks.gesture(worker, "propose", { conversationId, moments, place });
      const before = await told(family);
      await comes(family);
      expect(sinceThen(before, await told(family))).toEqual([
        "99AA00 CHANGED",
        "conversation CHANGED",
        "conversation CHANGED",
        "guidance CHANGED",
        "parent CHANGED",
      ]);
      expect((await shelter.asWorker(guidance, { id: family.id })).supporter).toEqual(successor);
      const circles = await shelter.as(contact, "{ supportCircles { id supporter { name telephone email } } }");
      expect(circles).toContainEqual({ id: family.circle, supporter: successor });
      expect((await shelter.as(parent, see, { key: family.key })).supporter).toEqual(successor);
      expect((await talks.seen(contact, conversationId)).participants).toContainEqual({
        role: "SUPPORTER",
        name: successor.name,
      });
    },
  );

  test("is refused with a code where there is no such guidance, it has ended, or the supporter is none", async () => {
    const family = await shelter.consented();
    const code = async (guidanceId: string, given: Json = successor, who: Json = worker) =>
      (await shelter.as(who, change, { input: { guidanceId, supporter: given } })).code;
    expect(await code("x")).toBe("GUIDANCE_NOT_FOUND");
    expect(await code(family.id, successor, otherShelter)).toBe("GUIDANCE_NOT_FOUND");
    expect(await code(family.id, { ...successor, email: null })).toBe("INVALID_SUPPORTER");
    expect(await code(family.id, { ...successor, name: "Bo\u202e" })).toBe("INVALID_SUPPORTER");
    await shelter.asWorker(endGuidance, { id: family.id });
    expect(await code(family.id)).toBe("GUIDANCE_ENDED");
  });

  test("who is changed in the row of a guidance that has ended begins none anew", async () => {
    const family = await shelter.consented();
    await shelter.asWorker(endGuidance, { id: family.id });
    await byRow[1](family);
    const rows = await shelter.rows("select supporter_name as name from care.guidance where family_key = $1", [
      await familyKey(family),
    ]);
    expect(rows).toEqual([{ name: supporter.name }]);
  });

  test.each([
    ["what turns the writing", ["Iris\u202e de Wit", "+31 6 12345678", "iris@example.nl"], supporter],
    ["control characters", ["\u0007 Iris\u2028 de Wit\n", "+31 6 12345678\t", " iris@example.nl"], supporter],
    ["no number, and no address", ["Iris de Wit", "bel mij", "iris"], { ...supporter, telephone: null, email: null }],
    ["too long a number", ["Iris de Wit", "0".repeat(41), null], { ...supporter, telephone: null, email: null }],
    [
      "no name",
      [" \u2066", "0612345678", null],
      { name: "Opvanghuis De Steiger", telephone: "0612345678", email: null },
    ],
  ])("who comes by a row with %s reaches no screen with it", async (_, written, shown) => {
    const family = await talks.circle();
    await shelter.rows(
      "insert into registry.begeleiding (gezin_uid, begeleider, telefoon, emailadres) values ($1, $2, $3, $4)",
      [await familyKey(family), ...written],
    );
    const circles = await shelter.as(contact, "{ supportCircles { id supporter { name telephone email } } }");
    expect(circles).toContainEqual({ id: family.circle, supporter: shown });
  });
});

describe("a child who comes later", () => {
  const childrenOf = async ({ id }: Circle) =>
    (await shelter.asWorker(guidance, { id })).children.map(({ name }: Json) => name).sort();

  test.each<[string, string]>([
    ["written after the guidance began", "kind"],
    ["whose part in the family becomes a child's", "overig"],
  ])("%s is guided, the shelter hears of it, and nobody else", async (_, role) => {
    const family = await steps.opened();
    const before = await told(family);
    const [{ child }] = await shelter.rows(
      `insert into registry.client (gezin_uid, gezinsrol, voornaam, achternaam, geboren_op)
       values ($1, $2, 'Mila', 'Kaya', '2020-05-06') returning client_uid as child`,
      [await familyKey(family), role],
    );
    if (role !== "kind") {
      expect(await childrenOf(family)).toEqual(["Emir Kaya"]);
      await shelter.rows("update registry.client set gezinsrol = 'kind' where client_uid = $1", [child]);
    }
    expect(await childrenOf(family)).toEqual(["Emir Kaya", "Mila Kaya"]);
    expect(sinceThen(before, await told(family))).toEqual(["guidance CHANGED"]);
    // Written again, the child is there once.
    await shelter.rows("update registry.client set voornaam = 'Milou' where client_uid = $1", [child]);
    expect(await childrenOf(family)).toEqual(["Emir Kaya", "Milou Kaya"]);
  });

  test("is not guided where guidance has ended", async () => {
    const family = await shelter.consented();
    await shelter.asWorker(endGuidance, { id: family.id });
    await shelter.rows("insert into registry.client (gezin_uid, gezinsrol, voornaam) values ($1, 'kind', 'Mila')", [
      await familyKey(family),
    ]);
    expect(await childrenOf(family)).toEqual(["Emir Kaya"]);
  });
});
