import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as pass } from "node:timers/promises";
import { root } from "./root.mjs";

/**
 * A folder with an empty file for each process that works under the lock, by its identity. To take it is to rename to it
 * a folder that has one's own file already. The system does so at once or not at all, and only where this one is missing
 * or empty: of those who find it so one alone gets it. And as nobody clears away any file but a dead process's own,
 * nobody can take the lock from one who was quicker to take it over.
 */
const lock = join(root, "dist", ".lock");

/** How often one that waits looks whether it is its turn, in milliseconds: that a process was killed nobody tells. */
const lookEvery = 100;

/**
 * Does what is to be done once and not by two at a time, such as an install, unless it is done: by somebody else, it may
 * be, while we waited. Waits for processes of this machine only, and of this container where it is in one.
 */
export async function doOnce(isDone, work) {
  if (isDone()) return;
  await takeTurn();
  try {
    if (!isDone()) await work();
  } finally {
    rmSync(fileOf(identityOf(process.pid)), { force: true });
  }
}

/**
 * Runs a program as a part of such work. It holds the lock too, so that where we alone are killed nobody begins beside it.
 * @returns whether it ended well.
 * @throws Error where it cannot be run.
 */
export async function run(program, options, stdio) {
  const child = spawn(program, options, { cwd: root, stdio });
  const ended = once(child, "close");
  const identity = child.pid && identityOf(child.pid);
  if (identity) writeFileSync(fileOf(identity), "");
  const [status] = await ended;
  if (identity) rmSync(fileOf(identity), { force: true });
  return status === 0;
}

async function takeTurn() {
  let isTold = false;
  for (;;) {
    const [holder] = holders();
    if (holder === undefined) {
      if (take()) return;
    } else if (!isTold) {
      // Not to the standard output, which may be a token.
      console.error(`Waiting for another script that sets things up here (process ${Number.parseInt(holder, 10)}) …`);
      isTold = true;
    }
    await pass(lookEvery);
  }
}

/** @returns whether we have it. */
function take() {
  mkdirSync(join(root, "dist"), { recursive: true });
  const own = mkdtempSync(`${lock}-`);
  try {
    writeFileSync(join(own, identityOf(process.pid)), "");
    renameSync(own, lock);
    return true;
  } catch (error) {
    rmSync(own, { recursive: true });
    if (error.code === "ENOTEMPTY" || error.code === "EEXIST") return false;
    throw error;
  }
}

/** Who has the lock; the dead are cleared away. */
function holders() {
  const [dead, alive] = [[], []];
  for (const name of existsSync(lock) ? readdirSync(lock) : []) {
    (identityOf(Number.parseInt(name, 10)) === name ? alive : dead).push(name);
  }
  for (const name of dead) rmSync(fileOf(name), { force: true });
  return alive;
}

function fileOf(identity) {
  return join(lock, identity);
}

/**
 * What tells a process from every other, also from one that has its id later: that, and when it began.
 * @returns undefined where none has the id.
 */
function identityOf(pid) {
  const since = existsSync("/proc/self/stat") ? sinceByProc(pid) : sinceByPs(pid);
  return since && `${pid}-${since}`;
}

/** In ticks after the machine's start: proc_pid_stat(5), fields 3 and 22. */
function sinceByProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program's name, the second field, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // One that has ended stays for as long as its parent does not ask how.
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Where there is no /proc, as on macOS. */
function sinceByPs(pid) {
  // The same in whatever language and time zone each of us runs.
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { env, encoding: "utf8" });
  return stdout.trim().replace(/\W+/g, "-") || undefined;
}
