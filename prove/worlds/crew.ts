import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Done, Report, Task } from "./tasks.ts";

/** Some processes, each with a pair of worlds of its own, that share the work. */
export class Crew implements AsyncDisposable {
  readonly #members: readonly Member[];

  private constructor(members: readonly Member[]) {
    this.#members = members;
  }

  /** @param seed what the registries follow from: each process has the same, so that it does not matter who does what */
  static async start(size: number, seed: number): Promise<Crew> {
    const members = Array.from({ length: size }, () => new Member(seed));
    await Promise.all(members.map((member) => member.report()));
    return new Crew(members);
  }

  /** Has the tasks done, each by whoever is free, as many at once as there are processes. */
  async work(tasks: Iterator<Task>, onDone: (done: Done) => void): Promise<void> {
    await Promise.all(
      this.#members.map(async (member) => {
        for (let next = tasks.next(); next.done !== true; next = tasks.next()) onDone(await member.do(next.value));
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#members.map((member) => member.end()));
  }
}

class Member {
  readonly #process: ChildProcess;
  readonly #ended: Promise<never>;

  constructor(seed: number) {
    const program = fileURLToPath(import.meta.url).replace(/crew(\.[jt]s)$/, "worker$1");
    this.#process = fork(program, [String(seed)], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.#ended = new Promise((_, reject) => {
      this.#process.once("exit", (code, signal) =>
        reject(new Error(`A process of the harness ended: ${signal ?? code}`)),
      );
    });
    // Who waits for a report is told; else it is nobody's failure.
    this.#ended.catch(() => undefined);
  }

  do(task: Task): Promise<Done> {
    this.#process.send(task);
    return this.report();
  }

  async report(): Promise<Done> {
    const said = new Promise<Report>((resolve) => this.#process.once("message", (report: Report) => resolve(report)));
    const report = await Promise.race([said, this.#ended]);
    if ("error" in report) throw new Error(report.error);
    return report.done;
  }

  async end(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect();
    await this.#ended.catch(() => undefined);
  }
}
