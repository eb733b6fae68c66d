import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { demoFiles } from "./files.ts";

/* Writes the demonstration files: `npm run demo:make`, run in the root of the repository. */

let bytes = 0;
const files = demoFiles();
for (const [path, content] of files) {
  const target = resolve("demo", path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
  bytes += content.length;
}
process.stdout.write(`Wrote ${files.size} files, ${Math.round(bytes / 1024)} kB, to demo/\n`);
