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

/**
 * What outweighs what. A withdrawal may come too late, which only Leerplicht knows: the child was supported, or an officer
 * had ended it. Then its end counts, here as in the published figures.
 */
const rank: Readonly<Record<SignalProgress, number>> = {
  SENT: 0,
  DELIVERED: 1,
  SEEN: 2,
  WITHDRAWN: 3,
  SUPPORTED: 4,
  CLOSED: 4,
};

/** Where a signal stands once it is told `next`. News may come late, twice or out of order: progress never goes back. */
export function advance(current: SignalProgress, next: SignalProgress): SignalProgress {
  return rank[next] > rank[current] ? next : current;
}
