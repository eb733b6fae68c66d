import type { Task } from "graphile-worker";
import type { Clock } from "./clock.ts";
import { type Database, systemClaims } from "./database.ts";
import type { Log } from "./log.ts";

/**
 * What waits for its time in rows, whatever becomes of the jobs that were set for it: by a task's name, a query of the
 * rows, each with the job's `key`, its `payload` and when it is `due`; and with its `queue`, where it has one.
 */
export type Timers = Readonly<Record<string, string>>;

/** How many jobs one run makes of one kind. */
const batch = 1_000;

export interface SweepOptions {
  readonly database: Database;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Sees to it that whatever waits has a job, for example after a restore, or after a job that gave up; and that jobs are
 * done at their time by the part's clock also where the queue's, which is PostgreSQL's, is behind it.
 */
export function sweepTask({ database, timers, clock, log }: SweepOptions): Task {
  return async () => {
    await database.transaction(systemClaims, (rows) => rows.query(pullForward, [clock.now()]));
    for (const [task, waiting] of Object.entries(timers)) {
      const made = await database.transaction(systemClaims, (rows) =>
        rows.query<unknown[]>(giveJobs(waiting), [task, batch]),
      );
      if (made.length > 0) log.warn({ task, count: made.length }, "what waited without a job has one again");
    }
  };
}

/** What is due comes before what is not: in the order in which it was. */
const pullForward = `
  update graphile_worker._private_jobs set run_at = run_at - ($1::timestamptz - now())
  where locked_at is null and run_at > now() and run_at <= $1`;

/** A job that has used up its attempts is none. */
const giveJobs = (waiting: string) => `
  select graphile_worker.add_job($1, payload, run_at := due, job_key := key, queue_name := queue)
  from (
    select waiting.key, waiting.payload, waiting.due, to_jsonb(waiting) ->> 'queue' as queue from (${waiting}) as waiting
    where not exists (
      select from graphile_worker._private_jobs job
      where job.key = waiting.key and (job.locked_at is not null or job.attempts < job.max_attempts)
    )
    order by waiting.due, waiting.key limit $2
  ) as without_job`;
