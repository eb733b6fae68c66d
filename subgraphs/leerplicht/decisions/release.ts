/** How the release desk's part in a signal ended. */
export const releaseOutcomes = ["RELEASED", "STOPPED", "PASSED_ON", "WITHDRAWN"] as const;

export type ReleaseOutcome = (typeof releaseOutcomes)[number];

/** Why a release desk stops a signal. */
export const stopReasons = ["UNSAFE", "SUPPORT_ARRANGED", "DUPLICATE", "NO_SCHOOL_AGE"] as const;

export type StopReason = (typeof stopReasons)[number];

/**
 * When a signal at the release desk goes on by itself, so that the desk can take no more of the time than its share.
 * @param share of the time that is left to the deadline, between 0 and 1.
 */
export function actBy(receivedAt: Date, dueBy: Date, share: number): Date {
  const left = Math.max(0, dueBy.getTime() - receivedAt.getTime());
  return new Date(receivedAt.getTime() + Math.floor(left * share));
}
