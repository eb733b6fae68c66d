import type { Hop } from "../../../plumbing/outbox.ts";
import type { LedgerProgress } from "../decisions/progress.ts";

interface Payload {
  /** The sending part, as its service token named it. */
  readonly sender: string;
  readonly id: string;
  readonly progress: LedgerProgress;
}

/**
 * Tells the sender how far its signal is. The door is named after the sender's part, so that
 * another agency is added without a change here.
 */
export const recordProgress: Hop<Payload> = {
  document: ({ sender }) => `mutation RecordProgress($input: RecordProgressInput!) {
    ${recordProgressDoor(sender)}(input: $input) { accepted }
  }`,
  input: ({ id, progress }) => ({ id, progress }),
};

/** @throws Error where the part's name is not one of plain letters, which could write GraphQL of its own. */
export function recordProgressDoor(sender: string): string {
  if (!/^[a-z]+$/.test(sender)) throw new Error("Not a part's name");
  return `record${sender.charAt(0).toUpperCase()}${sender.slice(1)}Progress`;
}
