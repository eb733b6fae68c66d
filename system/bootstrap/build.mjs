import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { doOnce, run } from "./lock.mjs";
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
export async function build() {
  await doOnce(isCompiled, compile);
  await buildPages();
}

/**
 * Builds what the gateway serves to browsers: the web application and, apart from it for its size, the API explorer.
 * Each only when its sources, or any package, have changed.
 */
export async function buildPages() {
  for (const { name, config, sources } of pages) {
    const done = join(dist, name, ".built");
    const state = () => stateOf([...sources.flatMap((folder) => filesOf(folder)), "package-lock.json"]);
    const isBuilt = () => readText(done) === state();
    await doOnce(isBuilt, async () => {
      const digest = state();
      const vite = join(root, "node_modules/vite/bin/vite.js");
      const words = [vite, "build", "--config", config, "--logLevel", "error"];
      const isWell = await run(node24(), words, ["ignore", "ignore", "inherit"]);
      if (!isWell) throw new Error(`The pages of dist/${name} cannot be built`);
      writeFileSync(done, digest);
    });
  }
}

/** Whether the sources are what they were when they were compiled last. */
function isCompiled() {
  return readText(stamp) === stateToCompile(sourcesToCompile());
}

function sourcesToCompile() {
  return folders.flatMap((folder) => filesOf(folder)).filter((file) => /\.ts$/.test(file) || asset.test(file));
}

function stateToCompile(sources) {
  return stateOf([...sources, "tsconfig.json", "tsconfig.build.json"]);
}

/** Compiles the sources into dist/. */
async function compile() {
  const sources = sourcesToCompile();
  const digest = stateToCompile(sources);
  rmSync(stamp, { force: true });
  removeOrphans(new Set(sources.map((file) => file.replace(/\.ts$/, ".js"))));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const isWell = await run(node24(), [tsc, "-p", "tsconfig.build.json"], "inherit");
  if (!isWell) throw new Error("The sources do not compile");
  for (const file of sources.filter((name) => asset.test(name))) {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    copyFileSync(join(root, file), join(dist, file));
  }
  writeFileSync(stamp, digest);
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
