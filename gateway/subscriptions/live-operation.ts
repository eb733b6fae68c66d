import type { AnswerText } from "../execution/printed.ts";
import type { Caller } from "../upstream/port.ts";

/** A place in a stream of events, as a subgraph says it. */
export type Cursor = string | number;

/** A subscription that has been admitted and planned, for one caller, but not begun. */
export interface LiveOperation {
  /**
   * Equal where the answers are: the same document, variables and rights. The cursor to begin
   * after is left out of it, where the operation can be resumed.
   */
  readonly key: string;
  /** Whether events have cursors, and the operation can be begun after one. */
  readonly isResumable: boolean;
  /** The cursor that the caller wants to begin after. */
  readonly start: Cursor | undefined;
  /**
   * Asks for the cursor of what has happened last; undefined where the subgraph does not tell it. Settles with undefined
   * where nothing has happened yet. Never rejects.
   */
  readonly last?: ((caller: Caller) => Promise<Cursor | undefined>) | undefined;
  /** Subscribes at the subgraph. Throws a Fault where the stream breaks. */
  events(after: Cursor | undefined, caller: Caller): AsyncIterable<unknown>;
  cursorOf(event: unknown): Cursor | undefined;
  /** Enriches one event, on behalf of a caller. Never rejects. */
  answer(event: unknown, caller: Caller): Promise<AnswerText>;
}

/** One who is told of events. The hub knows nothing of sockets. */
export interface Reader {
  readonly caller: Caller;
  /** The stream that it reads at the moment; set by the streams. */
  stream: ReadStream | undefined;
  deliver(message: Message): void;
  /** Nothing follows. @param error why; undefined where the subgraph had no more to tell. */
  finish(error?: unknown): void;
}

export interface ReadStream {
  remove(reader: Reader): void;
}

/**
 * Messages are filled up with blanks to a multiple of so many bytes, so that whoever sees encrypted frames go by does not
 * tell one event from another by its length. JSON may end in blanks (RFC 8259).
 */
const block = 1024;

/** An answer as text, made once for all who read it. */
export class Message {
  /** Of the bytes that are kept of it. */
  readonly size: number;
  readonly #payload: Buffer;
  #last: { readonly id: string; readonly bytes: Buffer } | undefined;

  constructor(answer: string) {
    this.#payload = Buffer.from(`,"type":"next","payload":${answer}}`);
    this.size = this.#payload.length;
  }

  /** The message of graphql-transport-ws to the operation of this id. Who has the same id gets the same bytes. */
  for(id: string): Buffer {
    if (this.#last?.id === id) return this.#last.bytes;
    const head = `{"id":${JSON.stringify(id)}`;
    const headLength = Buffer.byteLength(head);
    const bytes = Buffer.alloc(Math.ceil((headLength + this.size) / block) * block, " ");
    bytes.write(head);
    this.#payload.copy(bytes, headLength);
    this.#last = { id, bytes };
    return bytes;
  }
}
