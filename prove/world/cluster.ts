import { execFile } from "node:child_process";
import { chown, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { databaseUrl, withClient } from "../../system/databases.ts";
import { freePort } from "../../system/ports.ts";
import { type RunningPostgres, startPostgres } from "../../system/postgres.ts";
import { type Disk, mountDisk } from "./disk.ts";
import { openWay, type Way } from "./way.ts";

export interface ClusterOptions {
  /** Where its files lie. */
  readonly folder: string;
  readonly password: string;
  /** Whether it is as safe as in production, which a throwaway one need not be. */
  readonly isDurable: boolean;
  /** Whether its files lie on disks of their own, where such may be mounted. */
  readonly hasOwnDisks: boolean;
}

/** One server of the cluster. */
interface Server {
  readonly directory: string;
  readonly port: number;
  readonly disk: Disk | undefined;
  readonly settings: readonly string[];
  running: RunningPostgres;
}

/** How often a server that does not start is started, as any supervisor would, a quarter of a second apart. */
const attempts = 80;

/** What each server is told besides: enough WAL is kept for a standby that was away, and not more than a small disk holds. */
const replication = [
  "wal_keep_size=256MB",
  "max_wal_size=256MB",
  "wal_receiver_timeout=10s",
  "wal_sender_timeout=10s",
  "wal_retrieve_retry_interval=500ms",
];

/** PostgreSQL: a primary, and once it has one, a synchronous standby that takes its place. */
export class Cluster implements AsyncDisposable {
  readonly #options: ClusterOptions;
  readonly #stack = new AsyncDisposableStack();
  #made = 0;
  #primary!: Server;
  #standby: Server | undefined;
  /** From the standby to the primary. */
  #replication: Way | undefined;

  private constructor(options: ClusterOptions) {
    this.#options = options;
  }

  static async start(options: ClusterOptions): Promise<Cluster> {
    const cluster = new Cluster(options);
    cluster.#primary = await cluster.#make([]);
    return cluster;
  }

  /** Of the present primary, as the superuser, to the database `postgres`. */
  get url(): string {
    return this.#primary.running.url;
  }

  /** The same login at one part's database. */
  databaseUrl(part: string): string {
    return databaseUrl(this.url, part);
  }

  get port(): number {
    return this.#primary.port;
  }

  /** The present primary's; undefined where none could be mounted. */
  get disk(): Disk | undefined {
    return this.#primary.disk;
  }

  /** The way from the standby to the primary. @throws Error where there is no standby. */
  get replication(): Way {
    if (this.#replication === undefined) throw new Error("There is no standby");
    return this.#replication;
  }

  /** Kills the primary. */
  kill(): Promise<void> {
    return killed(this.#primary);
  }

  killStandby(): Promise<void> {
    return this.#standby === undefined ? Promise.resolve() : killed(this.#standby);
  }

  /** Starts the primary on its files again, if it has ended. @returns whether it had. */
  start(): Promise<boolean> {
    return this.#start(this.#primary);
  }

  async startStandby(): Promise<void> {
    if (this.#standby !== undefined) await this.#start(this.#standby);
  }

  /** Kills the primary, puts the standby in its place, and makes another standby. */
  async promote(): Promise<void> {
    const old = this.#primary;
    const next = this.#standby;
    if (next === undefined) throw new Error("There is no standby");
    await killed(old);
    await withClient(next.running.url, (admin) => admin.query("select pg_promote(true, 60)"));
    this.#primary = next;
    this.#standby = undefined;
    // Until it has a standby of its own it owes nothing to one; nor is it taken away before.
    await this.#owe("reset synchronous_standby_names");
    await discard(old);
    await this.addStandby();
  }

  /** Makes a synchronous standby by a base backup of the primary while that is at work. */
  async addStandby(): Promise<void> {
    this.#replication ??= this.#stack.use(await openWay(() => [this.#primary.port]));
    const { password } = this.#options;
    const source = `host=127.0.0.1 port=${this.#replication.port} user=postgres password=${password} application_name=standby`;
    this.#standby = await this.#make([`primary_conninfo=${source}`], (directory) => this.#backUp(directory));
    await withClient(this.url, async (admin) => {
      const isStreaming = "select from pg_stat_replication where application_name = 'standby' and state = 'streaming'";
      for (let attempt = 1; (await admin.query(isStreaming)).rowCount === 0; attempt += 1) {
        if (attempt === attempts) throw new Error("The standby does not follow the primary");
        await pause(250);
      }
    });
    await this.#owe("set synchronous_standby_names = 'standby'");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A primary that waits for its standby would not end.
    if (this.#standby !== undefined) {
      await this.#owe("reset synchronous_standby_names").catch(() => undefined);
      await discard(this.#standby);
    }
    await discard(this.#primary);
    await this.#stack.disposeAsync();
  }

  async #make(settings: readonly string[], fill?: (directory: string) => Promise<void>): Promise<Server> {
    this.#made += 1;
    const folder = join(this.#options.folder, `postgres-${this.#made}`);
    await using stack = new AsyncDisposableStack();
    const disk = this.#options.hasOwnDisks ? await mountDisk(folder) : undefined;
    stack.use(disk);
    const directory = disk === undefined ? folder : join(folder, "files");
    await fill?.(directory);
    const server = { directory, disk, settings: [...replication, ...settings], port: await freePort() };
    const running = await this.#run(server);
    stack.move();
    return { ...server, running };
  }

  async #start(server: Server): Promise<boolean> {
    const isGone = await Promise.race([server.running.ended.then(() => true), pause(0, false)]);
    if (!isGone) return false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        server.running = await this.#run(server);
        return true;
      } catch (error) {
        if (attempt === attempts) throw error;
        await pause(250);
      }
    }
  }

  #run({ directory, port, settings }: Omit<Server, "running">): Promise<RunningPostgres> {
    const { password, isDurable } = this.#options;
    return startPostgres({ directory, port, password, settings, throwaway: !isDurable });
  }

  async #backUp(directory: string): Promise<void> {
    await withClient(this.url, async (admin) => {
      await admin.query("select pg_backup_start('standby', true)");
      await copyWhileWritten(this.#primary.directory, directory);
      const { rows } = await admin.query<{ labelfile: string }>("select labelfile from pg_backup_stop(false)");
      const { uid, gid } = await stat(directory);
      for (const [name, text] of [
        ["backup_label", rows[0]?.labelfile ?? ""],
        ["standby.signal", ""],
      ] as const) {
        await writeFile(join(directory, name), text);
        await chown(join(directory, name), uid, gid);
      }
    });
    await rm(join(directory, "postmaster.pid"), { force: true });
  }

  /** Says for whom a commit waits. It is no transaction, and so waits for nobody itself. */
  async #owe(change: string): Promise<void> {
    await withClient(this.url, async (admin) => {
      await admin.query(`alter system ${change}`);
      await admin.query("select pg_reload_conf()");
    });
  }
}

async function killed({ running }: Server): Promise<void> {
  try {
    process.kill(running.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
  await running.ended;
}

async function discard(server: Server): Promise<void> {
  await killed(server);
  await server.disk?.[Symbol.asyncDispose]();
  await rm(server.directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Files that go while they are copied are in the WAL. */
async function copyWhileWritten(from: string, to: string): Promise<void> {
  try {
    await promisify(execFile)("env", ["LC_ALL=C", "cp", "-a", from, to]);
  } catch (error) {
    const said = String((error as { stderr?: string }).stderr)
      .trim()
      .split("\n");
    if (!said.every((line) => line.endsWith("No such file or directory"))) throw error;
  }
}
