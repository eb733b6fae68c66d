/** How far a signal is once Leerplicht has it, as its sender may know. */
export const ledgerProgress = ["DELIVERED", "SEEN", "SUPPORTED", "WITHDRAWN", "CLOSED"] as const;

export type LedgerProgress = (typeof ledgerProgress)[number];

/**
 * @returns where the signal stands after news of it: never further back, and never past an end; but for support that was
 * given before the school heard of a withdrawal. The school keeps it, so it counts here and for the sender as well.
 */
export function advance(current: LedgerProgress, news: LedgerProgress): LedgerProgress {
  if (isTooLate(current, news)) return news;
  if (isEnded(current)) return current;
  return ledgerProgress.indexOf(news) > ledgerProgress.indexOf(current) ? news : current;
}

/** Whether a withdrawal came too late: the child had been met with support. */
export function isTooLate(current: LedgerProgress, news: LedgerProgress | "RETURNED"): boolean {
  return current === "WITHDRAWN" && news === "SUPPORTED";
}

/** Whether nothing more is to come, so that the child's identity is no longer needed. */
export function isEnded(progress: LedgerProgress): boolean {
  return progress === "SUPPORTED" || progress === "WITHDRAWN" || progress === "CLOSED";
}

/**
 * Whether the right person has still to look. A signal that was seen at the wrong school stays SEEN to its sender, who
 * must not learn of that, and is unseen again.
 */
export function isUnseen({ progress, seenAt }: { readonly progress: LedgerProgress; readonly seenAt: Date | null }) {
  return seenAt === null && !isEnded(progress);
}
