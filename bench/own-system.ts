import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../system/root.ts";
import type { SystemFile } from "../system/system-file.ts";

/** A system of the bench's own, in a process of its own. */
export interface OwnSystem {
  readonly gateway: SystemFile["gateway"];
  tokenOf(persona: string): Promise<string>;
}

/** Starts a system in a folder that is thrown away, lends it to `work`, and stops it. */
export async function withSystem(work: (system: OwnSystem) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "handle-with-care-bench-"));
  try {
    const system = await startIn(folder);
    try {
      const description = JSON.parse(await readFile(join(folder, "system.json"), "utf8")) as SystemFile;
      await work({
        gateway: description.gateway,
        async tokenOf(name) {
          const persona = description.personas.find((one) => one.name === name);
          if (persona === undefined) throw new Error(`No persona ${name}`);
          return persona.token;
        },
      });
    } finally {
      await system.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A system that says that it is ready, and how long its start took, in milliseconds. */
export async function startIn(folder: string): Promise<{ readonly took: number; stop(): Promise<void> }> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, "dist/system/start.js"), "--folder", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("Ready")) break;
  }
  if (child.exitCode !== null) throw new Error("The system did not start");
  // What it says from now on is of no interest, but must go somewhere.
  child.stdout.resume();
  return {
    took: performance.now() - began,
    async stop() {
      child.kill("SIGINT");
      await ended;
    },
  };
}

/** The BSNs of the pupils of a demo school whom its export knows by BSN. All are fictional. */
export async function readRoll(site: string): Promise<string[]> {
  const text = await readFile(join(root, "demo/edexml", `${site}.xml`), "utf8");
  return [...text.matchAll(/<bsn>(\d{9})<\/bsn>/g)].map(([, bsn = ""]) => bsn);
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
