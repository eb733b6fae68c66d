import { checkText } from "../../agency/decisions/check-text.ts";

/** Who may call for a talk. */
export const conversationSides = ["SHELTER", "SCHOOL", "LEERPLICHT"] as const;
export type ConversationSide = (typeof conversationSides)[number];

/** Why a talk is called for. It follows from who calls, and how. */
export const concernKinds = ["DOMESTIC_VIOLENCE", "ABSENCE", "OTHER"] as const;
export type ConcernKind = (typeof concernKinds)[number];

export const participantRoles = ["PARENTS", "SUPPORTER", "SCHOOL_CONTACT"] as const;
export type ParticipantRole = (typeof participantRoles)[number];

/** `CALLED` → `PROPOSED` → `PLANNED` → `HELD`; until it is held, anybody's plans may change, and it may be cancelled. */
export const conversationStatuses = ["CALLED", "PROPOSED", "PLANNED", "HELD", "CANCELLED"] as const;
export type ConversationStatus = (typeof conversationStatuses)[number];

/** Those of a talk that is still to come. */
export const openStatuses: readonly ConversationStatus[] = ["CALLED", "PROPOSED", "PLANNED"];

/** Those of one that is over. */
export const endStatuses: readonly ConversationStatus[] = ["HELD", "CANCELLED"];

/** Why a gesture on a talk is refused. */
export type ConversationRefusal =
  | "CIRCLE_NOT_FOUND"
  | "CONVERSATION_NOT_FOUND"
  | "CONVERSATION_ENDED"
  | "MOMENTS_MISSING"
  | "MOMENTS_TOO_MANY"
  | "MOMENT_PAST"
  | "MOMENT_NOT_PROPOSED"
  | "PLACE_INVALID"
  | "TALK_NOT_PLANNED"
  | "TALK_NOT_YET"
  | "ACTIONS_TOO_MANY"
  | "ACTION_INVALID"
  | "ACTION_NOT_FOUND";

/** A talk as far as plans for it go. */
export interface Plans {
  readonly status: ConversationStatus;
  readonly moments: readonly Date[];
  readonly startsAt: Date | null;
}

const mostMoments = 5;
const mostActions = 20;

/** Whether this is what is proposed already, also where one has been chosen since: a retry opens nothing again. */
export function isSameProposal(
  { status, moments, place }: Plans & { readonly place: string | null },
  again: readonly Date[],
  at: string,
): boolean {
  const same = moments.length === again.length && moments.every((one, nth) => one.getTime() === again[nth]?.getTime());
  return openStatuses.includes(status) && moments.length > 0 && same && place === at.trim();
}

export function isSameChoice({ status, startsAt }: Plans, again: Date): boolean {
  return status === "PLANNED" && startsAt?.getTime() === again.getTime();
}

/** Whether these moments and this place may be proposed; what is wrong, else undefined. */
export function proposalRefusal(
  { status }: Plans,
  moments: readonly Date[],
  place: string,
  now: Date,
): ConversationRefusal | undefined {
  if (!openStatuses.includes(status)) return "CONVERSATION_ENDED";
  if (moments.length === 0) return "MOMENTS_MISSING";
  if (moments.length > mostMoments) return "MOMENTS_TOO_MANY";
  if (moments.some((moment) => moment <= now)) return "MOMENT_PAST";
  return readable(place, 200) === undefined ? "PLACE_INVALID" : undefined;
}

export function choiceRefusal({ status, moments }: Plans, moment: Date, now: Date): ConversationRefusal | undefined {
  if (!openStatuses.includes(status)) return "CONVERSATION_ENDED";
  if (!moments.some((one) => one.getTime() === moment.getTime())) return "MOMENT_NOT_PROPOSED";
  return moment <= now ? "MOMENT_PAST" : undefined;
}

/** What was agreed: what somebody does, and by which day (`YYYY-MM-DD`). */
export interface GivenAction {
  readonly what: string;
  readonly who: ParticipantRole;
  readonly by: string;
}

/** Whether the same was agreed, in the same order. */
export function isSameAgreement(agreed: readonly GivenAction[], again: readonly GivenAction[]): boolean {
  const terms = (actions: readonly GivenAction[]) =>
    JSON.stringify(actions.map(({ what, who, by }) => [what.trim(), who, by]));
  return terms(agreed) === terms(again);
}

/** @param today `YYYY-MM-DD` */
export function recordRefusal(
  { status, startsAt }: Plans,
  actions: readonly GivenAction[],
  now: Date,
  today: string,
): ConversationRefusal | undefined {
  if (endStatuses.includes(status)) return "CONVERSATION_ENDED";
  if (status !== "PLANNED" || startsAt === null) return "TALK_NOT_PLANNED";
  if (startsAt > now) return "TALK_NOT_YET";
  if (actions.length > mostActions) return "ACTIONS_TOO_MANY";
  const wrong = actions.some(({ what, by }) => readable(what, 500) === undefined || by < today);
  return wrong ? "ACTION_INVALID" : undefined;
}

/** @returns the text without blanks around it; undefined where there is none, it is too long, or cannot be read. */
export function readable(text: string, longest: number): string | undefined {
  return checkText(text, longest, () => undefined);
}
