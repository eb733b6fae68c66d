/** That an officer is at work on a task, so that no other does the same. */
export interface Claim {
  /** The officer's `sub`; null where nobody has the task. */
  readonly claimedBy: string | null;
  readonly claimedUntil: Date | null;
}

/** How long a claim lasts, in milliseconds: a call to a school, and one to be called back. */
export const claimPeriod = 30 * 60 * 1000;

/** Who is at work on a task at a moment. A claim ends by the clock. */
export function claimant({ claimedBy, claimedUntil }: Claim, now: Date): string | null {
  return claimedUntil !== null && now < claimedUntil ? claimedBy : null;
}
