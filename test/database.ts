import { createHash, randomUUID } from "node:crypto";
import { type Client, escapeIdentifier } from "pg";
import { Config } from "../plumbing/config.ts";
import type { DatabaseDefinition } from "../plumbing/migrations.ts";
import {
  type DatabaseUrls,
  databaseUrl,
  databaseUrls,
  provisionDatabase,
  type RolePasswords,
  restrictDatabase,
  withClient,
} from "../system/databases.ts";

/** A database of one part for one test. Disposing it drops it, and fails the test that left a connection open. */
export interface TestDatabase extends DatabaseUrls, AsyncDisposable {
  /** Logs in as the superuser. */
  readonly adminUrl: string;
}

/** Gives a fresh database, at the present version and empty. The definition's SQL runs once in a whole test run. */
export async function createTestDatabase(definition: DatabaseDefinition): Promise<TestDatabase> {
  const clusterUrl = new Config().url("TEST_POSTGRES_URL");
  const name = `${definition.name}_${randomUUID().replaceAll("-", "")}`;
  await withClient(clusterUrl, async (admin) => {
    await ensureTemplate(admin, clusterUrl, definition);
    await admin.query(`create database ${escapeIdentifier(name)} template ${escapeIdentifier(definition.name)}`);
    await restrictDatabase(admin, definition.name, name);
  });
  return {
    ...databaseUrls(clusterUrl, definition.name, name, testPasswords(definition.name)),
    adminUrl: databaseUrl(clusterUrl, name),
    [Symbol.asyncDispose]: () => withClient(clusterUrl, (admin) => dropDatabase(admin, name)),
  };
}

/** Test files run in several processes: the first that needs a definition migrates it, the others wait. */
async function ensureTemplate(admin: Client, clusterUrl: string, definition: DatabaseDefinition): Promise<void> {
  await admin.query("select pg_advisory_lock(hashtext($1))", [definition.name]);
  try {
    const { rows } = await admin.query("select from pg_database where datname = $1 and datistemplate", [
      definition.name,
    ]);
    if (rows.length > 0) return;
    await provisionDatabase(clusterUrl, definition, testPasswords(definition.name));
    await admin.query(`alter database ${escapeIdentifier(definition.name)} is_template true`);
  } finally {
    await admin.query("select pg_advisory_unlock(hashtext($1))", [definition.name]);
  }
}

/** How long a closed connection may take to be gone from the server's list, in seconds. */
const closing = 1;

async function dropDatabase(admin: Client, name: string): Promise<void> {
  const left = await connectionsLeft(admin, name);
  await admin.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
  if (left.length > 0) throw new Error(`The test left connections open: ${left.join(", ")}`);
}

/** The roles of the connections that are still open once those that were being closed are gone. */
async function connectionsLeft(admin: Client, name: string): Promise<string[]> {
  for (const until = Date.now() + closing * 1000; ; ) {
    const { rows } = await admin.query<{ usename: string }>(
      "select usename from pg_stat_activity where datname = $1 and backend_type = 'client backend'",
      [name],
    );
    if (rows.length === 0 || Date.now() > until) return rows.map(({ usename }) => usename);
  }
}

/** The processes of one run agree on them without a word. */
function testPasswords(name: string): RolePasswords {
  const password = (role: string): string => createHash("sha256").update(`${name} ${role}`).digest("base64url");
  return { owner: password("owner"), registry: password("registry"), app: password("app") };
}
