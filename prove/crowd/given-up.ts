import { setTimeout as pause } from "node:timers/promises";

/**
 * Waits until a gateway has given up so many readers for being slow, and asks its metrics: such a reader learns of it when
 * it reads again, and by then its connection may be gone with the code.
 * @param port of the operator's door.
 * @param patience in milliseconds.
 * @returns how many those are by then.
 */
export async function givenUp(port: number, expected: number, patience: number): Promise<number> {
  const until = performance.now() + patience;
  for (;;) {
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const count = Number(/^gateway_slow_readers_closed_total (\d+)$/m.exec(metrics)?.[1]);
    if (count >= expected || performance.now() > until) return count;
    await pause(100);
  }
}
