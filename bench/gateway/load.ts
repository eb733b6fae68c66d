import { execFile, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../system/root.ts";
import { type Asking, bodyParts, type MeasuredOperation } from "./operations.ts";

const run = promisify(execFile);
const folder = join(root, "bench/gateway/load");

/** What came of one round. */
export interface Round {
  readonly requests: number;
  readonly seconds: number;
  /** Requests without an answer of status 200. */
  readonly failed: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Sends as many requests as are answered within `seconds`. */
export type Load = (url: string, operation: MeasuredOperation, asking: Asking, seconds: number) => Promise<Round>;

/** Load by wrk where the machine has it: it takes less of the machine from what is measured than autocannon. */
export function chooseLoad(scratch: string): { readonly name: string; readonly load: Load } {
  const hasWrk = spawnSync("wrk", ["--version"]).error === undefined;
  const load: Load = async (url, operation, { naming, accept }, seconds) => {
    const file = join(scratch, `${operation.name}-${naming}.body`);
    await writeFile(file, bodyParts(operation, naming).join("\n"));
    const connections = String(operation.connections);
    const { stdout } = hasWrk
      ? await run("wrk", [
          "-t1",
          "-c",
          connections,
          "-d",
          `${seconds}s`,
          "-s",
          join(folder, "wrk.lua"),
          url,
          "--",
          file,
          accept,
        ])
      : await run(process.execPath, [join(folder, "autocannon.mjs"), url, connections, String(seconds), file, accept]);
    const result = /^RESULT (.*)$/m.exec(stdout)?.[1];
    if (result === undefined) throw new Error(`The load generator said nothing of use:\n${stdout}`);
    return JSON.parse(result) as Round;
  };
  return { name: hasWrk ? "wrk" : "autocannon", load };
}
