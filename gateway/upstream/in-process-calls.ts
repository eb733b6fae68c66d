import type { Post } from "../../plumbing/http.ts";
import { CallFailed, type TextAnswer, type Transport } from "./text-calls.ts";

/** Calls a subgraph of the same process: what it is sent and what it answers is the same as over the network. */
export class InProcessCalls implements Transport {
  readonly #post: Post;

  constructor(post: Post) {
    this.#post = post;
  }

  post(body: string, headers: Readonly<Record<string, string>>, within: number): Promise<TextAnswer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new CallFailed(false)), within);
      this.#post(headers, body)
        // It only refuses what it has not begun.
        .then(resolve, () => reject(new CallFailed(true)))
        .finally(() => clearTimeout(timer));
    });
  }

  async close(): Promise<void> {}
}
