import { existsSync } from "node:fs";
import { doOnce, run } from "./lock.mjs";

/** Installs a package of Debian where we may: as root, on Debian. Else whoever needs it says what it lacks. */
export async function installPackage(name, isThere) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  await doOnce(isThere, async () => {
    // Not to the standard output, which a harness writes its verdict to.
    console.error(`Installing ${name} …`);
    const apt = (...options) => run("apt-get", options, ["ignore", "ignore", "inherit"]);
    const installed = () => apt("install", "-y", "--no-install-recommends", name);
    if (await installed()) return;
    await apt("update");
    await installed();
  });
}
