import { expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { recordConsent, withdrawConsent } from "../../way/circle-family.ts";
import { contact, type GuidedShelter, worker } from "./guided-shelter.ts";
import { type ParentSteps, parent, parentSteps } from "./parent-view-steps.ts";
import { sharedShelter } from "./shared-shelter.ts";
import { moments, place, type Talks, talksAt } from "./talks.ts";

let shelter: GuidedShelter;
let talks: Talks;
let steps: ParentSteps;

sharedShelter((begun) => {
  shelter = begun;
  talks = talksAt(shelter);
  steps = parentSteps(shelter);
});

/** Somebody who follows a view, and what they are told next. */
async function following(key: string) {
  const subscription = `subscription ($key: String!) { parentViewEvents(key: $key) {
    view { children { consents { state } } conversations { id status } } } }`;
  const events = await shelter.part.subscribe(parent, subscription, { key });
  return {
    next: () => events.next(),
    told: async (): Promise<Json> => (await events.next()).value?.data.parentViewEvents.view,
    end: () => events.return(undefined),
  };
}

/** Takes the child from school to school until somebody has heard of it: from then on they miss nothing. */
async function movedUntil(heard: Promise<unknown>, circle: string): Promise<void> {
  let isHeard = false;
  void heard.finally(() => {
    isHeard = true;
  });
  for (let turn = 2; !isHeard; turn += 1) {
    if (turn > 1_000) throw new Error("Nobody hears");
    await shelter.found(circle, turn, turn % 2 === 0 ? "99AB00" : "99AA00");
  }
}

/** How often the streams of a view were told something, by parent. */
async function toldOf({ id }: Json): Promise<Record<string, number>> {
  const told = await shelter.rows(
    "select split_part(stream, ':', 3) as parent, count(*)::int from care.event where stream like 'parent:' || $1 || ':%' group by 1",
    [id],
  );
  return Object.fromEntries(told.map(({ parent: whose, count }) => [whose, count]));
}

test("a parent is told of what changes, of talks as well, until the view's time is over, and that it is", async () => {
  const { key, circle, consent } = await steps.opened();
  const follower = await following(key);
  const first = follower.told();
  await movedUntil(first, circle);
  expect((await first).children).toEqual([{ consents: [{ state: "GIVEN" }] }]);
  const { id: conversationId } = await talks.called(worker, consent);
  const toldOfTalk = async (status: string) => {
    for (;;) {
      const [talk] = (await follower.told()).conversations;
      if (talk?.status === status) return talk;
    }
  };
  expect(await toldOfTalk("CALLED")).toEqual({ id: conversationId, status: "CALLED" });
  await talks.gesture(worker, "propose", { conversationId, moments, place });
  expect(await toldOfTalk("PROPOSED")).toEqual({ id: conversationId, status: "PROPOSED" });
  shelter.now = new Date("2026-11-23T10:30:00Z");
  await talks.gesture(worker, "cancel", { conversationId });
  // Something of the proposal may still be told: as it was, or, where it is read only now, as over already.
  let last: Json;
  do last = await follower.told();
  while (last);
  expect(last).toBeNull();
  const end = await follower.next();
  if (!end.done) expect(end.value).toEqual({ data: { parentViewEvents: { view: null } } });
  expect(end.done ? end : await follower.next()).toEqual({ done: true, value: undefined });
});

test("whoever has no view is told that it is over, and no more", async () => {
  const follower = await following("x");
  expect(await follower.told()).toBeNull();
  expect(await follower.next()).toEqual({ done: true, value: undefined });
});

test("no parent is told, nor by when, of what another parent does", async () => {
  const family = await steps.opened();
  const partner = await shelter.partnerOf(family);
  const mine = family.input.parentId;
  const before = await toldOf(family);
  const input = { ...family.input, parentId: partner, covers: ["CONCERNS"] };
  await shelter.asWorker(recordConsent, { input });
  const theirs = await shelter.openConsentOf(input);
  await steps.invited({ ...family.input, parentId: partner });
  await shelter.asWorker(withdrawConsent, { id: theirs });
  expect(await toldOf(family)).toEqual({ ...before, [partner]: 2 });
  // The control: of an own act the own view tells.
  await shelter.asWorker(withdrawConsent, { id: family.consent });
  expect(await toldOf(family)).toEqual({ ...before, [mine]: (before[mine] ?? 0) + 1, [partner]: 2 });
});

test("no parent is told of a note of violence before the supporter has acted", async () => {
  const family = await steps.opened();
  const before = await toldOf(family);
  await talks.violence(family);
  expect(await toldOf(family)).toEqual(before);
  const [{ id: conversationId }] = await shelter.rows("select id from care.conversation where guidance = $1", [
    family.id,
  ]);
  await talks.gesture(worker, "propose", { conversationId, moments, place });
  expect(await toldOf(family)).not.toEqual(before);
  expect(await talks.seen(contact, conversationId)).not.toBeNull();
});

test("a view's key gives nothing of another family to the part itself: row-level security holds it", async () => {
  const [mine, other] = [await steps.opened(), await steps.opened()];
  const claims = JSON.stringify({ party: "parent", scope: [], guidance: mine.id, person: mine.input.parentId });
  const seen = await shelter.asApp(claims, [
    "select guidance.id from care.guidance",
    "select guidance as id from care.guided_child",
    "select id from care.consent",
    "select consent as id from care.sharing",
    "select guidance as id from care.support_circle",
  ]);
  expect(seen).toEqual([mine.id, mine.id, mine.consent, mine.consent, mine.id]);
  expect(seen).not.toContain(other.id);
});
