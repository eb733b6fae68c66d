import type { PartName } from "../../simulate/parts.ts";

/** One request that does something with a child's data. */
export interface Deed {
  readonly what: string;
  readonly part: PartName;
  /**
   * Makes what it needs.
   * @returns what does it, and can be tried again once it was refused. @throws Error where it is refused.
   */
  prepare(): Promise<() => Promise<unknown>>;
}

/** What makes a part's deeds, each by what it is. */
export function deedsOf(part: PartName): (what: string, prepare: Deed["prepare"]) => Deed {
  return (what, prepare) => ({ part, what: `${part}: ${what}`, prepare });
}
