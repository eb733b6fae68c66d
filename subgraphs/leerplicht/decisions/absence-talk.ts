/** How far the talk about an absence is. */
export const talkStatuses = ["CALLED", "PROPOSED", "PLANNED", "HELD", "CANCELLED"] as const;
export type TalkStatus = (typeof talkStatuses)[number];

/** Those of a talk that is still to come. */
export const openTalk: readonly TalkStatus[] = ["CALLED", "PROPOSED", "PLANNED"];

/** What the office keeps of the talk about an absence. */
export interface AbsenceTalk {
  readonly talk: TalkStatus;
  /** Whether the office sees it. */
  readonly shown: boolean;
  /** When nothing of it is left; null while it is to come. */
  readonly erasesAt: Date | null;
}

/** How long an absence is kept once its talk is over, in milliseconds: four weeks, as a guidance's content. */
const retention = 28 * 24 * 60 * 60 * 1000;

/**
 * The talk once there is news of it. The office sees it from when more was done than to call for it: a report must not
 * tell whether a child has a support circle, and what is done then is done by those who agreed to one.
 */
export function afterNews({ shown }: Pick<AbsenceTalk, "shown">, talk: TalkStatus, now: Date): AbsenceTalk {
  const erasesAt = openTalk.includes(talk) ? null : new Date(now.getTime() + retention);
  return { talk, shown: shown || !["CALLED", "CANCELLED"].includes(talk), erasesAt };
}
