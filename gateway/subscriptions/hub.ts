import type { Clock } from "../../plumbing/clock.ts";
import type { Cursor, LiveOperation, Reader } from "./live-operation.ts";
import { Stream, type StreamHost } from "./stream.ts";
import { type Timing, usualTiming } from "./timing.ts";

/** How often streams forget what has become too old, in milliseconds. */
const sweepEvery = 10_000;

/** Lets those who ask the same under the same rights read the same streams. */
export class Hub {
  readonly #families = new Map<string, Family>();
  readonly #clock: Clock;
  readonly #timing: Timing;
  #sweep: NodeJS.Timeout | undefined;

  constructor(clock: Clock, timing: Timing = usualTiming) {
    this.#clock = clock;
    this.#timing = timing;
  }

  /** From now on, the reader is told of events. It leaves by its stream. */
  join(operation: LiveOperation, reader: Reader): void {
    let family = this.#families.get(operation.key);
    if (family === undefined) {
      family = new Family(this.#clock, this.#timing, () => this.#forget(operation.key));
      this.#families.set(operation.key, family);
      this.#sweep ??= setInterval(() => this.#forgetOld(), sweepEvery).unref();
    }
    family.join(operation, reader);
  }

  #forget(key: string): void {
    this.#families.delete(key);
    if (this.#families.size > 0) return;
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }

  #forgetOld(): void {
    const now = this.#clock.now().getTime();
    for (const family of this.#families.values()) family.forgetOld(now);
  }
}

/**
 * The streams of one operation. Who comes without a cursor reads the live one. Who comes with a cursor
 * is given what streams have kept, or begins a stream of its own there. When two streams come to the same event,
 * the later one's readers go over to the other: what follows an event is the same in both.
 */
class Family implements StreamHost {
  readonly clock: Clock;
  readonly timing: Timing;
  readonly #onEmpty: () => void;
  readonly #streams = new Set<Stream>();
  /** Which stream keeps what follows a cursor. */
  readonly #places = new Map<Cursor, Stream>();
  #live: Stream | undefined;

  constructor(clock: Clock, timing: Timing, onEmpty: () => void) {
    this.clock = clock;
    this.timing = timing;
    this.#onEmpty = onEmpty;
  }

  join(operation: LiveOperation, reader: Reader): void {
    const { start } = operation;
    if (start === undefined) {
      if (this.#live !== undefined) this.#live.add(reader);
      else this.#live = this.#begin(operation, reader);
      return;
    }
    this.forgetOld(this.clock.now().getTime());
    const stream = this.#places.get(start);
    const missed = stream?.recent.after(start);
    if (stream !== undefined && missed !== undefined) {
      stream.add(reader);
      for (const message of missed) reader.deliver(message);
    } else {
      this.#places.set(start, this.#begin(operation, reader));
    }
  }

  forgetOld(now: number): void {
    for (const stream of this.#streams) stream.recent.forget(now);
  }

  onEvent(stream: Stream, cursor: Cursor): Stream | undefined {
    const other = this.#places.get(cursor);
    if (other === undefined || other === stream) {
      this.#places.set(cursor, stream);
      return undefined;
    }
    if (this.#live === stream) this.#live = other;
    return other;
  }

  onForget(stream: Stream, cursor: Cursor): void {
    if (this.#places.get(cursor) === stream) this.#places.delete(cursor);
  }

  onEnd(stream: Stream): void {
    this.#streams.delete(stream);
    if (this.#live === stream) this.#live = undefined;
    if (this.#streams.size === 0) this.#onEmpty();
  }

  #begin(operation: LiveOperation, reader: Reader): Stream {
    const stream = new Stream(operation, reader, this);
    this.#streams.add(stream);
    void stream.run();
    return stream;
  }
}
