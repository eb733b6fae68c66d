import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeBenchFile } from "./import-file.ts";
import type { ImportMeasurement } from "./import-process.ts";

const SITES = { tenth: "99YA00", whole: "99YB00" } as const;

/**
 * V8 keeps garbage for as long as there is room for it. With little room, what still grows is needed.
 */
const SMALL_HEAP = ["--max-old-space-size=48", "--max-semi-space-size=4"];

/**
 * Imports a made-up EDEXML file of `pupils` pupils, one of a tenth of that before it, and the large
 * one once more, and prints rows a second and peak memory for each: memory must not grow with the file.
 *
 * @param databaseUrl as the role that owns the schema `registry` of the school's database
 */
export async function measureImports(
  databaseUrl: string,
  pupils: number,
  print: (line: string) => void,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "import-bench-"));
  try {
    const tenth = join(folder, "tenth.xml");
    const whole = join(folder, "whole.xml");
    const tenthCount = Math.max(1, Math.floor(pupils / 10));
    const tenthBytes = await writeBenchFile(tenth, SITES.tenth, tenthCount);
    const wholeBytes = await writeBenchFile(whole, SITES.whole, pupils);
    print("pupils    file      rows/s   seconds  peak memory");
    print(describe(tenthCount, tenthBytes, await importInProcess(tenth, databaseUrl)));
    print(describe(pupils, wholeBytes, await importInProcess(whole, databaseUrl)));
    print(`${describe(pupils, wholeBytes, await importInProcess(whole, databaseUrl))}  (once more, unchanged)`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function importInProcess(file: string, databaseUrl: string): Promise<ImportMeasurement> {
  const self = fileURLToPath(import.meta.url);
  const entry = fileURLToPath(new URL(`import-process${extname(self)}`, import.meta.url));
  const child = fork(entry, [file], { execArgv: SMALL_HEAP, env: { REGISTRY_DATABASE_URL: databaseUrl } });
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`The import ended with code ${code} and no figures`);
  });
  const [measurement] = await Promise.race([once(child, "message"), failed]);
  failed.catch(() => {});
  return measurement as ImportMeasurement;
}

function describe(pupils: number, bytes: number, measured: ImportMeasurement): string {
  return [
    String(pupils).padEnd(9),
    `${(bytes / 1e6).toFixed(1)} MB`.padEnd(9),
    String(Math.round((measured.added + measured.unchanged) / measured.seconds)).padEnd(8),
    measured.seconds.toFixed(1).padEnd(8),
    `${Math.round(measured.peakBytes / 2 ** 20)} MiB`,
  ].join(" ");
}
