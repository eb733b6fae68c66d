import type { JobHelpers, Task, TaskList } from "graphile-worker";
import { Pool } from "pg";
import type { Clock } from "../plumbing/clock.ts";
import type { JobsOptions } from "../plumbing/jobs.ts";
import { retryDelay } from "../plumbing/retry.ts";
import type { Deed } from "./virtual-time.ts";

/** How many jobs of one part are taken at once. */
const batch = 100;

/** A job that fails so often on end will not be done: a part that is out for days is nothing like it. */
const mostAttempts = 1_000;

interface JobRow {
  readonly id: string;
  readonly task: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly run_at: Date;
  readonly priority: number;
}

/** When the first is due of those that are not due yet; null where there is none. */
interface Next {
  readonly id: null;
  readonly run_at: Date | null;
}

/**
 * The jobs of one part on a virtual clock. graphile-worker goes by PostgreSQL's clock and cannot be told another, so its
 * tables are read here: jobs are taken in the order in which they are due, locked while they are done, and tried again
 * when they fail, as the parts' runner does.
 */
export class VirtualJobs implements AsyncDisposable {
  /** When the next job is due, as far as was known at the last look. */
  next = Number.POSITIVE_INFINITY;
  done = 0;
  failed = 0;
  readonly #pool: Pool;
  readonly #tasks: TaskList;
  readonly #everyMinute: TaskList;
  readonly #clock: Clock;
  /** Those that are done and still stand in the table, locked: they are taken out at the next look. */
  #doneIds: string[] = [];

  constructor({ url, tasks, everyMinute = {} }: Pick<JobsOptions, "url" | "tasks" | "everyMinute">, clock: Clock) {
    this.#pool = new Pool({ connectionString: url, max: 4 });
    this.#tasks = tasks;
    this.#everyMinute = everyMinute;
    this.#clock = clock;
  }

  /** Takes what is due, and looks when there will be more. */
  async take(): Promise<Deed[]> {
    const now = this.#clock.now();
    const { rows: found } = await this.#pool.query<JobRow | Next>({
      name: "take",
      text: takeDue,
      values: [now, batch, this.#doneIds.splice(0)],
    });
    const rows = found.filter((row) => row.id !== null);
    const later = found.find((row) => row.id === null)?.run_at?.getTime() ?? Number.POSITIVE_INFINITY;
    this.next = rows.length < batch ? later : now.getTime();
    // What an update returns has no order.
    rows.sort(
      (one, other) =>
        one.priority - other.priority ||
        one.run_at.getTime() - other.run_at.getTime() ||
        Number(one.id) - Number(other.id),
    );
    return rows.map((job) => () => this.#do(job));
  }

  /** Does once what a part does each minute. */
  async doEveryMinuteTasks(): Promise<void> {
    for (const task of Object.values(this.#everyMinute)) await run(task, {});
  }

  /** How many jobs wait, for whenever. */
  async left(): Promise<number> {
    const { rows } = await this.#pool.query<{ left: number }>(
      "select count(*)::int as left from graphile_worker._private_jobs where id <> all ($1)",
      [this.#doneIds],
    );
    return rows[0]?.left ?? 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.end();
  }

  async #do({ id, task, payload, attempts }: JobRow): Promise<void> {
    try {
      await run(this.#tasks[task], payload);
      this.#doneIds.push(id);
      this.done += 1;
    } catch (error) {
      this.failed += 1;
      if (attempts >= mostAttempts) throw error;
      const runAt = new Date(this.#clock.now().getTime() + retryDelay(attempts, 1));
      await this.#pool.query(
        `update graphile_worker._private_jobs
         set locked_at = null, locked_by = null, run_at = $2, max_attempts = attempts + 1 where id = $1`,
        [id, runAt],
      );
    }
  }
}

/** No task of ours asks anything of the runner. */
async function run(task: Task | undefined, payload: unknown): Promise<void> {
  if (task === undefined) throw new Error("The part has no such task");
  await task(payload, {} as JobHelpers);
}

/** The jobs that are due, and in a row of its own when the next of the others is. */
const takeDue = `
  with done as (
    delete from graphile_worker._private_jobs where id = any ($3)
  ), due as (
    update graphile_worker._private_jobs job
    set locked_at = now(), locked_by = 'virtual', attempts = attempts + 1
    from graphile_worker._private_tasks task
    where task.id = job.task_id and job.id in (
      select id from graphile_worker._private_jobs
      where is_available and run_at <= $1 order by priority, run_at, id limit $2 for update skip locked
    )
    returning job.id, task.identifier as task, job.payload, job.attempts, job.run_at, job.priority
  )
  select id, task, payload, attempts, run_at, priority from due
  union all
  select null, null, null, null, min(run_at), null from graphile_worker._private_jobs where is_available and run_at > $1`;
