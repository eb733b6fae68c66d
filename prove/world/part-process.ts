import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import type { Environment } from "../../plumbing/config.ts";
import { endWithUs } from "../../system/end-with-us.ts";
import { root } from "../../system/root.ts";
import type { FakeClock } from "./fake-clock.ts";

/** How long a part may take to be ready, or to end, in milliseconds: it may have to wait for others, on a busy machine. */
const patience = 300_000;

export interface PartOptions {
  /** `gateway`, or a subgraph's name. */
  readonly part: string;
  /** By which it is told from its other replicas, where it has some. */
  readonly name?: string;
  readonly port: number;
  readonly environment: Environment;
  /** Is told each line that the process writes. */
  readonly onLine: (line: string) => void;
  /** Arguments of Node itself. */
  readonly nodeOptions?: readonly string[];
  /** Where its clock can be set. */
  readonly clock?: FakeClock | undefined;
}

/** An error that nobody caught is written over so many lines, and Node's version after it. */
const keptLines = 40;

/** How often a part that does not get ready is started, as any supervisor would. */
const attempts = 3;

/** One replica of a part, as a process of its own. */
export class PartProcess implements AsyncDisposable {
  readonly part: string;
  readonly name: string;
  readonly port: number;
  /** Undefined where it goes by the true time, always. */
  readonly clock: FakeClock | undefined;
  readonly #options: PartOptions;
  #child: ChildProcess | undefined;
  #isWanted = false;
  #lastLines: readonly string[] = [];
  /** Whether it has been ready since it was started. One that ends before, as its database is away, is started again. */
  #wasReady = false;
  /** Each time that it has ended at work though nobody ended it, by the last lines that it wrote. */
  readonly crashes: string[] = [];

  constructor(options: PartOptions) {
    this.part = options.part;
    this.name = options.name ?? options.part;
    this.port = options.port;
    this.clock = options.clock;
    this.#options = options;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** The last lines that it wrote. */
  get #said(): string {
    return this.#lastLines.join("\n");
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  start(): void {
    const { part, port, environment, onLine, nodeOptions = [] } = this.#options;
    const file = part === "gateway" ? "gateway/main.js" : `subgraphs/${part}/main.js`;
    const child = spawn(process.execPath, [...nodeOptions, "--enable-source-maps", join(root, "dist", file)], {
      env: { ...this.clock?.environment, ...environment, PORT: String(port) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        this.#lastLines = [...this.#lastLines.slice(1 - keptLines), line];
        onLine(line);
      });
    }
    this.#child = child;
    this.#isWanted = true;
    this.#wasReady = false;
    endWithUs(child, "SIGKILL");
    child.once("exit", () => {
      this.#child = undefined;
      if (this.#isWanted && this.#wasReady) this.crashes.push(this.#said);
    });
  }

  /**
   * Starts it where it does not run, until it is ready.
   * @throws Error where it is not after some attempts.
   */
  async restart(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      if (!this.isRunning) this.start();
      try {
        return await this.ready();
      } catch (error) {
        await this.stop("SIGKILL");
        if (attempt === attempts) throw error;
      }
    }
  }

  /** @throws Error where it ends or takes too long. */
  async ready(): Promise<void> {
    for (const until = Date.now() + patience; Date.now() < until; await pause(25)) {
      if (this.#child === undefined) throw new Error(`The ${this.name} ended while it was starting: ${this.#said}`);
      const answer = await fetch(`http://127.0.0.1:${this.port}/ready`, { signal: AbortSignal.timeout(2_000) }).catch(
        () => undefined,
      );
      if (answer?.ok) {
        this.#wasReady = true;
        return;
      }
    }
    throw new Error(`The ${this.name} did not get ready: ${this.#said}`);
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
