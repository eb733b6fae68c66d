/** What was compared: of each, one and the same thing in both worlds. */
export interface Counted {
  answers: number;
  frames: number;
  conversations: number;
  /** Files that were imported, by what the command printed. */
  imports: number;
  bytes: number;
  /** Signals whose cause was each world's own. */
  signals: number;
}

export function nothingCounted(): Counted {
  return { answers: 0, frames: 0, conversations: 0, imports: 0, bytes: 0, signals: 0 };
}
