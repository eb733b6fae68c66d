import type { ClientBase, Pool } from "pg";
import { ImportRefused } from "../outcome.ts";

/** How long an import waits for another one of the same subject to merge. */
const LOCK_WAIT = "60s";

/**
 * Runs an import on a connection of its own, which is closed afterwards: with it go the temporary
 * tables, however the import ended.
 */
export async function withImportSession<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release(true);
  }
}

/**
 * Runs the merge of an import in one transaction. Imports of one subject take turns: a second one
 * reads its file meanwhile and waits here.
 *
 * @param subject what the file is about, such as `school 99ZZ`
 * @throws ImportRefused BUSY when the other one takes longer than a minute
 */
export async function inMergeTransaction<T>(client: ClientBase, subject: string, work: () => Promise<T>): Promise<T> {
  await client.query("begin");
  try {
    await client.query(`set local lock_timeout = '${LOCK_WAIT}'`);
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`import ${subject}`]);
    const result = await work();
    await client.query("commit");
    return result;
  } catch (fault) {
    await client.query("rollback");
    throw lockNotAvailable(fault) ? new ImportRefused("BUSY") : fault;
  }
}

function lockNotAvailable(fault: unknown): boolean {
  return fault instanceof Error && "code" in fault && fault.code === "55P03";
}
