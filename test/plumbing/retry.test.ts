import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Logger, runOnce, type TaskList } from "graphile-worker";
import { openDatabase } from "../../plumbing/database.ts";
import { openLog } from "../../plumbing/log.ts";
import { waitingHops } from "../../plumbing/outbox.ts";
import { retryDelay, untilDone, untilNextRun } from "../../plumbing/retry.ts";
import { sweepTask } from "../../plumbing/sweep.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase } from "../database.ts";
import type { Json } from "../subgraph.ts";

const log = openLog("test", "silent");
const logger = new Logger(() => () => undefined);

/** A queue of a database of its own, whose jobs run when the test says so. */
async function openQueue() {
  const database = await createTestDatabase(schoolDatabase);
  const sql = (text: string, values?: unknown[]): Promise<Json[]> =>
    withClient(database.adminUrl, async (admin) => (await admin.query(text, values)).rows);
  return {
    database,
    sql,
    add: (more = "") => sql(`select graphile_worker.add_job('work', '{"id":"a"}'::json, job_key := 'work:a' ${more})`),
    /** Does what waits, also what is to be tried again later. */
    async run(tasks: TaskList) {
      await sql("update graphile_worker._private_jobs set run_at = now() where locked_at is null");
      await runOnce({ connectionString: database.appUrl, taskList: tasks, noHandleSignals: true, logger });
    },
    waits: () =>
      sql(
        `select key, attempts, payload, queue_name, run_at <= now() + interval '30 seconds' as soon
         from graphile_worker.jobs join graphile_worker._private_jobs own using (id, key, attempts, run_at)`,
      ),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

describe("a job that fails", () => {
  test("thirty times is done the next time, and never waits for longer than half a minute", async () => {
    await using queue = await openQueue();
    await queue.add(", queue_name := 'mail 1'");
    const attempts: unknown[] = [];
    const work = async (payload: unknown): Promise<void> => {
      attempts.push((payload as { attempt?: number }).attempt);
      if (attempts.length <= 30) throw new Error("Not yet");
    };
    while (attempts.length <= 30) {
      const waiting = { key: "work:a", attempts: 0, queue_name: "mail 1", soon: true };
      expect(await queue.waits()).toMatchObject([waiting]);
      await queue.run(untilDone({ work }, log));
    }
    expect(await queue.waits()).toEqual([]);
    expect(attempts).toEqual([undefined, ...Array.from({ length: 30 }, (_, index) => index + 2)]);
  });

  test("leaves alone what was set anew under its key while it was under way", async () => {
    await using queue = await openQueue();
    await queue.add();
    const work = async (): Promise<void> => {
      await queue.sql(
        `select graphile_worker.add_job('work', '{"id":"anew"}'::json, job_key := 'work:a', run_at := now() + interval '1 day')`,
      );
      throw new Error("No");
    };
    await queue.run(untilDone({ work }, log));
    expect(await queue.waits()).toMatchObject([{ payload: { id: "anew" }, soon: false }]);
  });

  test("and runs each minute is left to the next minute", async () => {
    await using queue = await openQueue();
    await queue.add();
    await queue.run(untilNextRun({ work: () => Promise.reject(new Error("No")) }, log));
    expect(await queue.waits()).toEqual([]);
  });
});

describe("the sweep", () => {
  test("finds the one row without a job among more than it makes jobs for at once", async () => {
    await using queue = await openQueue();
    await queue.sql("insert into care.outbox (kind, payload) select 'note', '{}' from generate_series(1, 2100)");
    await queue.sql(
      "delete from graphile_worker._private_jobs where key = (select 'hop:' || max(id::text) from care.outbox)",
    );
    await using database = await openDatabase(queue.database.appUrl, []);
    await sweepTask({ database, timers: { hop: waitingHops }, clock: { now: () => new Date() }, log })({}, {} as never);
    expect(await queue.sql("select count(distinct key)::int as jobs from graphile_worker._private_jobs")).toEqual([
      { jobs: 2100 },
    ]);
  });

  test("puts a job in the place of one that has used up its attempts", async () => {
    await using queue = await openQueue();
    await queue.sql("insert into care.outbox (kind, payload) values ('note', '{}')");
    await queue.sql("update graphile_worker._private_jobs set attempts = max_attempts");
    await using database = await openDatabase(queue.database.appUrl, []);
    await sweepTask({ database, timers: { hop: waitingHops }, clock: { now: () => new Date() }, log })({}, {} as never);
    expect(await queue.waits()).toMatchObject([{ attempts: 0 }]);
  });
});

test("the wait before another attempt grows, and never passes half a minute", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const delay = retryDelay(attempt, chance);
      expect(delay).toBeGreaterThanOrEqual(125);
      expect(delay).toBeLessThanOrEqual(30_000);
      expect(retryDelay(attempt + 1, chance)).toBeGreaterThanOrEqual(delay);
    }),
  );
});
