import type { Task } from "graphile-worker";
import { type Database, systemClaims } from "./database.ts";

/**
 * What goes once it is of no use any more: by what it is, a statement that deletes what is older than that, at most `$1`
 * rows. By `care.now()`, as are the ages of rows.
 */
export type Retention = Readonly<Record<string, string>>;

/** How many rows of one sort go at once: a day's many must not hold up what else happens. */
const batch = 10_000;

/**
 * What every part forgets after 30 days. Of events the last one of each stream stays: who has read that misses nothing, and
 * can go on from its cursor however long it was away. Who has missed an event that is gone is told CURSOR_UNKNOWN, and
 * reads the list anew.
 */
const everyParts: Retention = {
  events: `
    delete from care.event where position in (
      select position from care.event old
      where recorded_at < care.now() - interval '30 days'
        and exists (select from care.event newer where newer.stream = old.stream and newer.position > old.position)
      order by position limit $1
    )`,
  sent: `
    delete from care.outbox where id in (
      select id from care.outbox where acknowledged_at < care.now() - interval '30 days' limit $1
    )`,
};

/** Deletes what is of no use any more, a part's own besides. */
export function pruneTask(database: Database, own: Retention = {}): Task {
  return async () => {
    for (const statement of Object.values({ ...everyParts, ...own })) {
      await database.transaction(systemClaims, (rows) => rows.query(statement, [batch]));
    }
  };
}
