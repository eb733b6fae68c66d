import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../../system/root.ts";

/** `npm start` as a process of its own, with its files in a folder of its own. */
export class StartedSystem implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #lines: string[] = [];
  readonly #ended: Promise<number | null>;
  readonly #ready = Promise.withResolvers<void>();

  constructor(folder: string) {
    const bootstrap = join(root, "system", "bootstrap.mjs");
    this.#process = spawn(process.execPath, [bootstrap, "start", "--folder", folder], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (stream) createInterface(stream).on("line", (line) => this.#hear(line));
    }
    this.#ended = once(this.#process, "close").then(([code]) => code as number | null);
    void this.#ended.then(() => this.#ready.reject(new Error(`The system ended:\n${this.output}`)));
    this.#ready.promise.catch(() => undefined);
  }

  /** Everything that it said, on both outputs. */
  get output(): string {
    return this.#lines.join("\n");
  }

  /** Resolves once the system says that it is ready. */
  ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** @returns the exit code; null where a signal ended it */
  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal !== undefined) this.#process.kill(signal);
    return this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.end("SIGINT");
  }

  #hear(line: string): void {
    this.#lines.push(line);
    if (line.startsWith("Ready in ")) this.#ready.resolve();
  }
}
