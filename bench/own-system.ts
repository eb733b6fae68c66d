import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DatabaseDefinition } from "../plumbing/migrations.ts";
import { type DatabaseUrls, databaseUrl, provisionDatabase } from "../system/databases.ts";
import { freePort } from "../system/ports.ts";
import { startPostgres } from "../system/postgres.ts";
import { root } from "../system/root.ts";
import { runFolder } from "../system/run-folder.ts";
import { readSystemFile, type SystemFile } from "../system/system-file.ts";

/** A system of the bench's own, in a process of its own. */
export interface OwnSystem {
  readonly gateway: SystemFile["gateway"];
  /** Where each part's database is, by the part's name. */
  readonly databases: Readonly<Record<string, DatabaseUrls>>;
  tokenOf(persona: string): Promise<string>;
}

/** Starts a system in a folder that is thrown away, lends it to `work`, and stops it. */
export async function withSystem(work: (system: OwnSystem) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder();
  const system = await startIn(folder.path);
  try {
    const files = runFolder(folder.path);
    const description = await readSystemFile(files);
    if (description === undefined) throw new Error("The system says nothing of itself");
    await work({
      gateway: description.gateway,
      databases: JSON.parse(await readFile(files.databases, "utf8")),
      async tokenOf(name) {
        const persona = description.personas.find((one) => one.name === name);
        if (persona === undefined) throw new Error(`No persona ${name}`);
        return persona.token;
      },
    });
  } finally {
    await system.stop();
  }
}

/** Lends a database of one part, in a PostgreSQL of the bench's own that is thrown away. */
export async function withOwnDatabase(
  definition: DatabaseDefinition,
  work: (urls: DatabaseUrls & { readonly adminUrl: string }) => Promise<void>,
): Promise<void> {
  await using folder = await temporaryFolder();
  const password = (): string => randomBytes(12).toString("base64url");
  await using postgres = await startPostgres({
    directory: join(folder.path, "postgres"),
    port: await freePort(),
    password: password(),
    throwaway: true,
    // As a server has that holds so much: else each look at a country's registry would be one at the disk's cache.
    settings: ["shared_buffers=1GB"],
  });
  const passwords = { owner: password(), registry: password(), app: password() };
  const urls = await provisionDatabase(postgres.url, definition, passwords);
  await work({ ...urls, adminUrl: databaseUrl(postgres.url, definition.name) });
}

/** A folder for one bench. Disposing it removes it. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "handle-with-care-bench-"));
  // PostgreSQL runs as a user of its own, who must get through.
  await chmod(path, 0o711);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A system that says that it is ready, and how long its start took, in milliseconds. */
export async function startIn(folder: string): Promise<{ readonly took: number; stop(): Promise<void> }> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, "system/bootstrap.mjs"), "start", "--folder", folder], {
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
  return sorted[Math.max(0, Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}
