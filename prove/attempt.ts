import { inspect } from "node:util";
import { type Harness, holds, type Progress, type Verdict } from "./harness.ts";
import type { Settings } from "./settings.ts";

/** How a run ended. Only one that held shows anything. */
export type Ending = "held" | "DID NOT HOLD" | "CUT OFF";

/** A run that has a verdict, however it ended. */
export interface Attempt {
  readonly ending: Ending;
  readonly verdict: Verdict;
}

const nothing: Verdict = { figures: {}, failures: [], controls: [] };

/**
 * Runs a harness to its verdict. Where it throws, or is cut off, that is what it had found so far, and why there is no more.
 * @param cutOff by whatever asks the run to end, which its reason names.
 * @param tell is given the figures so far each `every` milliseconds.
 */
export async function attempt(
  harness: Harness,
  settings: Settings,
  cutOff: AbortSignal,
  tell: (figures: Verdict["figures"]) => void,
  every: number,
): Promise<Attempt> {
  let soFar = () => nothing;
  const progress: Progress = {
    soFar(verdict) {
      soFar = verdict;
    },
  };
  const telling = setInterval(() => tell(soFar().figures), every);
  const cut = new Promise<Attempt>((resolve) => {
    cutOff.addEventListener("abort", () => resolve(unfinished(soFar(), `cut off by ${cutOff.reason}`)));
  });
  const run = harness.run(settings, progress).then(
    (verdict): Attempt => ({ ending: holds(verdict) ? "held" : "DID NOT HOLD", verdict }),
    (error: unknown) => unfinished(soFar(), `the harness broke: ${whole(error)}`),
  );
  try {
    return await Promise.race([run, cut]);
  } finally {
    clearInterval(telling);
  }
}

/** An error that came up while another was already on its way is told after that. */
function whole(error: unknown): string {
  if (!(error instanceof Error && "suppressed" in error && "error" in error)) return inspect(error);
  return `${whole(error.suppressed)}\nand in the end: ${whole(error.error)}`;
}

function unfinished(verdict: Verdict, why: string): Attempt {
  const ending = verdict.failures.length > 0 ? "DID NOT HOLD" : "CUT OFF";
  return { ending, verdict: { ...verdict, failures: [...verdict.failures, why] } };
}
