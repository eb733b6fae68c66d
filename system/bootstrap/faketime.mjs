import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { installPackage } from "./debian.mjs";

/** Installs the library by which the proof of faults sets a process's clock, where it is missing. */
export async function installFakeTime() {
  if (process.platform !== "linux") return;
  const isThere = () => readdirSync("/usr/lib").some((name) => existsSync(join("/usr/lib", name, "faketime")));
  await installPackage("libfaketime", isThere);
}
