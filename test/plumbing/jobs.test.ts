import { expect, test } from "@jest/globals";
import { runJobs } from "../../plumbing/jobs.ts";
import { Listener } from "../../plumbing/listener.ts";
import { openLog } from "../../plumbing/log.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase } from "../database.ts";
import { openProxy } from "../proxy.ts";

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
