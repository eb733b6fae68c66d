import type { Share } from "./reckoning.ts";
import type { YearReport } from "./year.ts";

/** The year in words and figures, as the command prints it. */
export function describeYear(year: YearReport, seed: string): string {
  const { accepted, outcomes, wrong, inTime, published, took, jobs } = year;
  const { statistics } = published;
  return [
    `${accepted} signals, seed ${seed}`,
    "",
    "How they ended",
    ...table(outcomes),
    "",
    `Seen in time: ${percentage(inTime.all)} of ${inTime.all.decided}; one that was withdrawn, or closed for another reason than that nobody looked, unseen before its deadline is left out`,
    ...[...inTime.byCause]
      .sort(([, a], [, b]) => b.signals - a.signals)
      .map(([cause, share]) => `  ${cause.padEnd(44)} ${String(share.signals).padStart(7)}  ${percentage(share)}`),
    "",
    `${year.escalated} signals were not seen in time for an officer to wait; ${year.calls} calls to schools`,
    `Published: ${statistics.signals} signals, ${statistics.seen} seen, ${statistics.supported} supported, share in time ${statistics.shareSeenInTime}, minutes to seen p50 ${statistics.medianMinutesToSeen} p90 ${statistics.p90MinutesToSeen}; ${statistics.months.length} months of municipalities, ${published.differences.length} not as in the ledger`,
    `${jobs.done} jobs done, ${jobs.failed} of them tried again`,
    `Registries in ${took.fill.toFixed(1)} s, the year in ${took.year.toFixed(1)} s: ${(accepted / took.year).toFixed(1)} signals a second`,
    "",
    ...(isWell(year)
      ? ["0 left over, 0 lost, 0 doubled"]
      : ["NOT WELL", ...table(wrong), ...published.differences.slice(0, 10)]),
  ].join("\n");
}

export function isWell({ wrong, published }: YearReport): boolean {
  return wrong.size === 0 && published.differences.length === 0;
}

function table(counts: ReadonlyMap<string, number>): string[] {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([what, count]) => `  ${what.padEnd(44)} ${String(count).padStart(7)}`);
}

function percentage({ decided, inTime }: Share): string {
  return decided === 0 ? "-" : `${((inTime / decided) * 100).toFixed(1)} %`;
}
