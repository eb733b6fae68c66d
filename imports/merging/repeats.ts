import type { ClientBase } from "pg";
import { stagingTable, type Target } from "./target.ts";

/*
 * Some files tell of one thing in many rows: a person in a row for each enrolment, an officer in a
 * row for each site. Then repeats are normal, and only those that contradict the first are not.
 */

/** SQL that selects `line` and the key of each staged row that differs from the first of its key. */
export function contradictingRows(target: Target): string {
  const key = target.key.map(({ name }) => name).join(", ");
  const others = target.columns.map(({ name }) => name).join(", ");
  return `
    select line, ${key} from (
      select line, ${key}, row(${others}) is distinct from
        first_value(row(${others})) over (partition by ${key} order by line) as contradicts
      from ${stagingTable(target)}
    ) as compared
    where contradicts`;
}

/** Drops every staged row but the first of its key. */
export async function keepFirstOfEachKey(client: ClientBase, target: Target): Promise<void> {
  const table = stagingTable(target);
  const key = target.key.map(({ name }) => name).join(", ");
  await client.query(`delete from ${table} where line not in (select min(line) from ${table} group by ${key})`);
}
