/**
 * Maps a stream of events, one at a time: the next is asked for when the last has been taken.
 * An async generator will not do: its `return` waits for the event under way, which may never come.
 */
export function mapEvents<T, U>(source: AsyncIterable<T>, map: (event: T) => Promise<U>): AsyncGenerator<U, void> {
  const events = source[Symbol.asyncIterator]();
  let ended = false;
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    ended = true;
    await events.return?.();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      if (ended) return { done: true, value: undefined };
      try {
        const { done, value } = await events.next();
        if (!done) return { done: false, value: await map(value) };
      } catch (error) {
        await end();
        throw error;
      }
      ended = true;
      return { done: true, value: undefined };
    },
    return: end,
    async throw(error) {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await end();
    },
  };
}
