import type { Client } from "pg";

/** One row of a database, as a dump would write it. */
export interface RowText {
  /** `schema.table` */
  readonly table: string;
  readonly text: string;
}

/**
 * Reads every row of every table, materialized view and large object of a database as text, as its superuser, and so what
 * a dump of it holds: except the schema `registry`, which stands for the system that is there already, and PostgreSQL's own.
 */
export async function readDatabaseText(admin: Client): Promise<RowText[]> {
  const { rows: tables } = await admin.query<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name
     from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where relkind in ('r', 'm') and nspname not in ('registry', 'pg_catalog', 'information_schema')
       and nspname not like 'pg\\_%'
     union all select 'pg_catalog.pg_largeobject' order by 1`,
  );
  const texts: RowText[] = [];
  for (const { name } of tables) {
    const { rows } = await admin.query<{ text: string }>(`select item::text as text from ${name} as item`);
    for (const { text } of rows) texts.push({ table: name, text });
  }
  // What is said of a table is dumped as well: a default, a comment, the statistics of a column.
  const { rows: said } = await admin.query<{ text: string }>(
    `select description as text from pg_description where objoid >= 16384
     union all select pg_get_expr(adbin, adrelid) from pg_attrdef
     union all select item::text from pg_stats item where schemaname not in ('registry', 'pg_catalog', 'information_schema')`,
  );
  for (const { text } of said) texts.push({ table: "what is said of tables", text });
  return texts;
}
