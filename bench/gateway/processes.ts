import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";

/** Clock ticks of /proc a second: Linux has had no other number for a program to see for decades. */
const ticksPerSecond = 100;

/** A Node process at work, with all that it has started. Disposing it ends it. */
export interface NodeProcess extends AsyncDisposable {
  /** CPU seconds taken so far, of the user and of the system; NaN where the system has no /proc. */
  cpuSeconds(): Promise<number>;
  /** Resident memory in megabytes; NaN where the system has no /proc. */
  megabytes(): Promise<number>;
}

/**
 * Starts Node with a command line and waits until `isUp`.
 * @throws Error with what the process wrote, where it ends before that or takes longer than half a minute.
 */
export async function startNode(
  command: readonly string[],
  isUp: () => Promise<boolean>,
  environment: Readonly<Record<string, string>> = {},
): Promise<NodeProcess> {
  // `env` adds to the environment that is inherited, and becomes the program.
  const settings = Object.entries({ NODE_ENV: "production", ...environment }).map(
    ([name, value]) => `${name}=${value}`,
  );
  const child = spawn("env", [...settings, process.execPath, ...command], { stdio: ["ignore", "pipe", "pipe"] });
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => written.push(String(chunk)));
  const ended = once(child, "exit");
  const deadline = performance.now() + 30_000;
  while (!(await isUp().catch(() => false))) {
    if (child.exitCode === null && performance.now() < deadline) await new Promise((next) => setTimeout(next, 50));
    else {
      child.kill("SIGKILL");
      throw new Error(`${command.join(" ")} did not start:\n${written.join("")}`);
    }
  }
  return {
    cpuSeconds: () => sumOver(child.pid, "stat", cpuSecondsIn),
    megabytes: () => sumOver(child.pid, "status", megabytesIn),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      const kill = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(kill);
    },
  };
}

/** Sums up what /proc says of a process and of all that it has started. */
async function sumOver(pid: number | undefined, file: string, valueIn: (text: string) => number): Promise<number> {
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, "utf8");
  const own = await read(file).then(valueIn, () => Number.NaN);
  const children = await read(`task/${pid}/children`).catch(() => "");
  const pids = children.split(" ").filter(Boolean).map(Number);
  const others = await Promise.all(pids.map((one) => sumOver(one, file, valueIn)));
  return others.reduce((sum, value) => sum + value, own);
}

function cpuSecondsIn(stat: string): number {
  // After the name in brackets, which may hold spaces, the 12th and 13th are the times of user and system.
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11)
    .map(Number);
  return ((user ?? Number.NaN) + (system ?? Number.NaN)) / ticksPerSecond;
}

function megabytesIn(status: string): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1_024;
}
