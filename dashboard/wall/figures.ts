import { operation } from "../api/ask.ts";
import wallText from "../operations/operator/wall.graphql?raw";

/** How often the promise was kept this month. Null is a figure about fewer than five. */
export interface Figures {
  readonly signals: number | null;
  readonly shareSeenInTime: number | null;
  readonly medianMinutesToSeen: number | null;
  readonly backlog: number | null;
  readonly oldestWaitingMinutes: number | null;
}

export const wall = operation<{ readonly statistics: Figures }, { readonly from: string; readonly to: string }>(
  wallText,
);

/** The days of the month so far. */
export function thisMonth(now: Date): { readonly from: string; readonly to: string } {
  const to = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(now);
  return { from: `${to.slice(0, 8)}01`, to };
}
