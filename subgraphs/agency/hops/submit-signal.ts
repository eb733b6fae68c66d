import type { EntityManager } from "typeorm";
import type { Hop } from "../../../plumbing/outbox.ts";
import { recordSending, type SentChild } from "../store/processing.ts";
import { moveSentSignal } from "../store/sent-signals.ts";

/** What goes to Leerplicht, and more (store/0002-raise-signal.sql). */
interface Submission {
  readonly id: string;
  readonly organisation: string;
  readonly child: SentChild;
}

/**
 * Sends a signal to Leerplicht. The trigger on the registry writes a draft, which says where the child's row stands; what
 * the row says is encrypted before a report through the API commits, and else by the first attempt, and counts from then
 * on. Changed before that, the agency has corrected itself. Gone before that, the agency's record has no such child any
 * more, and nobody could be told of it: the signal ends as WITHDRAWN, which its sender sees.
 * @param pseudonymKey by which the processing log stands for the child.
 */
export function submitSignal(pseudonymKey: string): Hop<Submission> {
  return {
    document: "mutation SubmitSignal($input: SubmitSignalInput!) { submitSignal(input: $input) { accepted } }",
    async complete(rows, draft) {
      const { id, child } = draft as Partial<Submission> & Pick<Submission, "id">;
      // An earlier version wrote the child itself.
      if (child !== undefined) return draft as Submission;
      const submission = await readSubmission(rows, draft);
      if (submission === null) await moveSentSignal(rows, id, "WITHDRAWN");
      else await recordSending(rows, submission, pseudonymKey);
      return submission;
    },
    acknowledged: (rows, { id }) => moveSentSignal(rows, id, "DELIVERED"),
  };
}

async function readSubmission(rows: EntityManager, draft: unknown): Promise<Submission | null> {
  const [row] = await rows.query<{ submission: Submission | null }[]>("select care.submission_of($1) as submission", [
    JSON.stringify(draft),
  ]);
  return row?.submission ?? null;
}
