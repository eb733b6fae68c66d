import { expect, test } from "@jest/globals";
import { PromptClient } from "../../plumbing/prompt-client.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase } from "../database.ts";

test("a connection that is lost while nobody listens to it ends no process", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  const client = new PromptClient({ connectionString: database.appUrl });
  await client.connect();
  const { rows } = await client.query("select pg_backend_pid() as pid");
  const gone = new Promise((resolve) => client.once("end", resolve));
  await withClient(database.adminUrl, (admin) => admin.query("select pg_terminate_backend($1)", [rows[0].pid]));
  await gone;
  await expect(client.query("select 1")).rejects.toThrow();
});

test("a statement with parameters is kept ready, and a connection on which it is outdated is left", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  const client = new PromptClient({ connectionString: database.adminUrl });
  await client.connect();
  await client.query("create table changing (value text)");
  const ask = () => client.query("select * from changing where value is distinct from $1", ["one"]);
  await ask();
  await ask();
  const { rows } = await client.query(
    "select generic_plans + custom_plans as runs from pg_prepared_statements where statement like '%changing%'",
  );
  expect(rows).toEqual([{ runs: "2" }]);
  await withClient(database.adminUrl, (admin) => admin.query("alter table changing add column more text"));
  const gone = new Promise((resolve) => client.once("end", resolve));
  await expect(ask()).rejects.toThrow("cached plan must not change result type");
  await gone;
});
