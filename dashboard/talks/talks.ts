/* What a list of three-way talks holds, without a connection or a screen. */

export type Role = "PARENTS" | "SCHOOL_CONTACT" | "SUPPORTER";

export const roles: readonly Role[] = ["PARENTS", "SCHOOL_CONTACT", "SUPPORTER"];

/** What somebody will do. */
export interface AgreedAction {
  readonly id: string;
  /** Null once erased. */
  readonly what: string | null;
  readonly who: Role;
  /** ISO 8601, a day. */
  readonly by: string;
  /** RFC 3339: when somebody confirmed that it was done. */
  readonly keptAt: string | null;
}

/** A talk of parents, supporter and the school's contact, to agree on support for a child together. */
export interface Talk {
  readonly id: string;
  readonly status: "CALLED" | "PROPOSED" | "PLANNED" | "HELD" | "CANCELLED";
  /** RFC 3339, those that are proposed. */
  readonly moments: readonly string[];
  readonly place: string | null;
  readonly startsAt: string | null;
  /** The text of an `.ics` file, while the talk is planned. */
  readonly invitation: string | null;
  /** The support circle, at a school; the child, at a shelter. */
  readonly about: { readonly id: string } | null;
  readonly concern: { readonly kind: string; readonly raisedBy: string } | null;
  readonly participants: readonly { readonly name: string | null; readonly role: Role }[];
  readonly actions: readonly AgreedAction[];
}

export interface TalkEvent {
  readonly cursor: string;
  readonly conversationId: string;
  /** Null where it is no longer for the caller to see. */
  readonly conversation: Talk | null;
}

/** Those to come before those that are over. */
export type Talks = readonly Talk[];

const isOver = ({ status }: Talk) => status === "HELD" || status === "CANCELLED";

/** The list once an event has told how a talk is now. */
export function afterEvent(talks: Talks, { conversationId, conversation }: TalkEvent): Talks {
  const others = talks.filter(({ id }) => id !== conversationId);
  if (conversation === null) return others;
  return [conversation, ...others].sort((one, other) => Number(isOver(one)) - Number(isOver(other)));
}
