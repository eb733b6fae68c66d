import { readFile } from "node:fs/promises";
import type { World } from "../world/world.ts";

/** How often it is looked, in milliseconds. */
const every = 250;

/** The most memory that a gateway takes while something is done, against what it had before. */
export interface MemoryWatch extends Disposable {
  /** In MiB, of the gateway that grew most. */
  readonly growth: number;
}

/** Linux tells it; elsewhere nothing grows. */
export async function watchGateways({ processes }: World): Promise<MemoryWatch> {
  const gateways = processes.filter(({ part }) => part === "gateway");
  const before = await Promise.all(gateways.map(({ pid }) => residentMemory(pid)));
  let growth = 0;
  const timer = setInterval(async () => {
    const now = await Promise.all(gateways.map(({ pid }) => residentMemory(pid)));
    growth = Math.max(growth, ...now.map((size, place) => size - (before[place] ?? 0)));
  }, every);
  return {
    get growth() {
      return Math.round(growth);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** In MiB. */
async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
