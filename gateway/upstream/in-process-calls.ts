import type { Post } from "../../plumbing/http.ts";
import type { DeadlineQueue } from "./deadline-queue.ts";
import { CallFailed, type TextAnswer, type Transport } from "./text-calls.ts";

/** Calls a subgraph of the same process: what it is sent and what it answers is the same as over the network. */
export class InProcessCalls implements Transport {
  readonly #post: Post;
  readonly #deadlines: DeadlineQueue;

  constructor(post: Post, deadlines: DeadlineQueue) {
    this.#post = post;
    this.#deadlines = deadlines;
  }

  post(body: string, headers: Readonly<Record<string, string>>, until: number): Promise<TextAnswer> {
    return new Promise((resolve, reject) => {
      const deadline = this.#deadlines.set(until, () => reject(new CallFailed(false)));
      this.#post(headers, body)
        // It only refuses what it has not begun.
        .then(resolve, () => reject(new CallFailed(true)))
        .finally(() => deadline.lift());
    });
  }

  async close(): Promise<void> {}
}
