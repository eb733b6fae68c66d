import { Pool } from "pg";
import type { DatabaseDefinition } from "../../plumbing/migrations.ts";
import { createTestDatabase } from "../database.ts";

/** The stand-in registry of one part, empty, as the role that owns it. */
export interface TestRegistry extends AsyncDisposable {
  readonly url: string;
  readonly pool: Pool;
  /** All rows that a query gives. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
}

export async function openRegistry(definition: DatabaseDefinition): Promise<TestRegistry> {
  const database = await createTestDatabase(definition);
  const pool = new Pool({ connectionString: database.registryUrl, max: 4 });
  return {
    url: database.registryUrl,
    pool,
    rows: async (sql) => (await pool.query(sql)).rows,
    async [Symbol.asyncDispose]() {
      await pool.end();
      await database[Symbol.asyncDispose]();
    },
  };
}
