import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import type { Environment } from "../../plumbing/config.ts";
import { endWithUs } from "../../system/end-with-us.ts";
import { root } from "../../system/root.ts";

/** How long a part may take to be ready, in milliseconds: it may have to wait for others. */
const patience = 60_000;

export interface PartOptions {
  /** `gateway`, or a subgraph's name. */
  readonly part: string;
  readonly port: number;
  readonly environment: Environment;
  /** Is told each line that the process writes. */
  readonly onLine: (line: string) => void;
  /** Arguments of Node itself. */
  readonly nodeOptions?: readonly string[];
}

/** One replica of a part, as a process of its own. */
export class PartProcess implements AsyncDisposable {
  readonly part: string;
  readonly port: number;
  readonly #options: PartOptions;
  #child: ChildProcess | undefined;
  #isWanted = false;
  /** How often it has ended though nobody ended it. */
  crashes = 0;

  constructor(options: PartOptions) {
    this.part = options.part;
    this.port = options.port;
    this.#options = options;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  start(): void {
    const { part, port, environment, onLine, nodeOptions = [] } = this.#options;
    const file = part === "gateway" ? "gateway/main.js" : `subgraphs/${part}/main.js`;
    const child = spawn(process.execPath, [...nodeOptions, "--enable-source-maps", join(root, "dist", file)], {
      env: { PATH: process.env["PATH"], ...environment, PORT: String(port) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", onLine);
    this.#child = child;
    this.#isWanted = true;
    endWithUs(child, "SIGKILL");
    child.once("exit", () => {
      this.#child = undefined;
      if (this.#isWanted) this.crashes += 1;
    });
  }

  /** @throws Error where it ends or takes too long. */
  async ready(): Promise<void> {
    for (const until = Date.now() + patience; Date.now() < until; await pause(25)) {
      if (this.#child === undefined) throw new Error(`The ${this.part} ended while it was starting`);
      const answer = await fetch(`http://127.0.0.1:${this.port}/ready`, { signal: AbortSignal.timeout(2_000) }).catch(
        () => undefined,
      );
      if (answer?.ok) return;
    }
    throw new Error(`The ${this.part} did not get ready`);
  }

  /**
   * @returns once it is gone.
   * @throws Error where it hangs after a SIGTERM, for longer than any supervisor would wait; it is killed then.
   */
  async stop(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#isWanted = false;
    const gone = once(child, "exit").then(() => true);
    child.kill(signal);
    if (await Promise.race([gone, pause(patience, false, { ref: false })])) return;
    child.kill("SIGKILL");
    await gone;
    throw new Error(`The ${this.part} did not end by ${signal}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop("SIGKILL");
  }
}
