import { existsSync } from "node:fs";
import { installPackage } from "./debian.mjs";

/** Where Debian's package puts the browser that the tests of the pages run in. */
const chromium = "/usr/bin/chromium";

/** Installs Chromium where it is missing. */
export async function installChromium() {
  if (!process.env.CHROMIUM) await installPackage("chromium", () => existsSync(chromium));
}
