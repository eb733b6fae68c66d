import { expect, test } from "@jest/globals";
import { runJobs } from "../../plumbing/jobs.ts";
import { Listener } from "../../plumbing/listener.ts";
import { openLog } from "../../plumbing/log.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase } from "../database.ts";

const log = openLog("test", "silent");
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
