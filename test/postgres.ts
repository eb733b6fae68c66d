import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../system/ports.ts";
import { type RunningPostgres, startPostgres, stopPostgres } from "../system/postgres.ts";

const beginning = "handle-with-care-test-";

/** A PostgreSQL that goes with everything in it when it is disposed of. */
export async function startTestPostgres(): Promise<RunningPostgres> {
  await clearAbandoned();
  const folder = await mkdtemp(join(tmpdir(), `${beginning}${process.pid}-`));
  await chmod(folder, 0o711);
  const postgres = await startPostgres({
    directory: join(folder, "postgres"),
    port: await freePort(),
    password: randomBytes(12).toString("base64url"),
    throwaway: true,
  });
  return {
    ...postgres,
    async [Symbol.asyncDispose]() {
      await postgres[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A run that was killed leaves its server behind: the next run ends it. */
async function clearAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(new RegExp(`^${beginning}(\\d+)-`).exec(name)?.[1]);
    if (!(owner > 0) || isAlive(owner)) continue;
    const folder = join(tmpdir(), name);
    await stopPostgres(join(folder, "postgres"));
    await rm(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
