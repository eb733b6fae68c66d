import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { Logger, run, type TaskList, type WorkerEvents } from "graphile-worker";
import type { Pool } from "pg";
import type { EntityManager } from "typeorm";
import { JobsPool } from "./jobs-pool.ts";
import type { Listener } from "./listener.ts";
import { errorFacts, type Log } from "./log.ts";
import { PromptClient } from "./prompt-client.ts";
import { untilDone, untilNextRun } from "./retry.ts";

export interface JobsOptions {
  readonly url: string;
  readonly tasks: TaskList;
  /** Those that run at the start and then each minute, on one of the replicas. */
  readonly everyMinute?: TaskList;
  readonly listener: Listener;
  readonly log: Log;
}

/**
 * Schedules a job in the caller's transaction. A later call with the same key moves it.
 * @param payload ids only: the queue is no place for content.
 * @param queue jobs of one queue are done one after the other, and so keep no others waiting.
 * @param among decides which of the jobs that are due goes first, where that must not be the one that came first, for what
 *   is done in that order would tell it. All others are done in the order in which they are due.
 */
export async function schedule(
  rows: EntityManager,
  task: string,
  payload: Readonly<Record<string, string>>,
  runAt: Date,
  key: string,
  queue: string | null = null,
  among: string | null = null,
): Promise<void> {
  await rows.query(
    `select graphile_worker.add_job($1, $2::json, run_at := $3, job_key := $4, queue_name := $5,
       priority := coalesce(hashtext($6) >> 16, 0))`,
    [task, JSON.stringify(payload), runAt, key, queue, among],
  );
}

/**
 * Schedules a job anew that came before its time: the queue goes by the database's clock, and the part's is behind it. It
 * comes in a second at the soonest, so that it does not come again and again. `among` is as for `schedule`.
 */
export async function postpone(
  rows: EntityManager,
  task: string,
  payload: Readonly<Record<string, string>>,
  due: Date,
  key: string,
  among: string | null = null,
): Promise<void> {
  const [soonest] = await rows.query<{ at: Date }[]>("select now() + interval '1 second' as at");
  await schedule(rows, task, payload, soonest !== undefined && soonest.at > due ? soonest.at : due, key, null, among);
}

/** How many jobs a process works on at once. */
const concurrency = 8;

/** After so many failed fetches on end a runner counts as deaf: each worker has tried twice. */
const deafAfter = 2 * concurrency;

/** How long a runner may take to end, in milliseconds: longer than any job is under way. */
const endsWithin = 15_000;

/** How long a runner that ended by itself is left before the next, in milliseconds. */
const restartAfter = 200;

/** How often what runs each minute does, in milliseconds: by no clock, so that none that is set back or ahead stops it. */
const minute = 60_000;

/** How often a process looks for jobs that a killed one left locked, in milliseconds. */
const reapEvery = 2_000;

/**
 * Runs the jobs of a part on graphile-worker. A job that was under way when its process was
 * killed is freed within seconds: each pool of workers holds a session lock under its id, and
 * the reaper frees what is locked by a pool whose lock nobody holds. So is a job of which a
 * living pool knows nothing: PostgreSQL had given it out, and the connection was lost before that was heard.
 */
export async function runJobs({ url, tasks, everyMinute = {}, listener, log }: JobsOptions): Promise<AsyncDisposable> {
  const pool = new JobsPool({
    Client: PromptClient,
    connectionString: url,
    max: concurrency + 3,
    connectionTimeoutMillis: 5_000,
  });
  const lost = (error: Error) => log.warn(errorFacts(error), "a job connection was lost");
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));
  const start = () =>
    startRunner({ pool, tasks: { ...untilDone(tasks, log), ...untilNextRun(everyMinute, log) }, listener, log });
  let running = await start();
  const stopping = new AbortController();
  const watched = (async () => {
    while (!stopping.signal.aborted) {
      await running.ended.catch((error: unknown) => log.error(errorFacts(error), "the job runner ended"));
      await pause(restartAfter, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      running = await start().catch(() => running);
    }
  })();
  const reap = async (): Promise<void> => {
    await pool.query(freeAbandonedJobs);
    await pool.query(freeUnheardJobs, [running.id(), running.underWay()]);
    if (running.isDeaf()) await running.stop();
  };
  const reaper = setInterval(() => {
    reap().catch((error: unknown) => log.warn(errorFacts(error), "reaping failed"));
  }, reapEvery);
  const beat = (): void => {
    pool
      .query(dueEachMinute, [Object.keys(everyMinute)])
      .catch((error: unknown) => log.warn(errorFacts(error), "what runs each minute was left out once"));
  };
  const heart = setInterval(beat, minute);
  beat();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(heart);
      clearInterval(reaper);
      stopping.abort();
      await running.stop();
      await watched;
      await pool.end();
    },
  };
}

