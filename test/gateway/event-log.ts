import type { Cursor, LiveOperation, Message, Reader, ReadStream } from "../../gateway/subscriptions/live-operation.ts";
import { EventQueue } from "../../gateway/upstream/event-queue.ts";
import type { Caller } from "../../gateway/upstream/port.ts";
import { Fault } from "../../plumbing/faults.ts";

/** One opening of a stream at the subgraph of these tests. */
export interface Opening {
  readonly after: Cursor | undefined;
  readonly caller: Caller;
}

/** What comes of an event whose database is gone when it is to be read. */
const unread = { data: null, errors: [{ extensions: { code: "INTERNAL_SERVER_ERROR" } }] };

/** A subgraph that has numbered its events from 1, and tells them to whom it may concern, as often as it is lost. */
export class EventLog {
  readonly openings: Opening[] = [];
  length = 0;
  isDown = false;
  /** How often an event comes with an error in its place. */
  unreadable = 0;
  /** Whether it tells which event was the last. */
  tellsLast = false;
  /** How many events a stream that is opened after a cursor leaves out: a fault for tests to find. */
  skips = 0;
  readonly #limit: number;
  readonly #queues = new Set<EventQueue<unknown>>();
  #opened = Promise.withResolvers<void>();

  /** @param limit how many events wait for one stream. */
  constructor(limit = 256) {
    this.#limit = limit;
  }

  get listeners(): number {
    return this.#queues.size;
  }

  happen(): void {
    this.length += 1;
    for (const queue of this.#queues) this.#push(queue, this.length);
  }

  lose(error: Error = new Fault("SUBGRAPH_UNAVAILABLE")): void {
    for (const queue of this.#queues) queue.end(error);
    this.#queues.clear();
  }

  /** Settles when so many streams have been opened, from the first on. */
  async opened(count: number): Promise<void> {
    while (this.openings.length < count) await this.#opened.promise;
  }

  /** @param turns how many turns of the event loop it takes to enrich an event. */
  operation(start?: number, turns: () => number = () => 0): LiveOperation {
    return {
      key: "one",
      isResumable: true,
      start,
      last: this.tellsLast ? async () => this.length : undefined,
      events: (after, caller) => this.#open(after, caller),
      cursorOf: (event) => (typeof event === "number" ? event : undefined),
      answer: async (event) => {
        for (let turn = turns(); turn > 0; turn -= 1) await nextTurn();
        return {
          text: JSON.stringify({ data: { event: typeof event === "number" ? event : null } }),
          ok: true,
          errors: [],
        };
      },
    };
  }

  #open(after: Cursor | undefined, caller: Caller): AsyncIterable<unknown> {
    this.openings.push({ after, caller });
    this.#opened.resolve();
    this.#opened = Promise.withResolvers();
    const queue = new EventQueue<unknown>({ events: this.#limit, characters: 1_000_000 }, () =>
      this.#queues.delete(queue),
    );
    if (this.isDown) {
      queue.end(new Fault("SUBGRAPH_UNAVAILABLE"));
      return queue;
    }
    this.#queues.add(queue);
    const begin = after === undefined ? this.length : Number(after) + this.skips;
    for (let event = begin + 1; event <= this.length; event += 1) this.#push(queue, event);
    return queue;
  }

  #push(queue: EventQueue<unknown>, event: number): void {
    const isReadable = this.unreadable === 0;
    if (!isReadable) this.unreadable -= 1;
    if (queue.push(isReadable ? event : unread)) return;
    this.#queues.delete(queue);
    queue.end(new Fault("SLOW_CONSUMER"));
  }
}

/** A reader that notes what it is told. */
export class NotingReader implements Reader {
  readonly caller: Caller;
  stream: ReadStream | undefined;
  /** Null stands for an error. */
  readonly events: (number | null)[] = [];
  readonly ended = Promise.withResolvers<unknown>();
  isEnded = false;
  #told = Promise.withResolvers<void>();

  constructor(caller: Caller) {
    this.caller = caller;
  }

  deliver(message: Message): void {
    const { payload } = JSON.parse(message.for("x").toString()) as {
      payload: { data: { event: number | null } };
    };
    this.events.push(payload.data.event);
    this.#told.resolve();
    this.#told = Promise.withResolvers();
  }

  finish(error?: unknown): void {
    this.isEnded = true;
    this.ended.resolve(error);
    this.#told.resolve();
  }

  /** Settles when it has been told this event, or everything has ended. */
  async has(event: number): Promise<void> {
    while (!this.isEnded && !this.events.includes(event)) await this.#told.promise;
  }

  leave(): void {
    this.stream?.remove(this);
  }
}

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
