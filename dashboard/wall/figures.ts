import { operation } from "../api/ask.ts";
import wallText from "../operations/operator/wall.graphql?raw";

/** How often the promise was kept. Null is a figure about fewer than five. */
interface Kept {
  readonly signals: number | null;
  /** From 0 to 1. */
  readonly shareSeenInTime: number | null;
  readonly medianMinutesToSeen: number | null;
}

/** The figures of one municipality in one month. */
export interface MunicipalityFigures extends Kept {
  /** `2026-11` */
  readonly month: string;
  /** Four digits of Statistics Netherlands (CBS), `unknown`, or `rest`: the small ones together. */
  readonly municipality: string;
  /** Null where the office does not have it. */
  readonly municipalityName: string | null;
}

/** The figures of a month, and what waits now. */
export interface Figures extends Kept {
  readonly seen: number | null;
  readonly supported: number | null;
  readonly p90MinutesToSeen: number | null;
  readonly backlog: number | null;
  readonly backlogByReason: readonly { readonly reason: string; readonly count: number }[];
  readonly oldestWaitingMinutes: number | null;
  readonly months: readonly MunicipalityFigures[];
}

export const wall = operation<{ readonly statistics: Figures }, { readonly from: string; readonly to: string }>(
  wallText,
);
