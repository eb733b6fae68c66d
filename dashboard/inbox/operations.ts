import { operation } from "../api/ask.ts";
import type { Page } from "../api/page.ts";
import type { OutcomeAnswer } from "../api/use-gesture.ts";
import acknowledgeText from "../operations/school/acknowledge.graphql?raw";
import confirmSupportText from "../operations/school/confirm-support.graphql?raw";
import handOverText from "../operations/school/hand-over.graphql?raw";
import inboxText from "../operations/school/inbox.graphql?raw";
import inboxEventsText from "../operations/school/inbox-events.graphql?raw";
import messageText from "../operations/school/message.graphql?raw";
import practiseText from "../operations/school/practise.graphql?raw";
import returnText from "../operations/school/return.graphql?raw";
import type { Changeable, InboxEvent, Item } from "./inbox.ts";

export interface InboxAnswer {
  readonly schools: readonly { readonly id: string; readonly name: string }[];
  readonly signals: Page<Item>;
}

interface Group {
  readonly name: string;
  readonly teachers: readonly StaffMember[];
}

/** A message as it is read out once somebody opens it. */
export interface Message extends Changeable {
  readonly id: string;
  readonly message: string;
  readonly erasesAt: string;
  /** About a made-up pupil. */
  readonly practice: boolean;
  /** Null once sealed or erased. */
  readonly pupil: { readonly displayName: string; readonly group: Group | null } | null;
}

export interface StaffMember {
  readonly id: string;
  readonly name: string;
}

interface MessageAnswer {
  readonly signal: Message | null;
  readonly schools: readonly { readonly staff: readonly StaffMember[] }[];
}

type OfMessage = { readonly id: string };

export const inbox = operation<InboxAnswer>(inboxText);
export const inboxEvents = operation<{ readonly signalEvents: InboxEvent }, { readonly after?: string }>(
  inboxEventsText,
);
export const message = operation<MessageAnswer, OfMessage & { readonly language: "NL" | "EN" }>(messageText);
export const acknowledge = operation<OutcomeAnswer, OfMessage>(acknowledgeText);
export const handOver = operation<OutcomeAnswer, OfMessage & { readonly staffMemberId: string }>(handOverText);
export const confirmSupport = operation<OutcomeAnswer, OfMessage>(confirmSupportText);
export const practise = operation<OutcomeAnswer, { readonly schoolId: string }>(practiseText);
export const returnMessage = operation<OutcomeAnswer, OfMessage & { readonly reason: "NOT_OUR_PUPIL" | "LEFT_SCHOOL" }>(
  returnText,
);