/** One runner of graphile-worker, as long as it lasts. */
interface Running {
  /** Settles once it has ended, by itself or as it was told, or should have. */
  readonly ended: Promise<void>;
  /** Under which it locks jobs. */
  id(): string;
  /** The ids of the jobs that it is at. */
  underWay(): readonly string[];
  /** Whether its every fetch fails. */
  isDeaf(): boolean;
  stop(): Promise<void>;
}

interface RunnerOptions extends Pick<JobsOptions, "tasks" | "listener" | "log"> {
  readonly pool: Pool;
}

async function startRunner({ pool, tasks, listener, log }: RunnerOptions): Promise<Running> {
  const events: WorkerEvents = new EventEmitter();
  const idOf = (workerPool: object) => (workerPool as { readonly id: string }).id;
  let id = "";
  events.on("pool:create", ({ workerPool }) => {
    id = idOf(workerPool);
    listener.holdLock(id);
  });
  const underWay = new Set<string>();
  events.on("job:start", ({ job }) => underWay.add(job.id));
  events.on("job:complete", ({ job }) => underWay.delete(job.id));
  // What an earlier runner of this process could not give back is free to the reapers then.
  events.on("pool:release", ({ workerPool }) => listener.releaseLock(idOf(workerPool)));
  // graphile-worker 0.18 may wait for ever: for a job that does not end, or for a batch of those that failed, which it
  // miscounts. Then it is left behind, and what it had under way is free. It is not shut down by force: a job of it that
  // ends after that would end the process, by a rejection that graphile-worker hears nowhere.
  const overdue = Promise.withResolvers<never>();
  overdue.promise.catch(() => undefined);
  events.on("pool:gracefulShutdown", ({ workerPool }) => {
    const timer = setTimeout(() => {
      listener.releaseLock(idOf(workerPool));
      overdue.reject(new Error("It did not come to its end"));
    }, endsWithin);
    events.once("pool:release", () => clearTimeout(timer));
  });
  // It keeps a first look-up of its tasks that failed, too, and is deaf from then on, though the database is back.
  let failedFetches = 0;
  events.on("worker:getJob:error", () => {
    failedFetches += 1;
  });
  for (const fetched of ["worker:getJob:empty", "job:start"] as const) {
    events.on(fetched, () => {
      failedFetches = 0;
    });
  }
  const runner = await run({
    pgPool: pool,
    concurrency,
    pollInterval: 1_000,
    noHandleSignals: true,
    taskList: tasks,
    events,
    // A batch of completions is not awaited when the runner stops, and would find the pool closed.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: new Logger(() => (level, message) => {
      // graphile-worker writes an error's message into its own: that stays out of the log.
      const task = /task '?([\w-]+)'?/.exec(message)?.[1];
      if (level === "error") log.error({ task }, task === undefined ? "the job queue cannot be reached" : "job failed");
    }),
  });
  const ended = Promise.race([runner.promise, overdue.promise]);
  const stop = async (): Promise<void> => {
    runner.stop().catch(() => undefined);
    await ended.catch(() => undefined);
  };
  overdue.promise.catch(stop);
  return { id: () => id, underWay: () => [...underWay], ended, isDeaf: () => failedFetches >= deafAfter, stop };
}

/** One job a task, and one at a time, however many replicas ask for it. */
const dueEachMinute = `
  select graphile_worker.add_job(
    task, '{}'::json, queue_name := 'each minute ' || task, job_key := 'each minute ' || task, job_key_mode := 'preserve_run_at')
  from unnest($1::text[]) as task`;

/** Locks younger than five seconds are left alone: that they were given may still be on its way. */
const freeUnheardJobs = `
  with unheard as (
    update graphile_worker._private_jobs set locked_at = null, locked_by = null
    where locked_by = $1 and locked_at < now() - interval '5 seconds' and id <> all ($2::bigint[])
    returning job_queue_id
  )
  update graphile_worker._private_job_queues set locked_at = null, locked_by = null
  where locked_by = $1 and id in (select job_queue_id from unheard)`;

/** Locks younger than five seconds are left alone: their pool may not yet hold its session lock. */
const freeAbandonedJobs = `
  with dead as (
    select locked_by from (
      select distinct locked_by from graphile_worker._private_jobs
      where locked_at < now() - interval '5 seconds'
    ) as holders
    where pg_try_advisory_xact_lock(hashtextextended(locked_by, 0))
  )
  select graphile_worker.force_unlock_workers(array_agg(locked_by)) from dead having count(*) > 0
`;
