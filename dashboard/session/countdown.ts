/** How often the clock on the wall is looked at, in milliseconds. */
const lookEvery = 10_000;

/**
 * Counts down by two clocks, of which the one that is further counts: the browser's own stands still while the machine
 * sleeps, and the one on the wall may be put back.
 * @returns what tells how much is left, in milliseconds.
 */
export function countdown(milliseconds: number): () => number {
  const [own, wall] = [performance.now() + milliseconds, Date.now() + milliseconds];
  return () => Math.min(own - performance.now(), wall - Date.now());
}

/** Does something once a time is over, be it that the machine slept through it. @returns what stops it. */
export function actAfter(milliseconds: number, act: () => void): () => void {
  const left = countdown(milliseconds);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    if (left() <= 0) act();
    else timer = setTimeout(look, Math.min(left(), lookEvery));
  };
  look();
  return () => clearTimeout(timer);
}
