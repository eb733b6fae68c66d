/** Counts those who work with something that is to end after the last of them. */
export class Leases {
  #count = 0;
  #isClosed = false;
  readonly #returned = Promise.withResolvers<void>();

  /** @returns what gives the lease back; to call it again does nothing. */
  take(): () => void {
    this.#count += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#count -= 1;
      this.#settle();
    };
  }

  /** Settles once all have been given back. From now on, none is to be taken. */
  allReturned(): Promise<void> {
    this.#isClosed = true;
    this.#settle();
    return this.#returned.promise;
  }

  #settle(): void {
    if (this.#isClosed && this.#count === 0) this.#returned.resolve();
  }
}
