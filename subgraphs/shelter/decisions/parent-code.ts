/** What a code is written in: digits and letters that are not taken for one another (Crockford's base 32). */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** How long a code can be handed in, in milliseconds: a week. */
const codePeriod = 7 * 24 * 60 * 60 * 1000;

/** How long the view stays open that a code opens, in milliseconds: half an hour. */
const viewPeriod = 30 * 60 * 1000;

export function codeEnd(now: Date): Date {
  return new Date(now.getTime() + codePeriod);
}

export function viewEnd(now: Date): Date {
  return new Date(now.getTime() + viewPeriod);
}

/** @param random 16 bytes, of each of which five bits count: eighty in all, too many to guess at. */
export function writeCode(random: Uint8Array): string {
  const letters = Array.from(random, (byte) => alphabet[byte % 32]);
  return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4).join("")).join("-");
}

/** What somebody types is a code in spite of blanks, hyphens, small letters, and an O or I for a digit. */
export function readCode(typed: string): string {
  return typed.slice(0, 100).toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
}

/** Why a parent cannot see. */
export type ViewRefusal = "CODE_UNKNOWN" | "CODE_EXPIRED" | "CODE_USED" | "VIEW_OVER";
