import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** An npm script as a process of its own. */
export class StartedScript {
  /** Resolves once it says that it waits for another. */
  readonly waits: Promise<void>;
  /** Resolves to its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** What it has written to its standard output. */
  output = "";
  readonly #process: ChildProcess;

  /** @param bootstrap the file that is the way into it */
  constructor(bootstrap: string, name: string, environment: Record<string, string>) {
    const env = { ...process.env, ...environment };
    const script = spawn(process.execPath, [bootstrap, name], { env, stdio: ["ignore", "pipe", "pipe"] });
    this.#process = script;
    const waits = Promise.withResolvers<void>();
    this.waits = waits.promise;
    this.waits.catch(() => undefined);
    script.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.output += text;
    });
    createInterface(script.stderr).on("line", (line) => {
      if (line.startsWith("Waiting for another")) waits.resolve();
    });
    // Not its outputs' end, which a program that it ran may hold open.
    this.ended = once(script, "exit").then(([code]) => code as number | null);
    void this.ended.then(() => waits.reject(new Error("It ended and has not waited")));
  }

  /** Ends it at once, and none of the programs that it runs. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.ended;
  }
}
