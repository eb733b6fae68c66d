import type { Client } from "pg";
import { errorFacts, type Log } from "./log.ts";
import { PromptClient } from "./prompt-client.ts";

/** How often the connection is asked whether it is still there, and how long the answer may take, in milliseconds. */
const heartbeat = { every: 5_000, patience: 3_000 };

/** How soon a lock that an earlier connection still holds is asked for again, in milliseconds. */
const lockRetry = 250;

/** The waits between attempts to connect, in milliseconds; the last one is repeated. */
const backoff = [50, 200, 500, 1_000, 2_000, 5_000];

export type Heard = (payload: string) => void;

/**
 * The one LISTEN connection of a process. A notification is a hint and never the truth: after
 * each new connection every listener is called with an empty payload, to read the rows again.
 * The connection also holds the process's session locks, which PostgreSQL frees when it dies.
 */
export class Listener implements AsyncDisposable {
  readonly #url: string;
  readonly #log: Log;
  readonly #channels = new Map<string, Set<Heard>>();
  readonly #locks = new Set<string>();
  readonly #loop: Promise<void>;
  readonly #end = new AbortController();
  #client: Client | undefined;
  /** Those that the present connection holds. */
  readonly #held = new Set<string>();

  constructor(url: string, log: Log) {
    this.#url = url;
    this.#log = log;
    this.#loop = this.#run();
  }

  /** @returns a function that ends the listening. */
  listen(channel: string, heard: Heard): () => void {
    let listeners = this.#channels.get(channel);
    if (listeners === undefined) {
      listeners = new Set();
      this.#channels.set(channel, listeners);
      this.#client?.query(`listen "${channel}"`).catch(() => this.#client?.end());
    }
    listeners.add(heard);
    return () => listeners.delete(heard);
  }

  /** Holds a session advisory lock under this name for as long as the process and its connection live. */
  holdLock(name: string): void {
    this.#locks.add(name);
    const client = this.#client;
    if (client !== undefined) this.#takeLock(client, name).catch(() => client.end());
  }

  /** Lets go of a lock that it holds, or would take at the next connection. */
  releaseLock(name: string): void {
    this.#locks.delete(name);
    if (this.#held.delete(name)) {
      const client = this.#client;
      client?.query("select pg_advisory_unlock(hashtextextended($1, 0))", [name]).catch(() => client.end());
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#end.signal.aborted; ) {
      try {
        await this.#serve(() => {
          failures = 0;
        });
      } catch (error) {
        if (this.#end.signal.aborted) return;
        this.#log.warn(errorFacts(error), "listening connection lost");
        await pause(backoff[Math.min(failures, backoff.length - 1)] ?? 0, this.#end.signal);
        failures += 1;
      }
    }
  }

  /** One connection's life. Ends by throwing, or quietly once the listener is disposed of. */
  async #serve(connected: () => void): Promise<void> {
    const client = new PromptClient({ connectionString: this.#url, connectionTimeoutMillis: heartbeat.patience });
    const lost = new Promise<never>((_, reject) => {
      client.on("error", reject);
      client.on("end", () => reject(new Error("The connection ended")));
    });
    lost.catch(() => undefined);
    client.on("notification", ({ channel, payload }) => this.#tell(channel, payload ?? ""));
    // A half-open socket stays silent for ever: only an answer in time shows that it lives.
    const inTime = <T>(answer: Promise<T>) => Promise.race([answer, patience(), lost]);
    try {
      await client.connect();
      for (const channel of this.#channels.keys()) await inTime(client.query(`listen "${channel}"`));
      this.#client = client;
      connected();
      for (const channel of this.#channels.keys()) this.#tell(channel, "");
      while (!this.#end.signal.aborted) {
        for (const lock of this.#locks) if (!this.#held.has(lock)) await inTime(this.#takeLock(client, lock));
        const isWhole = this.#held.size === this.#locks.size;
        await Promise.race([pause(isWhole ? heartbeat.every : lockRetry, this.#end.signal), lost]);
        if (!this.#end.signal.aborted) await inTime(client.query("select 1"));
      }
    } finally {
      this.#client = undefined;
      this.#held.clear();
      const gone = client.end().catch(() => undefined);
      if (this.#end.signal.aborted) await gone;
    }
  }

  /**
   * Takes a lock, or ends the session that has it: that is our own earlier connection, which went dead without PostgreSQL's
   * knowledge. To wait for the lock would be to wait until PostgreSQL notices.
   */
  async #takeLock(client: Client, name: string): Promise<void> {
    const { rows } = await client.query<{ taken: boolean }>(takeLock, [name]);
    if (rows[0]?.taken) this.#held.add(name);
    else await client.query(endHolder, [name]);
  }

  #tell(channel: string, payload: string): void {
    for (const heard of this.#channels.get(channel) ?? []) heard(payload);
  }
}

const takeLock = "select pg_try_advisory_lock(hashtextextended($1, 0)) as taken";

/** A reaper may have it for a moment, within a transaction: that one is left alone. */
const endHolder = `
  select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
  where locktype = 'advisory' and granted and objsubid = 1 and pg_locks.database = datid and xact_start is null
    and (classid::bigint << 32 | objid::bigint) = hashtextextended($1, 0)`;

function pause(milliseconds: number, end: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      end.removeEventListener("abort", done);
      resolve();
    }
    end.addEventListener("abort", done);
    if (end.aborted) done();
  });
}

function patience(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error("No heartbeat")), heartbeat.patience).unref();
  });
}
