import type { Clock } from "../../plumbing/clock.ts";
import { codeOf, Fault } from "../../plumbing/faults.ts";
import { isJsonObject, own } from "../execution/json.ts";
import type { Caller } from "../upstream/port.ts";
import { type Cursor, type LiveOperation, Message, type Reader, type ReadStream } from "./live-operation.ts";
import { RecentEvents } from "./recent-events.ts";
import { Alarm, Attempts, type Timing } from "./timing.ts";

/** What a stream needs of those around it. */
export interface StreamHost {
  readonly clock: Clock;
  readonly timing: Timing;
  /** A stream has come to an event. @returns another that has come to it before, to whom its readers go. */
  onEvent(stream: Stream, cursor: Cursor): Stream | undefined;
  onForget(stream: Stream, cursor: Cursor): void;
  onEnd(stream: Stream): void;
}

/**
 * One upstream operation and all who read it. Each event is enriched once, made to text once, and sent to
 * all. What the subgraph loses is resumed from the last cursor, which the stream asks for by itself.
 */
export class Stream implements ReadStream {
  readonly recent: RecentEvents;
  readonly #operation: LiveOperation;
  readonly #host: StreamHost;
  readonly #readers = new Set<Reader>();
  readonly #attempts: Attempts;
  readonly #wait = new Alarm();
  readonly #renewal = new Alarm();
  /** The last event that has been told, or where the stream began. */
  #cursor: Cursor | undefined;
  /** On whose behalf the upstream operation runs. */
  #carrier: Caller;
  #upstream: AsyncIterator<unknown> | undefined;
  /** What follows the upstream operation, where it has begun already. */
  #successor: { readonly carrier: Caller; readonly events: AsyncIterator<unknown> } | undefined;
  #isRenewing = false;
  /** Whether an event has been told: a refusal is from then on of one event, and no more of the subscription. */
  #hasTold = false;
  #hasEnded = false;

