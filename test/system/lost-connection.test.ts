import { expect, test } from "@jest/globals";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase } from "../database.ts";
import { until } from "../until.ts";

test("a connection that is lost between two queries fails the next one, and nothing else", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  const lost = withClient(database.adminUrl, async (client) => {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const pid = rows[0]?.pid;
    const gone = new Promise((resolve) => client.once("end", resolve));
    await withClient(database.adminUrl, async (other) => {
      await other.query("select pg_terminate_backend($1)", [pid]);
      await until("the end of a connection", async () => {
        const { rowCount } = await other.query("select from pg_stat_activity where pid = $1", [pid]);
        return rowCount === 0;
      });
    });
    await gone;
    await client.query("select 1");
  });
  await expect(lost).rejects.toThrow();
});
