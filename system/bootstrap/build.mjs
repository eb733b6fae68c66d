import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { node24 } from "./node24.mjs";
import { root } from "./root.mjs";

const folders = ["gateway", "plumbing", "subgraphs", "system", "imports", "demo", "bench", "prove", "simulate"];

/** What code reads from beside itself, and tsc leaves where it is. */
const asset = /\.sql$/;

/** What is built for browsers. */
const pages = [
  { name: "dashboard", config: "dashboard/vite.config.ts", sources: ["dashboard"] },
  {
    name: "explorer",
    config: "dashboard/explorer/vite.config.ts",
    sources: ["dashboard/explorer", "dashboard/session", "dashboard/operations"],
  },
];

const dist = join(root, "dist");
const stamp = join(dist, ".built");

/** Builds all that runs. */
export function build() {
  compile();
  buildPages();
}

/**
 * Builds what the gateway serves to browsers: the web application and, apart from it for its size, the API explorer.
 * Each only when its sources, or any package, have changed.
 */
export function buildPages() {
  for (const { name, config, sources } of pages) {
    const files = sources.flatMap((folder) => filesOf(folder));
    const digest = stateOf([...files, "package-lock.json"]);
    const done = join(dist, name, ".built");
    if (readText(done) === digest) continue;
    const vite = join(root, "node_modules/vite/bin/vite.js");
    const options = { cwd: root, stdio: ["ignore", "ignore", "inherit"] };
    const { status } = spawnSync(node24(), [vite, "build", "--config", config, "--logLevel", "error"], options);
    if (status !== 0) throw new Error(`The pages of dist/${name} cannot be built`);
    writeFileSync(done, digest);
  }
}

/** Compiles the sources into dist/, unless they are what they were at the last build. */
function compile() {
  const sources = folders.flatMap((folder) => filesOf(folder)).filter((file) => /\.ts$/.test(file) || asset.test(file));
  const digest = stateOf([...sources, "tsconfig.json", "tsconfig.build.json"]);
  if (readText(stamp) === digest) return;
  rmSync(stamp, { force: true });
  removeOrphans(new Set(sources.map((file) => file.replace(/\.ts$/, ".js"))));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { status } = spawnSync(node24(), [tsc, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error("The sources do not compile");
  for (const file of sources.filter((name) => asset.test(name))) {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    copyFileSync(join(root, file), join(dist, file));
  }
  writeFileSync(`${stamp}.${process.pid}`, digest);
  renameSync(`${stamp}.${process.pid}`, stamp);
}

/** A bench may have packages of its own beside it: these are no sources. */
function filesOf(folder) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesOf(path);
      return entry.isFile() ? [path] : [];
    });
  } catch {
    return [];
  }
}

/** Changes with any file's name, size or time. */
function stateOf(files) {
  const hash = createHash("sha256");
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

/** A migration that was renamed must not be found under its old name as well. */
function removeOrphans(wanted) {
  for (const file of folders.flatMap((folder) => filesOf(join("dist", folder)))) {
    const source = file.slice("dist/".length).replace(/\.js\.map$/, ".js");
    if (!wanted.has(source)) {
      rmSync(join(root, file));
      // tsc would take what is gone for emitted.
      rmSync(join(dist, ".build.tsbuildinfo"), { force: true });
    }
  }
}

function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