  constructor(operation: LiveOperation, first: Reader, host: StreamHost) {
    this.#operation = operation;
    this.#host = host;
    this.#carrier = first.caller;
    this.#cursor = operation.start;
    this.#attempts = new Attempts(host.timing);
    this.recent = new RecentEvents((cursor) => host.onForget(this, cursor));
    if (operation.start !== undefined) this.recent.push(operation.start, undefined, this.#now());
    this.add(first);
  }

  /** Opens the stream at the subgraph, and settles when it has ended. Never rejects. */
  async run(): Promise<void> {
    const { last } = this.#operation;
    if (this.#cursor === undefined && last !== undefined) await this.#beginAfter(last);
    while (!this.#hasEnded) {
      try {
        await this.#follow(this.#open());
        if (this.#mayGoOn()) continue;
        this.end();
      } catch (error) {
        if (!(await this.#isRepaired(error))) this.end(error);
      }
    }
  }

  add(reader: Reader): void {
    reader.stream = this;
    this.#readers.add(reader);
    if (reader.caller.until > this.#carrier.until && this.#successor === undefined) this.#planRenewal();
  }

  /** Takes in the readers of another stream that has come to the same event. */
  adopt(readers: Iterable<Reader>, missed: readonly Message[]): void {
    for (const reader of readers) {
      for (const message of missed) reader.deliver(message);
      // Whom the missed messages were too much for has left by now.
      if (reader.stream !== undefined) this.add(reader);
    }
  }

  remove(reader: Reader): void {
    reader.stream = undefined;
    this.#readers.delete(reader);
    if (this.#readers.size === 0) this.end();
  }

  end(error?: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#renewal.clear();
    this.#wait.hasten();
    leave(this.#upstream);
    leave(this.#successor?.events);
    this.recent.breakOff();
    this.#host.onEnd(this);
    for (const reader of this.#readers) {
      reader.stream = undefined;
      reader.finish(error);
    }
    this.#readers.clear();
  }

  /**
   * Where no reader says where to begin, it is after what has happened last. That is asked before the upstream operation
   * begins, and given to it: so nothing falls in between, and it can be resumed before anything more has happened.
   */
  async #beginAfter(last: (caller: Caller) => Promise<Cursor | undefined>): Promise<void> {
    const cursor = await last(this.#carrier);
    if (cursor === undefined || this.#hasEnded) return;
    this.#cursor = cursor;
    this.recent.push(cursor, undefined, this.#now());
    this.#meet(cursor);
  }

  #open(): AsyncIterator<unknown> {
    this.#isRenewing = false;
    this.#attempts.begin();
    const successor = this.#successor;
    this.#successor = undefined;
    this.#carrier = successor?.carrier ?? this.#bestCaller();
    this.#planRenewal();
    this.#upstream = successor?.events ?? this.#events(this.#carrier);
    return this.#upstream;
  }

  #events(carrier: Caller): AsyncIterator<unknown> {
    return this.#operation.events(this.#cursor, carrier)[Symbol.asyncIterator]();
  }

  async #follow(upstream: AsyncIterator<unknown>): Promise<void> {
    for (;;) {
      const { done, value } = await upstream.next();
      if (done || this.#hasEnded || this.#isRenewing) return;
      if ((this.#attempts.isRepairing || this.#canAskAgain()) && isPassingRefusal(value)) {
        leave(upstream);
        throw new Fault("SUBGRAPH_UNAVAILABLE");
      }
      this.#attempts.succeeded();
      await this.#take(value);
      if (this.#successor !== undefined && this.#cursor !== undefined) this.#renew();
    }
  }

  /** Whether an event that the subgraph cannot read now comes again, where the stream is resumed. */
  #canAskAgain(): boolean {
    return this.#hasTold && this.#operation.isResumable;
  }

  async #take(event: unknown): Promise<void> {
    const cursor = this.#operation.cursorOf(event);
    if (cursor !== undefined && this.recent.has(cursor)) return;
    const { text } = await this.#operation.answer(event, this.#bestCaller());
    const message = new Message(text);
    if (this.#hasEnded) return;
    if (cursor === undefined) this.recent.breakOff();
    else {
      this.#cursor = cursor;
      this.#hasTold = true;
      this.recent.push(cursor, message, this.#now());
    }
    this.#tell(message);
    if (cursor !== undefined) this.#meet(cursor);
  }

  /** The readers go over to another stream that is at this cursor, if there is one, or past it. */
  #meet(cursor: Cursor): void {
    const other = this.#host.onEvent(this, cursor);
    const missed = other?.recent.after(cursor);
    if (other === undefined || missed === undefined || this.#hasEnded) return;
    other.adopt(this.#readers, missed);
    this.#readers.clear();
    this.end();
  }

  #tell(message: Message): void {
    const now = this.#now() / 1000;
    // A right that has ended closes its socket by a timer, which may be late.
    for (const reader of this.#readers) if (reader.caller.until > now) reader.deliver(message);
  }

  /** @returns true where the stream goes on, after a wait, from the last cursor. */
  async #isRepaired(error: unknown): Promise<boolean> {
    if (this.#hasEnded) return true;
    if (this.#successor !== undefined) return true;
    const code = codeOf(error);
    if (!this.#operation.isResumable || this.#cursor === undefined) return false;
    // What waited for us was too much: the rest is asked for again, by when it is wanted.
    if (code === "SLOW_CONSUMER") return true;
    if (code !== "SUBGRAPH_UNAVAILABLE") return false;
    const wait = this.#attempts.failed();
    if (wait === undefined) return false;
    await new Promise<void>((resolve) => this.#wait.set(wait, resolve));
    return true;
  }

  /** Whether the stream goes on though its upstream operation has come to an end. */
  #mayGoOn(): boolean {
    if (this.#hasEnded || this.#isRenewing || this.#successor !== undefined) return true;
    // A subgraph ends what runs under a right that has ended, but others may still have theirs.
    const hasExpired = this.#carrier.until <= this.#now() / 1000 + 1;
    return hasExpired && this.#cursor !== undefined && this.#bestCaller().until > this.#carrier.until;
  }

  #planRenewal(): void {
    if (!this.#operation.isResumable) return;
    const left = this.#carrier.until * 1000 - this.#now();
    this.#renewal.set(Math.max(0, left - this.#host.timing.renewBefore), () => this.#renew());
  }

  /**
   * The right that carries the upstream operation is about to end. Where another reader's lasts longer, it
   * takes its place: from the last cursor, or beside the old one where no event has shown a cursor yet.
   */
  #renew(): void {
    if (this.#cursor !== undefined) {
      leave(this.#successor?.events);
      this.#successor = undefined;
      if (this.#bestCaller().until <= this.#carrier.until) return;
      this.#isRenewing = true;
      leave(this.#upstream);
      return;
    }
    const carrier = this.#bestCaller();
    if (carrier.until <= this.#carrier.until || this.#successor !== undefined) return;
    this.#successor = { carrier, events: this.#events(carrier) };
    this.#renewal.set(this.#carrier.until * 1000 - this.#now(), () => leave(this.#upstream));
  }

  /** The reader whose right lasts longest: nobody who has left is named to a subgraph. */
  #bestCaller(): Caller {
    let best: Caller | undefined;
    for (const { caller } of this.#readers) if (best === undefined || caller.until > best.until) best = caller;
    return best ?? this.#carrier;
  }

  #now(): number {
    return this.#host.clock.now().getTime();
  }
}

/** Codes of a subgraph that is not quite there yet. */
const passing = new Set(["SUBGRAPH_UNAVAILABLE", "SUBGRAPH_ERROR", "INTERNAL_SERVER_ERROR"]);

function isPassingRefusal(event: unknown): boolean {
  if (!isJsonObject(event) || isJsonObject(own(event, "data"))) return false;
  const errors = own(event, "errors");
  return !Array.isArray(errors) || passing.has(codeOf(errors[0]));
}

function leave(events: AsyncIterator<unknown> | undefined): void {
  // A stream that is left is not listened to any more, whatever it says to that.
  events?.return?.().catch(() => undefined);
}
