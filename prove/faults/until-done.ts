import { setTimeout as pause } from "node:timers/promises";

/** How long something is tried, in milliseconds: longer than any fault takes to be mended. */
const patience = 300_000;

/**
 * Tries again and again, as an integrator does.
 * @returns whether it was done; not where that took too long, or it was called off.
 */
export async function untilDone(attempt: () => Promise<unknown>, off: AbortSignal): Promise<boolean> {
  for (const until = Date.now() + patience; Date.now() < until && !off.aborted; await pause(50)) {
    const done = await attempt().then(
      () => true,
      () => false,
    );
    if (done) return true;
  }
  return false;
}
