/**
 * What is kept of prepared operations weighs, in bytes of memory. Rounded up from what was measured; a test
 * measures it again.
 */
export const weights = {
  /** All that is kept in one contract. */
  limit: 64 * 1024 * 1024,
  /** All variants that are kept of one operation, so that one cannot take the place of all others. */
  variants: 8 * 1024 * 1024,
  /** An operation, and each character of its text. */
  operation: 2_500,
  character: 70,
  /** A variant of one, and each character of what the planner is given. */
  variant: 2_000,
  plannedCharacter: 70,
} as const;
