import type { Cursor, Message } from "./live-operation.ts";

/** How much of its last events a stream keeps for those who come back: number, bytes, milliseconds. */
export const kept = { events: 32, bytes: 256 * 1024, age: 30_000 } as const;

interface Entry {
  readonly cursor: Cursor;
  /** Undefined for the place where the stream itself began. */
  readonly message: Message | undefined;
  readonly at: number;
}

/**
 * The last events of a stream, in order. Who has had one of them can be given those that follow.
 * The first entry serves as a place only, so it is kept until what follows it is too old.
 */
export class RecentEvents {
  readonly #entries: Entry[] = [];
  readonly #onForget: (cursor: Cursor) => void;
  #bytes = 0;

  constructor(onForget: (cursor: Cursor) => void) {
    this.#onForget = onForget;
  }

  has(cursor: Cursor): boolean {
    return this.#entries.some((entry) => entry.cursor === cursor);
  }

  /** @returns undefined where the place is not known any more. */
  after(cursor: Cursor): readonly Message[] | undefined {
    const place = this.#entries.findLastIndex((entry) => entry.cursor === cursor);
    return place < 0 ? undefined : this.#entries.slice(place + 1).flatMap(({ message }) => message ?? []);
  }

  push(cursor: Cursor, message: Message | undefined, now: number): void {
    this.#entries.push({ cursor, message, at: now });
    this.#bytes += message?.size ?? 0;
    this.forget(now);
  }

  /** An event without a cursor: nobody can be given what follows an earlier one, for this would be left out. */
  breakOff(): void {
    for (const { cursor } of this.#entries.splice(0)) this.#onForget(cursor);
    this.#bytes = 0;
  }

  /** Forgets what has become too old or too much. */
  forget(now: number): void {
    for (;;) {
      const [first, second] = this.#entries;
      if (first === undefined || second === undefined) return;
      const isTooMuch = this.#entries.length > kept.events || this.#bytes > kept.bytes;
      if (!isTooMuch && now - second.at < kept.age) return;
      this.#entries.shift();
      this.#bytes -= first.message?.size ?? 0;
      this.#onForget(first.cursor);
    }
  }
}
