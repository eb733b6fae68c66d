import type { Hops } from "../../../plumbing/outbox.ts";
import { submitSignal } from "./submit-signal.ts";
import { withdrawSubmission } from "./withdraw-submission.ts";

/** What every agency sends on. */
export const agencyHops: Hops = { submitSignal, withdrawSubmission };
