import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "../../plumbing/config.ts";

/** Debian's library that tells a process another time; the bootstrap installs it. */
const library = "faketime/libfaketimeMT.so.1";

/** How soon a process notices that its clock was set, in seconds. */
export const clockNotice = 1;

/** The clock of one process, which can be set while it runs. Its timers go on by the time that passes. */
export interface FakeClock {
  readonly environment: Environment;
  /** Whole days ahead of the true time, or behind it where below 0; 0 is the true time. */
  set(days: number): Promise<void>;
}

/** @returns undefined where the machine lacks the library. */
export async function findFakeTime(): Promise<string | undefined> {
  if (process.platform !== "linux") return undefined;
  const folders = ["/usr/lib", ...(await readdir("/usr/lib")).map((name) => join("/usr/lib", name))];
  for (const folder of folders) {
    const found = await readdir(join(folder, "faketime")).catch(() => []);
    if (found.length > 0) return join(folder, library);
  }
  return undefined;
}

/** @param file which the process reads. */
export async function makeFakeClock(path: string, file: string): Promise<FakeClock> {
  const set = (days: number) => writeFile(file, days < 0 ? `${days}d` : `+${days}d`);
  await set(0);
  return {
    environment: {
      LD_PRELOAD: path,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: String(clockNotice),
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      DONT_FAKE_MONOTONIC: "1",
    },
    set,
  };
}
