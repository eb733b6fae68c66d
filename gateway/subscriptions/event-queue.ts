/**
 * Events between a source that pushes and a reader that pulls. What waits is bounded:
 * past the limit the reader gets no more events, but the error that it was too slow.
 */
export class EventQueue<T> implements AsyncIterableIterator<T, undefined> {
  readonly #limit: number;
  readonly #onReturn: () => void;
  readonly #waiting: T[] = [];
  #reader: PromiseWithResolvers<IteratorResult<T, undefined>> | undefined;
  #end: { readonly error: unknown } | undefined;

  /** @param onReturn is called when the reader leaves. */
  constructor(limit: number, onReturn: () => void) {
    this.#limit = limit;
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
    if (this.#waiting.length >= this.#limit) return false;
    this.#waiting.push(event);
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
    const [event] = this.#waiting.splice(0, 1);
    if (event !== undefined) return { done: false, value: event };
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
