import type { ClientBase } from "pg";
import { ImportRefused, type MergeCounts } from "../outcome.ts";
import type { Staging } from "./staging.ts";
import { type Ending, holdTable, stagingTable, type Target } from "./target.ts";

/** What part of a target a file speaks of: SQL over the alias `t`, with its values from `$2` on. */
interface MergeScope {
  readonly condition: string;
  readonly values: readonly unknown[];
}

export interface MergeOptions {
  /** The day on which rows end that are not in the file: `YYYY-MM-DD`. */
  readonly day: string;
  readonly scope: MergeScope;
  /** Let a file end more than half of the open rows. */
  readonly acceptEndings: boolean;
}

/** A handful of endings is no sign of a broken file, whatever share of the whole they are. */
const ENDINGS_ALWAYS_ACCEPTED = 25;

/**
 * Brings a registry's table up to date with its staging table: new rows are added, rows that differ
 * are changed, rows of the scope that are not in the file end. To be called within a transaction.
 *
 * @throws ImportRefused TOO_MANY_ENDED
 */
export async function merge(client: ClientBase, staging: Staging, options: MergeOptions): Promise<MergeCounts> {
  const { target } = staging;
  const { rows } = await client.query<{ added: number; changed: number; reopened: number }>(
    mergeStatement(target),
    target.ending === undefined ? [] : [options.day],
  );
  const { added = 0, changed = 0, reopened = 0 } = rows[0] ?? {};
  const staged = await count(client, `${stagingTable(target)} as t`);
  const ended =
    target.ending === undefined || staging.withheld ? 0 : await endAbsentRows(client, target, target.ending, options);
  return { added, changed, reopened, ended, unchanged: staged - added - changed - reopened };
}

function mergeStatement(target: Target): string {
  const keys = target.key.map(({ name }) => name);
  const others = target.columns.map(({ name }) => name);
  const all = [...keys, ...others];
  const of = (alias: string, names: readonly string[]) => names.map((name) => `${alias}.${name}`).join(", ");
  const end = target.ending?.column;
  const hadEnded =
    end === undefined ? "false" : `coalesce(old.${end} <= $1::date, false) and coalesce(new.${end} > $1::date, true)`;
  return `
    with merged as (
      merge into ${target.table} as t
      using ${stagingTable(target)} as s
      on ${keys.map((name) => `t.${name} = s.${name}`).join(" and ")}
      when matched and row(${of("t", others)}) is distinct from row(${of("s", others)}) then
        update set ${others.map((name) => `${name} = s.${name}`).join(", ")}, mutatiedatum = now()
      when not matched then
        insert (${all.join(", ")}) values (${of("s", all)})
      returning merge_action() = 'INSERT' as is_new, ${hadEnded} as is_back
    )
    select
      count(*) filter (where is_new)::integer as added,
      count(*) filter (where not is_new and not is_back)::integer as changed,
      count(*) filter (where not is_new and is_back)::integer as reopened
    from merged`;
}

async function endAbsentRows(
  client: ClientBase,
  target: Target,
  ending: Ending,
  { day, scope, acceptEndings }: MergeOptions,
): Promise<number> {
  const open = `(t.${ending.column} is null or t.${ending.column} > $1::date) and (${scope.condition})`;
  const values = [day, ...scope.values];
  const sameKey = target.key.map(({ name }) => `s.${name} = t.${name}`).join(" and ");
  const openBefore = await count(client, `${target.table} as t where ${open}`, values);
  const lastDay = ending.notBefore === undefined ? "$1::date" : `greatest($1::date, t.${ending.notBefore})`;
  const { rowCount } = await client.query(
    `update ${target.table} as t set ${ending.column} = ${lastDay}, mutatiedatum = now()
     where ${open}
       and t.${ending.column} is distinct from ${lastDay}
       and not exists (select from ${stagingTable(target)} as s where ${sameKey})
       and not exists (select from ${holdTable(target)} as h where h.key = ${ending.holdBy})`,
    values,
  );
  const ended = rowCount ?? 0;
  const suspicious = ended > ENDINGS_ALWAYS_ACCEPTED && ended * 2 > openBefore;
  if (ending.guarded && suspicious && !acceptEndings) throw new ImportRefused("TOO_MANY_ENDED");
  return ended;
}

async function count(client: ClientBase, from: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*)::integer as count from ${from}`, [...values]);
  return rows[0]?.count ?? 0;
}
