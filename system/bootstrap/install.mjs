import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { doOnce, run } from "./lock.mjs";
import { root } from "./root.mjs";

const modules = join(root, "node_modules");

/** Holds the digest of the lock file that was installed. */
const stamp = join(modules, ".installed");

/** npm's own account of what is installed. It is the last thing that an install writes. */
const account = join(modules, ".package-lock.json");

/** Installs the packages of the lock file, unless that was done, by us or by hand. */
export async function install() {
  const wantedPackages = readFileSync(join(root, "package-lock.json"));
  const wanted = createHash("sha256").update(wantedPackages).digest("hex");
  const isDone = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  await doOnce(isDone, async () => {
    if (!isInstalled(wantedPackages)) await installAnew();
    writeFileSync(stamp, wanted);
  });
}

async function installAnew() {
  // Not to the standard output, which may be a token: nor what npm says.
  console.error("Installing packages …");
  // Without an account an install was cut short: what is there cannot be trusted.
  if (existsSync(account)) rmSync(account);
  else rmSync(modules, { recursive: true, force: true });
  await runNpm();
}

function isInstalled(wantedPackages) {
  if (!existsSync(account)) return false;
  const installed = JSON.parse(readFileSync(account, "utf8")).packages;
  return Object.entries(JSON.parse(wantedPackages).packages).every(
    ([path, { version, optional }]) => path === "" || optional || installed[path]?.version === version,
  );
}

/**
 * `npm install` and not `npm ci`, which wants the packages of every other platform in the lock file
 * as well; --no-save leaves that file as it is. No package's script has to run: what PostgreSQL's
 * would do is done where it is started.
 */
async function runNpm() {
  const options = ["--no-save", "--include=dev", "--include=optional", "--ignore-scripts", "--no-audit", "--no-fund"];
  // Not by the Node of node_modules, which this may replace.
  const path = process.env.npm_execpath;
  const node = process.env.npm_node_execpath ?? process.execPath;
  const [program, first] = path?.endsWith(".js") ? [node, [path]] : ["npm", []];
  const words = [...first, "install", ...options, "--loglevel=error"];
  if (!(await run(program, words, ["ignore", process.stderr, "inherit"]))) throw new Error("npm install failed");
}
