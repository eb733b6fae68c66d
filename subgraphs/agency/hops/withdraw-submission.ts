import type { Hop } from "../../../plumbing/outbox.ts";

/** Takes a signal back at Leerplicht. It may overtake the signal itself. */
export const withdrawSubmission: Hop<{ readonly id: string; readonly organisation: string }> = {
  document:
    "mutation WithdrawSubmission($input: WithdrawSubmissionInput!) { withdrawSubmission(input: $input) { accepted } }",
};
