import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

/** A process of the bench that answers one question at a time. */
export class Worker implements AsyncDisposable {
  readonly #child: ChildProcess;

  constructor(file: string, nodeOptions: readonly string[] = []) {
    this.#child = fork(resolve(import.meta.dirname, file), {
      execArgv: ["--enable-source-maps", ...nodeOptions],
      env: {},
    });
  }

  async ask<T>(question: object): Promise<T> {
    const ended = new AbortController();
    const answer = once(this.#child, "message", { signal: ended.signal });
    const exit = once(this.#child, "exit", { signal: ended.signal }).then(([code]) => {
      throw new Error(`A process of the bench ended with ${code}`);
    });
    this.#child.send(question);
    try {
      const [message] = await Promise.race([answer, exit]);
      return message as T;
    } finally {
      ended.abort();
      await Promise.allSettled([answer, exit]);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exit = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await exit;
  }
}

/** Answers the questions of the process that started this one. */
export function answerParent(answers: Record<string, (question: never) => unknown>): void {
  process.on("disconnect", () => process.exit());
  process.on("message", async (question: { readonly ask: string }) => {
    process.send?.((await answers[question.ask]?.(question as never)) ?? {});
  });
}

/** Now, in milliseconds of a clock that all processes of this machine share. */
export function sharedNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
