import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../system/root.ts";

/** Where the peers of a bench have a package file and a lock file of their own. */
export const peerFolders = {
  requests: join(root, "bench/gateway"),
  subscriptions: join(root, "bench/gateway/subscriptions"),
} as const;

/** Installs the packages of the peers from their own lock file, unless they are there. */
export function installPeers(folder: string = peerFolders.requests): void {
  const stamp = join(folder, "node_modules/.installed");
  const lock = readFileSync(join(folder, "package-lock.json"), "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.log("Installing the packages of the peers …");
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("The packages of the peers could not be installed");
  writeFileSync(stamp, lock);
}
