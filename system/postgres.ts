import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { endWithUs } from "./end-with-us.ts";
import { type Binaries, findBinaries, reachableFolder } from "./postgres-binaries.ts";

export interface PostgresOptions {
  /** Where the cluster's files lie; made at the first start. */
  readonly directory: string;
  readonly port: number;
  /** Of the superuser `postgres`. Set when the cluster is made. */
  readonly password: string;
  /** A file that the server's log is added to. */
  readonly log?: string;
  /** Gives up safety against a power cut for speed, for clusters that do not outlive a test. */
  readonly throwaway?: boolean;
  /** How much memory it keeps pages in, as PostgreSQL writes it; 128MB, or 32MB for a throwaway one, unless it is said. */
  readonly sharedBuffers?: string;
  /** With it, TLS is spoken with who asks for it. PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Settings of the server besides, `name=value`. */
  readonly settings?: readonly string[];
}

/** A PostgreSQL server on 127.0.0.1. Disposing it stops it: transactions under way are rolled back. */
export interface RunningPostgres extends AsyncDisposable {
  /** Logs in as the superuser, to the database `postgres`. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Settles when the server is gone, for whatever reason. */
  readonly ended: Promise<void>;
}

/**
 * Starts an embedded PostgreSQL 18. A server that a killed process left behind on the same files
 * is stopped first, and a cluster whose making was cut short is made anew.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  await stopPostgres(options.directory);
  const binaries = await findBinaries();
  const directory = await reachableFolder(options.directory);
  if (!(await exists(join(directory, "PG_VERSION")))) await makeCluster(directory, binaries, options);
  const server = await serve(directory, binaries, options);
  // By the fast shutdown, which loses nothing.
  endWithUs(server, "SIGINT");
  const ended = once(server, "exit").then(() => undefined);
  const password = encodeURIComponent(options.password);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${options.port}/postgres`,
    port: options.port,
    pid: server.pid as number,
    ended,
    async [Symbol.asyncDispose]() {
      // First the smart shutdown: a client that is just leaving is not cut off, which it would take for an error. Then the
      // fast one, so that none that hangs holds it up.
      server.kill("SIGTERM");
      const patience = setTimeout(() => server.kill("SIGINT"), 1_000);
      await ended;
      clearTimeout(patience);
    },
  };
}

/** Stops the server that runs on these files, if there is one, whoever started it. */
export async function stopPostgres(wanted: string): Promise<void> {
  const directory = await reachableFolder(wanted);
  const file = join(directory, "postmaster.pid");
  const pid = Number((await readFile(file, "utf8").catch(() => "")).split("\n")[0]);
  if (!(pid > 0)) return;
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    // After a reboot the number may be another process's, which is none of our business.
    if (!(await isServerOf(pid, directory))) break;
    process.kill(pid, signal);
    if (await endsWithin(pid, 10_000)) break;
  }
  await rm(file, { force: true });
}

/** Makes the cluster beside its place and moves it there when it is whole. */
async function makeCluster(directory: string, { initdb, user }: Binaries, options: PostgresOptions): Promise<void> {
  const beginning = `${basename(directory)}.making-`;
  for (const name of await readdir(dirname(directory))) {
    if (name.startsWith(beginning)) await rm(join(dirname(directory), name), { recursive: true, force: true });
  }
  const making = join(dirname(directory), `${beginning}${process.pid}`);
  const passwordFile = `${making}.password`;
  try {
    await mkdir(making, { mode: 0o700 });
    await writeFile(passwordFile, options.password, { mode: 0o600 });
    if (user !== undefined) {
      await chown(making, user.uid, user.gid);
      await chown(passwordFile, user.uid, user.gid);
    }
    const settings = ["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"];
    const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
    const given = [`--pgdata=${making}`, `--pwfile=${passwordFile}`, ...(options.throwaway ? ["--no-sync"] : [])];
    await promisify(execFile)(initdb, [...settings, ...locale, ...given], { ...user, cwd: "/" });
    await rm(directory, { recursive: true, force: true });
    await rename(making, directory);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(making, { recursive: true, force: true });
  }
}

async function serve(
  directory: string,
  { postgres, user }: Binaries,
  {
    port,
    log,
    throwaway = false,
    sharedBuffers = throwaway ? "32MB" : "128MB",
    tls,
    settings: more = [],
  }: PostgresOptions,
): Promise<ChildProcess> {
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=300",
    `shared_buffers=${sharedBuffers}`,
    // The log holds codes and no contents: neither statements nor the keys of duplicate rows.
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    ...(tls === undefined ? [] : ["ssl=on", "ssl_cert_file=server.crt", "ssl_key_file=server.key"]),
    // A client that is gone without a word is let go within half a minute, and not after the two hours of TCP's own.
    "tcp_keepalives_idle=10",
    "tcp_keepalives_interval=5",
    "tcp_keepalives_count=3",
    ...(process.platform === "linux" ? ["tcp_user_timeout=20000"] : []),
    ...(throwaway ? ["fsync=off", "full_page_writes=off", "synchronous_commit=off"] : []),
    ...more,
  ];
  for (const [name, text] of tls === undefined
    ? []
    : [["server.crt", tls.cert] as const, ["server.key", tls.key] as const]) {
    const file = join(directory, name);
    await writeFile(file, text, { mode: 0o600 });
    if (user !== undefined) await chown(file, user.uid, user.gid);
  }
  const server = spawn(postgres, ["-D", directory, ...settings.flatMap((setting) => ["-c", setting])], {
    ...user,
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe"],
    // In a group of its own, so that a Ctrl-C reaches us alone and we stop it last.
    detached: true,
    // Nothing of ours is in its environment: settings of libpq there would be taken for its own.
    env: { LC_ALL: "C" },
  });
  const said = server.stderr;
  if (said === null) throw new Error("PostgreSQL has no log to read");
  if (log !== undefined) {
    await (await open(log, "a", 0o600)).close();
    await chmod(log, 0o600);
    said.pipe(createWriteStream(log, { flags: "a" }));
  }
  await new Promise<void>((ready, refuse) => {
    let heard = "";
    const listen = (chunk: Buffer): void => {
      heard = (heard + chunk.toString()).slice(-4_000);
      if (!/database system is ready to accept (read-only )?connections/.test(heard)) return;
      said.off("data", listen);
      ready();
    };
    said.on("data", listen);
    server.once("error", refuse);
    server.once("exit", () => refuse(new Error(`PostgreSQL did not start:\n${heard}`)));
  });
  said.resume();
  return server;
}

async function isServerOf(pid: number, directory: string): Promise<boolean> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  if (fromProc !== undefined) return fromProc.split("\0").includes(directory);
  if (process.platform === "linux") return false;
  const listed = await promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)]).catch(() => ({ stdout: "" }));
  return listed.stdout.includes(directory);
}

/** A process that is not our child tells nobody of its end, so it is asked. */
async function endsWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (const until = Date.now() + milliseconds; Date.now() < until; ) {
    if (!isAlive(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
