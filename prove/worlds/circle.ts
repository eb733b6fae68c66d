import type { Random } from "../random.ts";
import { anyCause } from "./cause.ts";
import { type Agreed, concern, consent, propose, withdraw } from "./guidance.ts";
import { happen } from "./happening.ts";
import { contactOf } from "./lookers.ts";
import type { OneWorld } from "./one-world.ts";
import type { Pair } from "./pair.ts";
import type { Seen } from "./seen.ts";

const minute = 60_000;
const hour = 60 * minute;

/** Has parents agree to a support circle for each of some children, in both worlds: from here on the school knows of it. */
export async function agree(pair: Pair, random: Random, children: readonly number[]): Promise<void> {
  for (const number of children) {
    // What begins at one moment is listed in an order that chance has made.
    await pair.passUntil(pair.now + minute);
    const agreed: Agreed = { covers: random.chance(0.5) ? ["PAST_TALKS"] : [] };
    await pair.both(async (world) => {
      world.circles.set(number, await consent(world, number, agreed));
      await world.settle();
    });
  }
}

/** Takes the parents' consent back. */
export async function part(pair: Pair, children: readonly number[]): Promise<void> {
  await pair.both(async (world) => {
    for (const number of children) {
      await withdraw(world, circleOf(world, number));
      world.circles.delete(number);
    }
    await world.settle();
  });
}

/**
 * Has a talk called for about a child in a circle: in one world for violence, which raises a signal as well, in the other
 * for something else, while a signal comes from elsewhere. The school sees both alike, once a moment is proposed.
 */
export async function callTalk(pair: Pair, random: Random, child: number | undefined, others: readonly number[]) {
  if (child === undefined) return;
  const violent = random.pick(["A", "B"] as const);
  const causes = { A: anyCause(random, others), B: anyCause(random, others) };
  const first = pair.now;
  const moments = [2, 4].map((hours) => new Date(first + hours * hour));
  await pair.both(async (world) => {
    const cause = { ...causes[world.side], hasDesk: false };
    const agency = world.side === violent ? "guidance" : "police";
    await happen(world, [{ child, causes: { ...causes, [world.side]: { ...cause, agency } } }], first);
    if (world.side !== violent) await concern(world, circleOf(world, child));
  });
  // Called for, and not yet proposed, it is nobody's at the school.
  await pair.hear();
  await pair.both((world) => propose(world, child, moments));
}

function circleOf(world: OneWorld, number: number): string {
  const circle = world.circles.get(number);
  if (circle === undefined) throw new Error("The child has no circle");
  return circle;
}

const changed =
  "{ __typename ... on ConversationChanged { conversation { id status startsAt actions { id who keptAt } concern { kind } } } ... on ConversationRefused { code } }";
const gestures = [
  `mutation ($circle: ID!) { callForTalk(input: { circleId: $circle }) ${changed} }`,
  `mutation ($talk: ID!, $moment: DateTime!) { chooseMoment(input: { conversationId: $talk, moment: $moment }) ${changed} }`,
  `mutation ($talk: ID!, $moments: [DateTime!]!) { proposeMoments(input: { conversationId: $talk, moments: $moments, place: "School" }) ${changed} }`,
  `mutation ($talk: ID!, $by: Date!) { recordTalk(input: { conversationId: $talk, actions: [{ what: "A walk", who: SUPPORTER, by: $by }] }) ${changed} }`,
  `mutation ($action: ID!) { confirmAction(input: { actionId: $action }) ${changed} }`,
  `mutation ($talk: ID!) { cancelTalk(input: { conversationId: $talk }) ${changed} }`,
];
const moments = "query ($id: ID!) { conversation(id: $id) { moments } }";

/** A contact person does something about a circle or a talk, or tries to, in both worlds. */
export async function talkOn(pair: Pair, random: Random, seen: Seen): Promise<void> {
  const pick = (ids: readonly string[]) => (ids.length > 0 ? random.pick(ids) : "");
  const who = contactOf(random.below(2));
  const talk = pick(seen.conversations);
  const { conversation } = await pair.look({ who, query: moments, variables: { id: talk } });
  const soon = new Date(pair.now + 3 * hour).toISOString();
  const variables = {
    talk,
    circle: pick(seen.circles),
    action: pick(seen.actions),
    moment: conversation?.moments[0] ?? soon,
    moments: [soon],
    by: soon.slice(0, 10),
  };
  await pair.act({ who, query: random.pick(gestures), variables });
}
