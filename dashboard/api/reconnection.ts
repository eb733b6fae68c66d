/** The pause before the first try, and the longest, in milliseconds. */
const first = 250;
const longest = 15_000;

/**
 * How long to wait before a connection is tried again: ever longer, and never the same for all, who have lost it at
 * the same moment.
 * @param failures tries in a row that have failed.
 * @param chance from 0 to 1.
 */
export function pauseBefore(failures: number, chance: number): number {
  return Math.min(longest, first * 2 ** failures) * (0.5 + chance / 2);
}

/** Whether an end says that the cursor is of no use any more: what came after it is to be read from the list. */
export function isCursorUnknown(ended: unknown): boolean {
  return Array.isArray(ended) && ended.some((error) => error?.extensions?.code === "CURSOR_UNKNOWN");
}
