import { type Dispatcher, Pool } from "undici";
import type { ClientTls } from "../../plumbing/tls.ts";
import type { Deadline, DeadlineQueue } from "./deadline-queue.ts";

/** The largest answer that is read from a subgraph, in bytes. */
const answerLimit = 64 * 1024 * 1024;

/** Connections to one subgraph, kept alive. */
const connections = 128;

/** A call that got no answer. */
export class CallFailed extends Error {
  /** Whether the connection was lost before any of the answer came. */
  readonly isLost: boolean;

  constructor(isLost: boolean) {
    super(isLost ? "The connection was lost" : "No answer came");
    this.name = "CallFailed";
    this.isLost = isLost;
  }
}

export interface TextAnswer {
  readonly status: number;
  readonly text: string;
}

/** A way to one subgraph. */
export interface Transport {
  /**
   * @param until when it has taken too long, in milliseconds of `performance.now()`.
   * @throws CallFailed
   */
  post(body: string, headers: Readonly<Record<string, string>>, until: number): Promise<TextAnswer>;
  close(): Promise<void>;
}

/** Posts text to one address and collects the answer as text, without a stream or a signal in between. */
export class TextCalls implements Transport {
  readonly #deadlines: DeadlineQueue;
  readonly #pool: Pool;
  readonly #path: string;

  constructor(url: URL, deadlines: DeadlineQueue, tls?: ClientTls) {
    this.#deadlines = deadlines;
    // The one deadline is that of the call as a whole.
    const noDeadlines = { headersTimeout: 0, bodyTimeout: 0 };
    const way = tls && { connect: tls };
    this.#pool = new Pool(url.origin, { connections, maxResponseSize: answerLimit, ...noDeadlines, ...way });
    this.#path = url.pathname + url.search;
  }

  post(body: string, headers: Readonly<Record<string, string>>, until: number): Promise<TextAnswer> {
    return new Promise((resolve, reject) => {
      const collector = new Collector(resolve, reject, (onPassed) => this.#deadlines.set(until, onPassed));
      this.#pool.dispatch({ path: this.#path, method: "POST", headers, body }, collector);
    });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/**
 * Takes one answer. Of the two forms in which undici takes a handler this is the older: it leaves the headers as they
 * came, of which we read none, where the newer makes an object of them for each answer.
 */
class Collector implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: TextAnswer) => void;
  readonly #reject: (error: CallFailed) => void;
  readonly #deadline: Deadline;
  readonly #chunks: Buffer[] = [];
  #abort: ((reason: Error) => void) | undefined;
  #status = 0;
  #isLate = false;

  constructor(
    resolve: (answer: TextAnswer) => void,
    reject: (error: CallFailed) => void,
    bound: (onPassed: () => void) => Deadline,
  ) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#deadline = bound(() => {
      this.#isLate = true;
      this.#abort?.(new CallFailed(false));
      this.#reject(new CallFailed(false));
    });
  }

  onConnect(abort: (reason?: Error) => void): void {
    this.#abort = abort;
    // It has waited for a free connection until it was too late.
    if (this.#isLate) abort(new CallFailed(false));
  }

  onHeaders(status: number): boolean {
    this.#status = status;
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#chunks.push(chunk);
    return true;
  }

  onComplete(): void {
    this.#deadline.lift();
    const [only] = this.#chunks;
    const body = only !== undefined && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, text: body.toString("utf8") });
  }

  onError(): void {
    this.#deadline.lift();
    this.#reject(new CallFailed(this.#status === 0 && !this.#isLate));
  }
}
