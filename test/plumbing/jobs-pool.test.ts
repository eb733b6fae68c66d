import { expect, test } from "@jest/globals";
import { JobsPool } from "../../plumbing/jobs-pool.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { createTestDatabase } from "../database.ts";

test("a connection that is given back twice is back once, and whoever has it next keeps it", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  const pool = new JobsPool({ connectionString: database.appUrl, max: 1 });
  const released = await new Promise<(error?: Error | boolean) => void>((resolve, reject) => {
    pool.connect((error, _client, release) => (error ? reject(error) : resolve(release)));
  });
  released();
  const next = await pool.connect();
  expect(() => released(true)).not.toThrow();
  expect(pool.idleCount).toBe(0);
  expect((await next.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  next.release();
  await pool.end();
});
