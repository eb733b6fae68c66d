/** What became of the last report about a pupil. */
interface Entry {
  acceptedAt: number | undefined;
  /** The signals that were raised since it was sent. */
  readonly raised: Set<string>;
}

/**
 * The judge, outside the system: which reports were accepted, and which signals were raised for them. A pupil is
 * reported again only once the signal of its last report was seen, so that each signal belongs to one report.
 */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  readonly #known = new Set<string>();
  readonly #note: (line: string) => void;
  readonly #promptness: number;
  /** How long each was on its way from its acceptance, in milliseconds. */
  readonly #ways: number[] = [];
  #isBroken = false;
  #repairedAt = 0;
  #lastArrival = 0;
  readonly doubled: string[] = [];
  readonly late: string[] = [];
  /** What should have been done and was not, such as a report that nobody accepted. */
  readonly undone: string[] = [];
  readonly tried = new Map<string, number>();
  accepted = 0;

  /**
   * @param promptness how long after its acceptance, or the last repair since, a signal must have arrived, in milliseconds.
   * @param note is told what happens, in its order.
   */
  constructor(promptness = Number.POSITIVE_INFINITY, note: (line: string) => void = () => undefined) {
    this.#promptness = promptness;
    this.#note = note;
  }

  send(pupil: string): void {
    this.#entries.set(pupil, { acceptedAt: undefined, raised: new Set() });
    this.note(`sent: ${pupil}`);
  }

  accept(pupil: string): void {
    this.accepted += 1;
    const entry = this.#entries.get(pupil);
    if (entry !== undefined) {
      entry.acceptedAt = Date.now();
      if (entry.raised.size > 0) this.#ways.push(0);
    }
    this.note(`accepted: ${pupil}`);
  }

  /** A signal was seen at a school. */
  raise(pupil: string, signal: string): void {
    if (this.#known.has(signal)) return;
    this.#known.add(signal);
    this.note(`raised: ${pupil} ${signal}`);
    const entry = this.#entries.get(pupil);
    if (entry === undefined || entry.raised.size > 0) this.doubled.push(`${pupil}: ${signal}`);
    else {
      this.#lastArrival = Date.now();
      if (entry.acceptedAt !== undefined) this.#judgeWay(pupil, entry.acceptedAt);
    }
    entry?.raised.add(signal);
  }

  /** Something is broken from now on. */
  break(): void {
    this.#isBroken = true;
  }

  /** Nothing is broken any more. */
  repair(what: string): void {
    this.#isBroken = false;
    this.#repairedAt = Date.now();
    this.tried.set(what, (this.tried.get(what) ?? 0) + 1);
    this.note(`broken and mended: ${what}`);
  }

  get faults(): number {
    return [...this.tried.values()].reduce((sum, times) => sum + times, 0);
  }

  get arrived(): number {
    return this.#ways.length;
  }

  /** How long after the last repair the last signal came, in milliseconds; 0 where nothing was broken. */
  get afterRepair(): number {
    return this.faults === 0 ? 0 : Math.max(0, this.#lastArrival - this.#repairedAt);
  }

  /** Whether the last report about a pupil was accepted and has arrived. */
  isDone(pupil: string): boolean {
    const entry = this.#entries.get(pupil);
    return entry?.acceptedAt !== undefined && entry.raised.size > 0;
  }

  get lost(): string[] {
    return [...this.#entries]
      .filter(([, { acceptedAt, raised }]) => acceptedAt !== undefined && raised.size === 0)
      .map(([pupil]) => pupil);
  }

  /** @param share 1 for the longest, 0.5 for the median. @returns seconds from acceptance to arrival. */
  way(share: number): number {
    const sorted = [...this.#ways].sort((one, other) => one - other);
    return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) / 1000;
  }

  note(what: string): void {
    this.#note(`${new Date().toISOString()} ${what}`);
  }

  #judgeWay(pupil: string, acceptedAt: number): void {
    const now = Date.now();
    this.#ways.push(now - acceptedAt);
    const waited = now - Math.max(acceptedAt, this.#repairedAt);
    if (!this.#isBroken && waited > this.#promptness)
      this.late.push(`${pupil}: ${(waited / 1000).toFixed(1)} s after it could`);
  }
}
