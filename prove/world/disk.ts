import { execFile, spawnSync } from "node:child_process";
import { mkdir, statfs } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** How large a disk is, in MiB: of memory, and only what is written to it is taken. */
const size = 12_288;

/** A disk of its own, which can be full. */
export interface Disk extends AsyncDisposable {
  /** Where it is mounted. */
  readonly folder: string;
  /** Leaves no more room than what is taken at this moment. */
  fill(): Promise<void>;
  clear(): Promise<void>;
}

/** @returns undefined where no disk may be mounted: that is root's, and not every root's. */
export async function mountDisk(folder: string): Promise<Disk | undefined> {
  await mkdir(folder);
  try {
    await run("mount", ["-t", "tmpfs", "-o", `size=${size}m,mode=0711`, "tmpfs", folder]);
  } catch {
    return undefined;
  }
  // A run that is cut off leaves no disk behind.
  const unmount = () => spawnSync("umount", ["--lazy", folder]);
  process.on("exit", unmount);
  const resize = (kibibytes: number) => run("mount", ["-o", `remount,size=${kibibytes}k`, folder]);
  return {
    folder,
    async fill() {
      // More may be written between the look and the change, which is refused then.
      for (let attempt = 1; ; attempt += 1) {
        const { blocks, bfree, bsize } = await statfs(folder);
        const taken = Math.ceil(((blocks - bfree) * bsize) / 1024);
        try {
          await resize(taken);
          return;
        } catch (error) {
          if (attempt === 20) throw error;
        }
      }
    },
    async clear() {
      await resize(size * 1024);
    },
    async [Symbol.asyncDispose]() {
      process.off("exit", unmount);
      await run("umount", ["--lazy", folder]);
    },
  };
}
