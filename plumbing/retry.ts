import type { JobHelpers, Task, TaskList } from "graphile-worker";
import { errorFacts, type Log } from "./log.ts";

/** Thrown by a task that has said in the log why it is to be tried again. */
export class TryAgain extends Error {
  override readonly name = "TryAgain";
}

/**
 * How long to wait before attempt `attempt` (from 1), in milliseconds: doubling from a quarter of
 * a second to half a minute, so that what was waiting goes within a minute of a repair.
 * @param chance from 0 to 1: spreads the attempts of many jobs.
 */
export function retryDelay(attempt: number, chance: number): number {
  const longest = Math.min(30_000, 250 * 2 ** Math.min(attempt - 1, 10));
  return Math.round(longest * (0.5 + 0.5 * chance));
}

/** Which attempt a job is, from 1. */
export function attemptOf(payload: unknown): number {
  return (payload as { readonly attempt?: number }).attempt ?? 1;
}

/**
 * The same tasks, whose jobs are tried again until they are done: a lost message or timer is the worst outcome, and
 * graphile-worker's own schedule would stretch to hours and then stop. When that is, the queue's clock says, which is
 * PostgreSQL's, whatever the part's shows.
 */
export function untilDone(tasks: TaskList, log: Log): TaskList {
  return mapTasks(tasks, (name, task) => async (payload, jobs) => {
    try {
      await task(payload, jobs);
    } catch (error) {
      const attempt = attemptOf(payload);
      if (!(error instanceof TryAgain)) {
        log.error({ task: name, attempt, ...errorFacts(error) }, "a job failed, will be tried again");
      }
      await tryAgain(jobs, attempt);
    }
  });
}

/** The same tasks, which run each minute: what failed is done by the next run, and not again before. */
export function untilNextRun(tasks: TaskList, log: Log): TaskList {
  return mapTasks(tasks, (name, task) => async (payload, jobs) => {
    try {
      await task(payload, jobs);
    } catch (error) {
      log.error({ task: name, ...errorFacts(error) }, "a job failed, the next minute's does its work");
    }
  });
}

function mapTasks(tasks: TaskList, wrap: (name: string, task: Task) => Task): TaskList {
  return Object.fromEntries(Object.entries(tasks).flatMap(([name, task]) => (task ? [[name, wrap(name, task)]] : [])));
}

function tryAgain(jobs: JobHelpers, attempt: number): Promise<unknown> {
  return jobs.query(again, [jobs.job.id, attempt + 1, retryDelay(attempt, Math.random())]);
}

/**
 * Puts a fresh job in the place of one that failed. What was set anew meanwhile under the same key stays: graphile-worker
 * then takes the key off the one that is under way, and uses up its attempts.
 */
const again = `
  with failed as (
    select task.identifier, job.payload, queue.queue_name, job.key, job.priority
    from graphile_worker._private_jobs job
    join graphile_worker._private_tasks task on task.id = job.task_id
    left join graphile_worker._private_job_queues queue on queue.id = job.job_queue_id
    where job.id = $1 and (job.key is not null or job.attempts < job.max_attempts)
    for update of job
  )
  select graphile_worker.add_job(
    identifier, (payload::jsonb || jsonb_build_object('attempt', $2::int))::json, queue_name := queue_name,
    run_at := now() + $3::int * interval '1 millisecond', job_key := key, priority := priority)
  from failed`;
