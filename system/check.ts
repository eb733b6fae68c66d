import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./root.ts";

/* npm run check: everything about the sources that a program can judge, one after the other. */

interface Check {
  readonly name: string;
  /** A file that Node runs, below the repository, and its arguments. */
  readonly command: readonly string[];
}

const bin = "node_modules";

const checks: readonly Check[] = [
  { name: "types", command: [`${bin}/typescript/bin/tsc`, "--noEmit", "-p", "."] },
  { name: "types of what runs in browsers", command: [`${bin}/typescript/bin/tsc`, "--noEmit", "-p", "dashboard"] },
  { name: "lint and format", command: [`${bin}/@biomejs/biome/bin/biome`, "check", "--error-on-warnings", "."] },
  {
    name: "dependency rules",
    command: [`${bin}/dependency-cruiser/bin/dependency-cruise.mjs`, "--config", ".dependency-cruiser.cjs", "."],
  },
  { name: "unused files, exports and packages", command: [`${bin}/knip/bin/knip.js`] },
  { name: "schema drift", command: ["dist/system/schema.js", "--check"] },
];

const failed: string[] = [];
for (const { name, command } of checks) {
  const began = performance.now();
  const [file = "", ...given] = command;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, file), ...given], {
    cwd: root,
    encoding: "utf8",
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok    " : "FAILED"}  ${name} (${seconds} s)`);
  if (status === 0) continue;
  failed.push(name);
  console.log(`${stdout}${stderr}`);
}
console.log(failed.length > 0 ? `These checks failed: ${failed.join(", ")}` : "All checks passed");
process.exitCode = failed.length > 0 ? 1 : 0;
