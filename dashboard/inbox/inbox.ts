/* What the list of messages holds, without a connection or a screen. */

export type Status = "RAISED" | "SEEN" | "SUPPORTED" | "RETURNED" | "WITHDRAWN" | "EXPIRED";

/** A message as the list knows it: nothing of the pupil. */
export interface Item {
  readonly id: string;
  readonly status: Status;
  /** RFC 3339 */
  readonly raisedAt: string;
  /** About a made-up pupil. */
  readonly practice: boolean;
  readonly isHandedOver: object | null;
}

export interface InboxEvent {
  readonly cursor: string;
  readonly kind: "RAISED" | "CHANGED" | "ERASED";
  readonly signal: Item;
}

/** Newest first. */
export type Items = readonly Item[];

const shown: ReadonlySet<Status> = new Set(["RAISED", "SEEN", "SUPPORTED"]);

/** The ids of those at which nobody has looked yet. */
export function freshAmong(items: Items): string[] {
  return items.filter(({ status }) => status === "RAISED").map(({ id }) => id);
}

/** The list once an event has told what a message is now. */
export function afterEvent(items: Items, { kind, signal }: InboxEvent): Items {
  const others = items.filter(({ id }) => id !== signal.id);
  if (kind === "ERASED" || !shown.has(signal.status)) return others;
  return [...others, signal].sort((one, other) => (one.raisedAt < other.raisedAt ? 1 : -1));
}

export interface Sections {
  /** Nobody has looked yet. */
  readonly fresh: Items;
  /** Somebody has, and support is still to come. */
  readonly open: Items;
  readonly done: Items;
}

export function sectionsOf(items: Items): Sections {
  return {
    fresh: items.filter(({ status }) => status === "RAISED"),
    open: items.filter(({ status }) => status === "SEEN"),
    done: items.filter(({ status }) => status === "SUPPORTED"),
  };
}

/** An open message, as far as others may change it. */
export interface Changeable {
  readonly status: Status;
  /** ISO 8601, a day. */
  readonly supportOn: string;
  readonly handedTo: { readonly name: string } | null;
}

/** What others do to a message while it is open: support is due on another day, or a colleague is at work. */
export type Change = "OTHER_DAY" | "COLLEAGUE";

export function changeBetween(before: Changeable, after: Changeable): Change | undefined {
  if (before.supportOn !== after.supportOn) return "OTHER_DAY";
  return before.status !== after.status || before.handedTo?.name !== after.handedTo?.name ? "COLLEAGUE" : undefined;
}
