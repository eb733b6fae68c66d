/** What became of the last report about a pupil. */
interface Entry {
  readonly sentAt: number;
  isAccepted: boolean;
  /** The signals that were raised since. */
  readonly raised: Set<string>;
}

/**
 * The judge, outside the system: which reports were accepted, and which signals were raised for them. A pupil is
 * reported again only once the signal of its last report was seen, so that each signal belongs to one report.
 */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  readonly #known = new Set<string>();
  readonly #history: string[] = [];
  readonly doubled: string[] = [];
  accepted = 0;
  arrived = 0;
  /** The longest that a signal was on its way, in milliseconds. */
  longest = 0;

  send(pupil: string): void {
    this.#entries.set(pupil, { sentAt: Date.now(), isAccepted: false, raised: new Set() });
    this.note(`sent: ${pupil}`);
  }

  accept(pupil: string): void {
    this.accepted += 1;
    const entry = this.#entries.get(pupil);
    if (entry !== undefined) entry.isAccepted = true;
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
      this.arrived += 1;
      this.longest = Math.max(this.longest, Date.now() - entry.sentAt);
    }
    entry?.raised.add(signal);
  }

  /** Whether the last report about a pupil was accepted and has arrived. */
  isDone(pupil: string): boolean {
    const entry = this.#entries.get(pupil);
    return entry?.isAccepted === true && entry.raised.size > 0;
  }

  get lost(): string[] {
    return [...this.#entries]
      .filter(([, { isAccepted, raised }]) => isAccepted && raised.size === 0)
      .map(([pupil]) => pupil);
  }

  note(what: string): void {
    this.#history.push(`${new Date().toISOString()} ${what}`);
  }

  /** What was accepted, seen and broken, in its order. */
  get history(): string {
    return `${this.#history.join("\n")}\n`;
  }
}
