import { expect, test } from "@jest/globals";
import type { TaskList } from "graphile-worker";
import { runJobs } from "../../plumbing/jobs.ts";
import { Listener } from "../../plumbing/listener.ts";
import { openLog } from "../../plumbing/log.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase } from "../database.ts";
import { openProxy } from "../proxy.ts";
import { until } from "../until.ts";

const log = openLog("test", "silent");

test("jobs are done after every connection was cut and refused for a while", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using proxy = await openProxy(database.appUrl);
  await using listener = new Listener(proxy.url, log);
  const done = Promise.withResolvers<string>();
  const note = async (payload: unknown): Promise<void> => done.resolve((payload as { of: string }).of);
  const jobs = await runJobs({ url: proxy.url, tasks: { note }, listener, log });
  proxy.cut();
  await withClient(database.adminUrl, (admin) =>
    admin.query("select graphile_worker.add_job('note', json_build_object('of', 'the outage'))"),
  );
  await proxy.refused(5);
  proxy.mend();
  expect(await done.promise).toBe("the outage");
  await jobs[Symbol.asyncDispose]();
});

test("a runner that ends by itself and would wait for ever is replaced, and what it had under way may still end", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using listener = new Listener(database.appUrl, log);
  const stays = Promise.withResolvers<void>();
  const leaves = Promise.withResolvers<void>();
  const runners = new Set<string | null>();
  const tasks: TaskList = {
    async fail() {
      await stays.promise;
    },
    async stay() {
      stays.resolve();
      await leaves.promise;
    },
    async note(_payload, { job }) {
      runners.add(job.locked_by);
    },
  };
  await withClient(database.adminUrl, async (admin) => {
    // What is done cannot be taken out of the queue: then graphile-worker has its runner end.
    await admin.query(`
      create sequence care.kept;
      create function care.keep() returns trigger language plpgsql security definer
        as $$ begin perform nextval('care.kept'); raise exception 'kept'; end $$;
      create trigger keep before delete on graphile_worker._private_jobs for each row execute function care.keep();
      select graphile_worker.add_job('stay', job_key := 'stay');
      select graphile_worker.add_job('fail')`);
    const jobs = await runJobs({ url: database.appUrl, tasks, listener, log });
    await until("a job that could not be taken out of the queue", async () => {
      const { rows } = await admin.query<{ kept: boolean }>("select is_called as kept from care.kept");
      return rows[0]?.kept;
    });
    const { rows } = await admin.query<{ locked_by: string }>(
      "select locked_by from graphile_worker.jobs where key = 'stay'",
    );
    await admin.query("drop function care.keep cascade");
    await until("the next runner", async () => {
      await admin.query("select graphile_worker.add_job('note', job_key := 'note')");
      return [...runners].some((runner) => runner !== rows[0]?.locked_by);
    });
    // Its end is told to the runner that was left behind as well: nobody may fall over that.
    leaves.resolve();
    await until("an empty queue", async () => {
      const { rows } = await admin.query<{ left: number }>("select count(*)::int as left from graphile_worker.jobs");
      return rows[0]?.left === 0;
    });
    await jobs[Symbol.asyncDispose]();
  });
});

const lockName = "hashtextextended($1, 0)";

test("a job that a killed worker left locked is done again, and one of a living worker is left alone", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await withClient(database.adminUrl, async (living) => {
    await living.query(`select pg_advisory_lock(${lockName})`, ["pool-living"]);
    await living.query(
      "select graphile_worker.add_job('note', json_build_object('of', owner)) from unnest($1::text[]) owner",
      [["pool-living", "pool-killed"]],
    );
    await living.query(`
      update graphile_worker._private_jobs
      set locked_at = now() - interval '1 minute', locked_by = payload ->> 'of'`);
    const done = Promise.withResolvers<string>();
    const noted: string[] = [];
    await using listener = new Listener(database.appUrl, log);
    const note = async (payload: unknown): Promise<void> => {
      noted.push((payload as { of: string }).of);
      done.resolve("done");
    };
    const jobs = await runJobs({ url: database.appUrl, tasks: { note }, listener, log });
    await done.promise;
    await jobs[Symbol.asyncDispose]();
    expect(noted).toEqual(["pool-killed"]);
    const { rows } = await living.query("select locked_by from graphile_worker._private_jobs");
    expect(rows).toEqual([{ locked_by: "pool-living" }]);
  });
});

test("a job that was given out, and whose runner never heard of it, is done; one that it is at is left alone", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using listener = new Listener(database.appUrl, log);
  const begun = Promise.withResolvers<string | null>();
  const leaves = Promise.withResolvers<void>();
  const noted = Promise.withResolvers<void>();
  let stays = 0;
  const tasks: TaskList = {
    async stay(_payload, { job }) {
      stays += 1;
      begun.resolve(job.locked_by);
      await leaves.promise;
    },
    async note() {
      noted.resolve();
    },
  };
  await withClient(database.adminUrl, async (admin) => {
    await admin.query("select graphile_worker.add_job('stay', queue_name := 'stay')");
    const jobs = await runJobs({ url: database.appUrl, tasks, listener, log });
    const runner = await begun.promise;
    // As PostgreSQL has it when the connection is lost between its commit and its answer.
    await admin.query("begin; select graphile_worker.add_job('note', queue_name := 'note')");
    const locked = "locked_by = $1, locked_at = now() - interval '1 minute'";
    await admin.query(`update graphile_worker._private_jobs set ${locked}`, [runner]);
    await admin.query(`update graphile_worker._private_job_queues set ${locked}`, [runner]);
    await admin.query("commit");
    await noted.promise;
    leaves.resolve();
    await jobs[Symbol.asyncDispose]();
    expect(stays).toBe(1);
    const { rows } = await admin.query("select from graphile_worker.jobs");
    expect(rows).toEqual([]);
  });
});
