import { readdirSync, readFileSync } from "node:fs";
import { runMigrations } from "graphile-worker";
import { Client } from "pg";
import { DataSource, type MigrationInterface, type QueryRunner } from "typeorm";

/** A folder of numbered SQL files: `0001-name.sql`, run in their order, each once. */
export interface SqlFolder {
  readonly url: URL;
  /** Set before each file's name in the record of what has run, so that two folders do not mix. */
  readonly prefix: string;
}

/** The databases' side of a subgraph: what its folder holds for PostgreSQL. */
export interface DatabaseDefinition {
  /** The subgraph's name; the database has the same one, and its roles begin with it. */
  readonly name: string;
  /** Stands for the system that is already there. Run by the role that owns the schema `registry`. */
  readonly registry: SqlFolder;
  /** Our own tables, in the schema `care`. Run by the role that owns it, after `registry`. */
  readonly care: readonly SqlFolder[];
  /** What the running part may do in the registry. */
  readonly registryPrivileges: "select" | "select, insert";
}

/** The tables that every part has: claims, events, outbox. */
export const plumbingTables: SqlFolder = { url: new URL("./sql/", import.meta.url), prefix: "plumbing" };

/** Any number that all migrations of one database agree on. */
const migrationLock = 7_405_001;

/**
 * Brings a database to the present version: the job queue's tables, then our own.
 * Safe when several replicas start at once: they take turns.
 * @param url logs in as the role that owns the schema `care`.
 * @param app the role that the part runs as; it is granted what it needs and owns nothing.
 */
export async function migrateDatabase(url: string, app: string, folders: readonly SqlFolder[]): Promise<void> {
  const turn = new Client({ connectionString: url });
  await turn.connect();
  try {
    await turn.query("select pg_advisory_lock($1)", [migrationLock]);
    await turn.query("create schema if not exists care");
    await runMigrations({ connectionString: url });
    // Its statements are the same each time; to plan them anew for each job takes longer than to run them.
    await turn.query(
      "alter function graphile_worker.add_jobs(graphile_worker.job_spec[], boolean) set plan_cache_mode = force_generic_plan",
    );
    const source = new DataSource({
      type: "postgres",
      url,
      schema: "care",
      migrationsTableName: "migration",
      migrations: [jobQueueGrants(app), ...folders.flatMap((folder, place) => sqlMigrations(folder, place, app))],
      migrationsTransactionMode: "each",
      poolSize: 1,
    });
    await source.initialize();
    try {
      await source.runMigrations();
    } finally {
      await source.destroy();
    }
  } finally {
    await turn.end();
  }
}

type MigrationClass = new () => MigrationInterface;

function sqlMigrations(folder: SqlFolder, place: number, app: string): MigrationClass[] {
  return readdirSync(folder.url)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, folder.url), "utf8").replaceAll(":app", `"${app}"`);
      return migration(`${folder.prefix} ${file}`, orderOf(place, file), text);
    });
}

/** TypeORM takes the order from a number in the name: the folder's place, then the file's. */
function orderOf(place: number, file: string): number {
  const number = Number(/^(\d{4})-/.exec(file)?.[1]);
  if (!Number.isInteger(number)) throw new Error(`A migration's name must begin with four digits and a dash: ${file}`);
  return (place + 1) * 10_000 + number;
}

function migration(title: string, order: number, sql: string): MigrationClass {
  return class implements MigrationInterface {
    readonly name = `${title} ${String(order).padStart(13, "0")}`;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(sql);
    }
    async down(): Promise<void> {
      throw new Error("A migration is never taken back: write the next one");
    }
  };
}

/** The part works on the queue's rows, which hold ids and nothing of what the jobs are about. */
function jobQueueGrants(app: string): MigrationClass {
  return migration(
    "job queue grants",
    1,
    `
    grant usage on schema care, graphile_worker to "${app}";
    grant select, insert, update, delete on all tables in schema graphile_worker to "${app}";
    grant usage on all sequences in schema graphile_worker to "${app}";
    grant execute on all functions in schema graphile_worker to "${app}";
    do $$
      declare queue_table regclass;
      begin
        for queue_table in
          select c.oid::regclass from pg_class c
          where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' and c.relrowsecurity
        loop
          execute format('create policy part on %s to "${app}" using (true) with check (true)', queue_table);
        end loop;
      end
    $$;
    `,
  );
}
