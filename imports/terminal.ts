import type { ImportOutcome, MergeCounts } from "./outcome.ts";
import type { ImportProgress } from "./source.ts";

const BAR_WIDTH = 30;
const BETWEEN_FRAMES_MS = 100;

/** Where text is written: a terminal, or anything else, which gets no bar. */
export interface TextOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * A progress bar with the share of the file, the rows and the rows a second, on one line that is
 * drawn over. Silent unless the output is a terminal.
 *
 * @param now milliseconds on any steady clock
 */
export function progressBar(output: TextOutput, now: () => number) {
  if (output.isTTY !== true) return { show: () => {}, clear: () => {} };
  const startedAt = now();
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    show(progress: ImportProgress): void {
      const at = now();
      if (at - drawnAt < BETWEEN_FRAMES_MS) return;
      drawnAt = at;
      output.write(`\r\x1b[2K${barLine(progress, at - startedAt)}`);
    },
    clear(): void {
      output.write("\r\x1b[2K");
    },
  };
}

function barLine({ rows, bytesRead, bytesTotal }: ImportProgress, elapsedMs: number): string {
  const rate = Math.round(rows / Math.max(elapsedMs / 1_000, 0.001));
  const counted = `${grouped(rows)} rows, ${grouped(rate)} rows/s`;
  if (bytesTotal === undefined || bytesTotal === 0) return counted;
  const share = Math.min(bytesRead / bytesTotal, 1);
  const filled = Math.round(share * BAR_WIDTH);
  const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
  return `${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${counted}`;
}

/** The outcome in lines fit for a terminal or a log: counts, lines and codes, and no value of any row. */
export function describeOutcome(outcome: ImportOutcome): string[] {
  const { subject, counts, refused, refusedRows, endingsWithheld } = outcome;
  const lines = [`Imported ${subject}`];
  for (const [kind, count] of Object.entries(counts)) lines.push(countLine(kind, count));
  for (const kind of endingsWithheld) {
    lines.push(`  None of the ${kind} were ended: a refused row has no key that can be read`);
  }
  if (refused === 0) return lines;
  lines.push(`Left out ${refused === 1 ? "1 row" : `${grouped(refused)} rows`}`);
  for (const { line, reason } of refusedRows) lines.push(`  line ${line}: ${reason}`);
  const unlisted = refused - refusedRows.length;
  if (unlisted > 0) lines.push(`  and ${grouped(unlisted)} more`);
  return lines;
}

function countLine(kind: string, counts: MergeCounts): string {
  const { added, changed, reopened, ended, unchanged } = counts;
  const named = { new: added, changed, reopened, ended, unchanged };
  const parts = Object.entries(named).map(([name, count]) => `${grouped(count)} ${name}`);
  return `  ${`${kind}:`.padEnd(14)} ${parts.join(", ")}`;
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}
