import type { Hop } from "../../../plumbing/outbox.ts";
import { moveSentSignal } from "../store/sent-signals.ts";

/** Sends a signal to Leerplicht. The payload is written by `care.submission`, in the registry's transaction. */
export const submitSignal: Hop<{ readonly id: string }> = {
  document: "mutation SubmitSignal($input: SubmitSignalInput!) { submitSignal(input: $input) { accepted } }",
  acknowledged: (rows, { id }) => moveSentSignal(rows, id, "DELIVERED"),
};
