/** What may wait in a queue. */
export interface QueueLimits {
  readonly events: number;
  /** The characters of all of them as JSON. */
  readonly characters: number;
}

/**
 * Events between a source that pushes and a reader that pulls. What waits is bounded:
 * past a limit the reader gets no more events, but the error that it was too slow.
 */
export class EventQueue<T> implements AsyncIterableIterator<T, undefined> {
  readonly #limits: QueueLimits;
  readonly #onReturn: () => void;
  readonly #waiting: { readonly event: T; readonly characters: number }[] = [];
  #characters = 0;
  #reader: PromiseWithResolvers<IteratorResult<T, undefined>> | undefined;
  #end: { readonly error: unknown } | undefined;

  /** @param onReturn is called when the reader leaves. */
  constructor(limits: QueueLimits, onReturn: () => void) {
    this.#limits = limits;
    this.#onReturn = onReturn;
  }

  /** @returns false where the event could not be taken: the reader is too slow, or has left. */
  push(event: T): boolean {
    if (this.#end !== undefined) return false;
    if (this.#reader !== undefined) {
      this.#reader.resolve({ done: false, value: event });
      this.#reader = undefined;
      return true;
    }
    // Only of what has to wait, which is little as a rule, is it worked out how large it is.
    const characters = JSON.stringify(event).length;
    const { events: most, characters: mostCharacters } = this.#limits;
    if (this.#waiting.length >= most || this.#characters + characters > mostCharacters) return false;
    this.#waiting.push({ event, characters });
    this.#characters += characters;
    return true;
  }

  /** No event follows; what waits is still read, and then the error, if there is one. */
  end(error?: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = { error };
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader === undefined) return;
    if (error === undefined) reader.resolve(done);
    else reader.reject(error);
    this.#end = { error: undefined };
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    const first = this.#waiting.shift();
    if (first !== undefined) {
      this.#characters -= first.characters;
      return { done: false, value: first.event };
    }
    if (this.#end !== undefined) {
      const { error } = this.#end;
      this.#end = { error: undefined };
      if (error !== undefined) throw error;
      return done;
    }
    this.#reader = Promise.withResolvers();
    return this.#reader.promise;
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#waiting.length = 0;
    this.end();
    this.#onReturn();
    return done;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };
