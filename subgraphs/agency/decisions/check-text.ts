import type { Note } from "./problem.ts";

/**
 * Control characters, half characters, line separators, and what turns the direction of writing:
 * none is in a name, and all can deceive who reads it on a screen.
 */
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/** @returns the text without blanks around it; undefined where it is absent, blank or wrong. */
export function checkText(text: string | null | undefined, longest: number, note: Note): string | undefined {
  const trimmed = text?.trim() ?? "";
  if (trimmed === "") return undefined;
  if (unprintable.test(trimmed)) note("TEXT_UNPRINTABLE");
  else if (trimmed.length > longest) note("TEXT_TOO_LONG");
  else return trimmed;
  return undefined;
}
