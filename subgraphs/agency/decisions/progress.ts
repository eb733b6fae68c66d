/** How far a signal is, as the agency that sent it may know. */
export const SignalProgress = {
  SENT: "SENT",
  DELIVERED: "DELIVERED",
  SEEN: "SEEN",
  SUPPORTED: "SUPPORTED",
  WITHDRAWN: "WITHDRAWN",
  CLOSED: "CLOSED",
} as const;

export type SignalProgress = (typeof SignalProgress)[keyof typeof SignalProgress];

/** The way of a signal. What is in neither list of this file does not exist. */
const way: readonly SignalProgress[] = ["SENT", "DELIVERED", "SEEN", "SUPPORTED"];

const final: readonly SignalProgress[] = ["WITHDRAWN", "CLOSED"];

/**
 * Where a signal stands once it is told `next`. News may come late, twice or out of order: progress
 * never goes back, and from WITHDRAWN and CLOSED it goes nowhere.
 */
export function advance(current: SignalProgress, next: SignalProgress): SignalProgress {
  if (final.includes(current)) return current;
  if (final.includes(next)) return next;
  return way.indexOf(next) > way.indexOf(current) ? next : current;
}
