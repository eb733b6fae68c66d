import type { ImportProgress, ImportSource } from "./source.ts";

/** Rows between two reports: often enough for a bar, too seldom to cost anything. */
const ROWS_PER_REPORT = 500;

/** Counts the rows and bytes of an import and reports them now and then. */
export function followProgress(
  source: ImportSource,
  report: ((progress: ImportProgress) => void) | undefined,
): { row(): void; bytes(count: number): void; end(): void } {
  let rows = 0;
  let bytesRead = 0;
  const tell = () => report?.({ rows, bytesRead, bytesTotal: source.size });
  return {
    row() {
      rows += 1;
      if (rows % ROWS_PER_REPORT === 0) tell();
    },
    bytes(count) {
      bytesRead += count;
    },
    end: tell,
  };
}
