import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Installs a package of Debian where we may: as root, on Debian. Else whoever needs it says what it lacks. */
export function installPackage(name) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  // Not to the standard output, which a harness writes its verdict to.
  console.error(`Installing ${name} …`);
  const apt = (...options) => spawnSync("apt-get", options, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  if (!apt("install", "-y", "--no-install-recommends", name)) {
    apt("update");
    apt("install", "-y", "--no-install-recommends", name);
  }
}
