import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Where Debian's package puts the browser that the tests of the pages run in. */
const chromium = "/usr/bin/chromium";

/** Installs Chromium where it is missing and we may: as root, on Debian. Else the tests say what they lack. */
export function installChromium() {
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (process.env.CHROMIUM || existsSync(chromium) || !mayInstall) return;
  console.log("Installing Chromium …");
  const apt = (...options) => spawnSync("apt-get", options, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  if (!apt("install", "-y", "--no-install-recommends", "chromium")) {
    apt("update");
    apt("install", "-y", "--no-install-recommends", "chromium");
  }
}
