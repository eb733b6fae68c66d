import type { KnownPupil } from "../world/pupils.ts";

/** A pupil about whom a report is under way. */
interface Busy {
  readonly pupil: KnownPupil;
  isAccepted: boolean;
  /** The signal that was seen. */
  signal: string | undefined;
}

/**
 * The pupils who can be reported: each again only once the signal of the last report was seen and confirmed, for until
 * then another report is the same signal to a school.
 */
export class PupilPool {
  readonly #free: KnownPupil[];
  readonly #busy = new Map<string, Busy>();
  readonly #onSeen: (signal: string, pupil: KnownPupil) => void;

  /** @param onSeen is told once of each report that was accepted and whose signal was seen. */
  constructor(pupils: readonly KnownPupil[], onSeen: (signal: string, pupil: KnownPupil) => void) {
    this.#free = [...pupils];
    this.#onSeen = onSeen;
  }

  /** @returns up to so many; none where all are busy. */
  take(count: number): KnownPupil[] {
    const taken = this.#free.splice(0, count);
    for (const pupil of taken) this.#busy.set(pupil.displayName, { pupil, isAccepted: false, signal: undefined });
    return taken;
  }

  accept({ displayName }: KnownPupil): void {
    const busy = this.#busy.get(displayName);
    if (busy === undefined) return;
    busy.isAccepted = true;
    this.#tell(busy);
  }

  see(displayName: string, signal: string): void {
    const busy = this.#busy.get(displayName);
    if (busy === undefined || busy.signal !== undefined) return;
    busy.signal = signal;
    this.#tell(busy);
  }

  /** Can be reported again. */
  give(pupil: KnownPupil): void {
    if (this.#busy.delete(pupil.displayName)) this.#free.push(pupil);
  }

  #tell({ pupil, isAccepted, signal }: Busy): void {
    if (isAccepted && signal !== undefined) this.#onSeen(signal, pupil);
  }
}
