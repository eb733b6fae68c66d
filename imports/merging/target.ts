/** A column of a registry's table, with its PostgreSQL type. */
export interface Column {
  readonly name: string;
  readonly type: "text" | "text[]" | "date" | "smallint" | "bigint" | "boolean";
}

/**
 * A table of a registry that an import merges its rows into. Each has a staging table of the same
 * columns, which lives in the import's own session.
 */
export interface Target {
  /** What its rows are, for the report: `pupils`. */
  readonly kind: string;
  /** Qualified name of the table. */
  readonly table: string;
  /** Columns that tell one row from another; never null. */
  readonly key: readonly Column[];
  /** The other columns that the file decides on, the ending included. */
  readonly columns: readonly Column[];
  /** Columns that exist in the staging table only. */
  readonly stagedOnly?: readonly Column[];
  /** How rows end that are no longer in the file; absent where they stay as they are. */
  readonly ending?: Ending;
}

export interface Ending {
  /** Date column: the first day on which the row no longer holds. */
  readonly column: string;
  /** Date column that the ending may not precede. */
  readonly notBefore?: string;
  /** SQL over the alias `t`: the key under which a refused row keeps its registered one from ending. */
  readonly holdBy: string;
  /** Refuse a file that would end more than half of the open rows. */
  readonly guarded: boolean;
}

/** Name of the staging table, in the session's temporary schema. */
export function stagingTable(target: Target): string {
  return `pg_temp.staged_${target.kind}`;
}

/** Name of the table of keys whose rows were refused, and which therefore must not end. */
export function holdTable(target: Target): string {
  return `pg_temp.held_${target.kind}`;
}

/** All columns of the staging table but `line`, in their order. */
export function stagedColumns(target: Target): readonly Column[] {
  return [...target.key, ...target.columns, ...(target.stagedOnly ?? [])];
}
