/** What the ledger counts. Times are in minutes. */
export interface Figures {
  readonly signals: number;
  readonly seenInTime: number;
  /** Signals whose deadline has passed, or that were seen: those of which it is known. */
  readonly decided: number;
  readonly seen: number;
  readonly medianMinutesToSeen: number | null;
  readonly backlog: number;
  readonly waiting: number;
  readonly oldestWaitingMinutes: number | null;
}

/** The fewest signals that a figure may be about, so that it tells of nobody. */
const fewest = 5;

/** What of the figures an operator may see: nothing about a handful. */
export function discloseFigures(figures: Figures) {
  const { signals, seenInTime, decided, seen, medianMinutesToSeen, backlog, waiting, oldestWaitingMinutes } = figures;
  return {
    signals: signals < fewest ? null : signals,
    shareSeenInTime: decided < fewest ? null : Math.round((seenInTime / decided) * 1000) / 1000,
    medianMinutesToSeen: seen < fewest ? null : medianMinutesToSeen,
    backlog: backlog < fewest ? null : backlog,
    oldestWaitingMinutes: waiting < fewest ? null : oldestWaitingMinutes,
  };
}
