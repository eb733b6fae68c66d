import type { Hops } from "../../../plumbing/outbox.ts";
import { submitSignal } from "./submit-signal.ts";
import { withdrawSubmission } from "./withdraw-submission.ts";

/**
 * What every agency sends on.
 * @param pseudonymKey by which the processing log stands for a child.
 */
export function agencyHops(pseudonymKey: string): Hops {
  return { submitSignal: submitSignal(pseudonymKey), withdrawSubmission };
}
