import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral } from "typeorm";
import type { Claims } from "./claims.ts";
import type { Clock } from "./clock.ts";
import { holdIdentities, type Identities } from "./identities/identities.ts";
import { withLastWrites } from "./last-writes.ts";
import { PromptClient } from "./prompt-client.ts";
import { literal, sayAtEnds } from "./transaction-ends.ts";

/** What a part does on nobody's behalf: to take in, route and erase. Row-level security lets it through by name. */
export const systemClaims: Claims = { sub: "system", party: "system", scope: [] };

/** A part's database, in which nothing is read or written but on somebody's behalf. */
export interface Database extends AsyncDisposable {
  /**
   * Runs `work` in one transaction in which row-level security knows the claims.
   * Do not reach for the DataSource inside: a pool of one would wait for itself.
   */
  transaction<T>(claims: Claims, work: (rows: EntityManager) => Promise<T>): Promise<T>;
  /** Whether the database answers. */
  answers(): Promise<boolean>;
}

/**
 * The one way to open a database, as the part's own role, which owns nothing in it.
 * @param clock where the part runs on another than the system's: `care.now()` then tells its time.
 * @param identities how it keeps identities; who opens it without can neither write nor read one.
 */
export async function openDatabase(
  url: string,
  entities: EntityTarget<ObjectLiteral>[],
  clock?: Clock,
  identities?: Identities,
): Promise<Database> {
  const source = new DataSource({
    type: "postgres",
    url,
    entities: entities as never[],
    synchronize: false,
    // The part's role may not create extensions, and needs none.
    installExtensions: false,
    // A query's text and parameters would stand in its log.
    logging: false,
    poolSize: 10,
    extra: {
      Client: PromptClient,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 30_000,
      connectionTimeoutMillis: 5_000,
    },
  });
  await source.initialize();
  if (identities !== undefined) holdIdentities(source, identities);
  return {
    async transaction(claims, work) {
      const runner = source.createQueryRunner();
      sayAtEnds(runner, {
        first: `select set_config('app.claims', ${literal(JSON.stringify(claims))}, true),
          set_config('app.now', ${literal(clock?.now().toISOString() ?? "")}, true)`,
        // A COMMIT that is cancelled while it waits for a synchronous standby has happened all the same, here and not there:
        // PostgreSQL answers it with a warning, and a promotion would take back what we had accepted.
        last: "set local statement_timeout = 0",
      });
      try {
        return await runner.manager.transaction((rows) => withLastWrites(rows, () => work(rows)));
      } finally {
        await runner.release();
      }
    },
    answers: () =>
      source.query("select 1").then(
        () => true,
        () => false,
      ),
    [Symbol.asyncDispose]: () => source.destroy(),
  };
}

/** Lets what happens under one name happen in turn, on whichever replica: waits for the transaction before. */
export async function takeTurn(rows: EntityManager, name: string): Promise<void> {
  await rows.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [name]);
}

/**
 * Has the transaction end only once all that it has read is as safe as what it might have written. After a crash
 * PostgreSQL shows what it had not yet brought to its synchronous standby: a repeat that is answered from that alone
 * would acknowledge what a promotion can still take back.
 */
export async function confirmRead(rows: EntityManager): Promise<void> {
  // A commit waits where it has written, and this is the least that can be: it changes nothing.
  await rows.query("select pg_logical_emit_message(true, 'care', '')");
}

/** From here on, the transaction acts on behalf of these claims. */
export async function actFor(rows: EntityManager, claims: Claims): Promise<void> {
  await rows.query("select set_config('app.claims', $1, true)", [JSON.stringify(claims)]);
}

/** From here on, it acts for the part itself: for what follows from a caller's deed and is not the caller's to see. */
export function actAsSystem(rows: EntityManager): Promise<void> {
  return actFor(rows, systemClaims);
}
