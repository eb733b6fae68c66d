import { realpathSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";

/**
 * The Node that programs run under: the one we run under where it is 24 or later, else the one that
 * npm brought (package.json, optionalDependencies: a package for each platform that is offered).
 */
export function node24() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  try {
    return realpathSync(join(root, "node_modules/.bin/node"));
  } catch {
    throw new Error("This needs Node 24, and npm has none for this platform: install it from https://nodejs.org");
  }
}
