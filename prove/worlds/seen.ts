import { contactOf } from "./lookers.ts";
import { type Known, officers } from "./operations.ts";
import type { Pair } from "./pair.ts";
import { sites } from "./region.ts";

/** What was told to those who look on so far, by A's ids. */
export type Seen = Known;

export function seenNothing(): Seen {
  return {
    signals: [],
    circles: [],
    conversations: [],
    actions: [],
    sent: [],
    incidents: [],
    guidances: [],
    cursors: [],
    sites: [...sites, "99ZZ99"],
  };
}

const inboxes = "{ signals { edges { cursor node { id status } } } }";
const circles =
  "{ supportCircles { id pupil { id } } conversations { id status moments actions { id keptAt } } over: conversations(over: true) { id status actions { id } } }";

/** What is asked besides to know how things are. */
export const learningDocuments = [inboxes, circles, officers].map((text) => ({ party: "school", text }));

/** Looks at what there is, and remembers the ids. */
export async function learn(pair: Pair, seen: Seen): Promise<void> {
  const { signals } = await pair.look({ who: "vendor", query: inboxes, door: "registered" });
  for (const { cursor, node } of signals?.edges ?? []) {
    note(seen.signals, node.id);
    note(seen.cursors, cursor);
  }
  for (const who of [contactOf(0), contactOf(1)]) {
    const { supportCircles, conversations, over } = await pair.look({ who, query: circles });
    for (const { id } of supportCircles ?? []) note(seen.circles, id);
    for (const { id, actions } of [...(conversations ?? []), ...(over ?? [])]) {
      note(seen.conversations, id);
      for (const action of actions) note(seen.actions, action.id);
    }
  }
}

export function note(known: string[], id: string): void {
  if (!known.includes(id)) known.push(id);
}
