import type { Reckoning, Share } from "./reckoning.ts";
import type { YearReport } from "./year.ts";

/** The year in words and figures, of all regions together, as the command prints it. */
export function describeYears(years: readonly YearReport[], seed: string): string {
  const total = (of: (year: YearReport) => number) => years.reduce((sum, year) => sum + of(year), 0);
  const accepted = total((year) => year.accepted);
  const shares = years.map(({ inTime }) => inTime.all).reduce(addShares);
  const filled = Math.max(...years.map(({ took }) => took.fill));
  const lived = Math.max(...years.map(({ took }) => took.year));
  return [
    `${accepted} signals, seed ${seed}${years.length > 1 ? `, in ${years.length} regions side by side` : ""}`,
    "",
    "How they ended",
    ...table(together(years, ({ outcomes }) => outcomes, sum)),
    "",
    `Seen in time: ${percentage(shares)} of ${shares.decided}; one that was withdrawn, or closed for another reason than that nobody looked, unseen before its deadline is left out`,
    ...[...together(years, ({ inTime }) => inTime.byCause, addShares)]
      .sort(([, a], [, b]) => b.signals - a.signals)
      .map(([cause, share]) => `  ${cause.padEnd(44)} ${String(share.signals).padStart(7)}  ${percentage(share)}`),
    "",
    `${total((year) => year.escalated)} signals were not seen in time for an officer to wait; ${total((year) => year.calls)} calls to schools`,
    `${total((year) => year.reminders.mailed)} mails to people at schools, ${total((year) => year.reminders.read)} of which were read soon`,
    ...years.map(describePublished),
    `${total(({ jobs }) => jobs.done)} jobs done, ${total(({ jobs }) => jobs.failed)} of them tried again`,
    `Registries in ${filled.toFixed(1)} s, the year in ${lived.toFixed(1)} s: ${(accepted / lived).toFixed(1)} signals a second`,
    "",
    ...(years.every(isWell)
      ? ["0 left over, 0 lost, 0 doubled"]
      : [
          "NOT WELL",
          ...table(together(years, ({ wrong }) => wrong, sum)),
          ...years.flatMap(({ published }) => published.differences).slice(0, 10),
        ]),
  ].join("\n");
}

export function isWell({ wrong, published }: Pick<YearReport, "wrong" | "published">): boolean {
  return wrong.size === 0 && published.differences.length === 0;
}

function describePublished({ published: { statistics, differences } }: YearReport): string {
  return `Published: ${statistics.signals} signals, ${statistics.seen} seen, ${statistics.supported} supported, share in time ${statistics.shareSeenInTime}, minutes to seen p50 ${statistics.medianMinutesToSeen} p90 ${statistics.p90MinutesToSeen}; ${statistics.months.length} months of municipalities, ${differences.length} not as in the ledger`;
}

/** The values of all regions under each name, added up. */
function together<Value>(
  years: readonly YearReport[],
  of: (year: Reckoning) => ReadonlyMap<string, Value>,
  add: (a: Value, b: Value) => Value,
): Map<string, Value> {
  const all = new Map<string, Value>();
  for (const [name, value] of years.flatMap((year) => [...of(year)])) {
    const before = all.get(name);
    all.set(name, before === undefined ? value : add(before, value));
  }
  return all;
}

function sum(a: number, b: number): number {
  return a + b;
}

function addShares(a: Share, b: Share): Share {
  return { signals: a.signals + b.signals, decided: a.decided + b.decided, inTime: a.inTime + b.inTime };
}

function table(counts: ReadonlyMap<string, number>): string[] {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([what, count]) => `  ${what.padEnd(44)} ${String(count).padStart(7)}`);
}

function percentage({ decided, inTime }: Share): string {
  return decided === 0 ? "-" : `${((inTime / decided) * 100).toFixed(1)} %`;
}
