import { expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { endGuidance, recordConsent } from "../../way/circle-family.ts";
import { contact, type GuidedShelter, worker } from "./guided-shelter.ts";
import { sharedShelter } from "./shared-shelter.ts";
import { type Circle, type Talks, talksAt } from "./talks.ts";

const withdrawnAt = new Date("2026-11-23T09:59:00Z");
let shelter: GuidedShelter;
let talks: Talks;

sharedShelter((begun) => {
  shelter = begun;
  talks = talksAt(shelter);
});

/** As a withdrawal that has yet to commit leaves a consent and its circle. */
const withdrawal = ({ consent, circle }: Circle): [string, unknown[]][] => [
  ["select from care.circle where id = $1 for update", [circle]],
  ["update care.consent set ended_at = $2, withdrawn = true where id = $1", [consent, withdrawnAt]],
  ["delete from care.circle where id = $1", [circle]],
];

async function consents({ input }: Circle): Promise<Json[]> {
  return shelter.rows(
    "select id, withdrawn, ended_at as ended from care.consent where child = $1 order by given_at, ended_at nulls last",
    [input.childId],
  );
}

test("guidance that ends while a consent is withdrawn leaves it withdrawn, and ends no circle twice", async () => {
  const family = await talks.circle();
  const searches = () =>
    shelter.rows("select from care.outbox where kind = 'endSearch' and about = $1", [family.circle]);
  await shelter.behind(withdrawal(family), () => shelter.asWorker(endGuidance, { id: family.id }));
  expect(await consents(family)).toEqual([{ id: family.consent, withdrawn: true, ended: withdrawnAt }]);
  expect(await searches()).toEqual([]);
});

test("a consent that is given again while it is withdrawn is another one, and not the withdrawn one prolonged", async () => {
  const family = await talks.circle();
  const input = { ...family.input, validUntil: "2027-01-15" };
  await shelter.behind(withdrawal(family), () => shelter.asWorker(recordConsent, { input }));
  expect(await consents(family)).toEqual([
    { id: family.consent, withdrawn: true, ended: withdrawnAt },
    { id: expect.not.stringMatching(family.consent), withdrawn: false, ended: null },
  ]);
});

test("nobody calls for a talk while a consent is withdrawn: neither school nor supporter, nor a note of violence", async () => {
  for (const call of [
    (family: Circle) => talks.refusal(contact, "call", { circleId: family.circle }),
    (family: Circle) => talks.refusal(worker, "call", { circleId: family.consent }),
    (family: Circle) => talks.violence(family),
  ]) {
    const family = await talks.circle();
    await shelter.behind(withdrawal(family), () => call(family));
    expect(await shelter.rows("select from care.conversation where guidance = $1", [family.id])).toEqual([]);
  }
});

test("a gesture that waited for a talk while the consent was withdrawn is refused", async () => {
  const talk = await talks.held();
  const taken: [string, unknown[]] = ["select from care.conversation where id = $1 for update", [talk.conversationId]];
  const answer = await shelter.behind([...withdrawal(talk), taken], () =>
    talks.refusal(contact, "confirm", { actionId: talk.actionId }),
  );
  expect(answer).toBe("ACTION_NOT_FOUND");
  const [action] = await shelter.rows("select kept_at from care.support_action where id = $1", [talk.actionId]);
  expect(action).toEqual({ kept_at: null });
});
