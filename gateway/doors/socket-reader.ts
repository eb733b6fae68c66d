import type { DoorSocket } from "../../plumbing/door-socket.ts";
import type { Message, Reader, ReadStream } from "../subscriptions/live-operation.ts";
import type { Caller } from "../upstream/port.ts";

/** Is told of each event that goes out to a client. */
export interface DeliveryCounts {
  told(): void;
}

/** Who reads, and where. */
export interface Reading {
  readonly caller: Caller;
  readonly socket: DoorSocket;
  /** Of the operation, as the client chose it. */
  readonly id: string;
  /** Is called when nothing more is read, once or more often. */
  readonly onEnd: () => void;
  readonly counts?: DeliveryCounts | undefined;
}

/**
 * One subscription of a client. To graphql-ws it is a stream without events that ends when the subscription
 * does: the events go past it, as bytes that were made once for all readers.
 */
export class SocketReader implements Reader, AsyncGenerator<never, void, void> {
  readonly caller: Caller;
  stream: ReadStream | undefined;
  readonly #socket: DoorSocket;
  readonly #id: string;
  readonly #onEnd: () => void;
  readonly #counts: DeliveryCounts | undefined;
  readonly #ended = Promise.withResolvers<IteratorReturnResult<void>>();

  constructor({ caller, socket, id, onEnd, counts }: Reading) {
    this.caller = caller;
    this.#socket = socket;
    this.#id = id;
    this.#onEnd = onEnd;
    this.#counts = counts;
  }

  deliver(message: Message): void {
    if (!this.#isOpen()) return;
    void this.#socket.send(message.for(this.#id));
    // Who was too slow for it has been closed, and has not been told.
    if (this.#isOpen()) this.#counts?.told();
  }

  finish(error?: unknown): void {
    this.#onEnd();
    if (error === undefined) this.#ended.resolve(done);
    else this.#ended.reject(error);
  }

  next(): Promise<IteratorReturnResult<void>> {
    return this.#ended.promise;
  }

  async return(): Promise<IteratorReturnResult<void>> {
    this.stream?.remove(this);
    this.finish();
    return done;
  }

  async throw(error: unknown): Promise<never> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }
}

const done: IteratorReturnResult<void> = { done: true, value: undefined };
