import type { ImportProgress } from "./source.ts";

/** What every import takes beside its file. */
export interface ImportOptions {
  /** The day that it is, in the Netherlands: `YYYY-MM-DD`. */
  readonly today: string;
  /** Let the file end more than half of the open rows, which else is taken for a broken file. */
  readonly acceptEndings?: boolean;
  /** Is told now and then how far the import is. */
  readonly onProgress?: (progress: ImportProgress) => void;
}
