import type { ListSource } from "../api/use-live-list.ts";
import { afterEvent, type InboxEvent, type Items } from "./inbox.ts";
import { type InboxAnswer, inbox, inboxEvents } from "./operations.ts";

export interface Inbox {
  readonly items: Items;
  readonly schools: InboxAnswer["schools"];
}

/** Where the inbox comes from. */
export const inboxSource: ListSource<Inbox, InboxAnswer, { readonly signalEvents: InboxEvent }, InboxEvent> = {
  read: inbox,
  events: inboxEvents,
  listOf: ({ schools, signals }) => ({ schools, items: signals.edges.map(({ node }) => node) }),
  isCut: ({ signals }) => signals.pageInfo.hasNextPage,
  eventOf: ({ signalEvents }) => signalEvents,
  afterEvent: ({ schools, items }, event) => ({ schools, items: afterEvent(items, event) }),
};
