import type { ClientBase } from "pg";
import type { RefusedRows, RowReason } from "../outcome.ts";
import { holdTable, stagedColumns, stagingTable, type Target } from "./target.ts";

/** A value as PostgreSQL reads it from text; null is null. */
export type StagedValue = string | null;

const BATCH_ROWS = 1_000;

/**
 * Gathers the rows of one kind in a temporary table, a thousand at a time, so that memory does not
 * grow with the file and the registry is not touched until all of the file has been read.
 */
export class Staging {
  #lines: number[] = [];
  #columns: StagedValue[][];
  #held: string[] = [];
  #withheld = false;
  readonly #client: ClientBase;
  readonly #refused: RefusedRows;
  readonly target: Target;

  private constructor(client: ClientBase, target: Target, refused: RefusedRows) {
    this.#client = client;
    this.#refused = refused;
    this.target = target;
    this.#columns = stagedColumns(target).map(() => []);
  }

  static async create(client: ClientBase, target: Target, refused: RefusedRows): Promise<Staging> {
    const columns = stagedColumns(target).map(({ name, type }) => `${name} ${type}`);
    await client.query(`create temporary table ${stagingTable(target).slice("pg_temp.".length)}
      (line integer not null, ${columns.join(", ")})`);
    await client.query(`create temporary table ${holdTable(target).slice("pg_temp.".length)}
      (key text not null)`);
    return new Staging(client, target, refused);
  }

  /** Whether nothing of this kind may end, as a refused row without a key could be any row. */
  get withheld(): boolean {
    return this.#withheld;
  }

  /** @param row the values of `stagedColumns`, in their order */
  async add(line: number, row: readonly StagedValue[]): Promise<void> {
    this.#lines.push(line);
    for (const [index, values] of this.#columns.entries()) values.push(row[index] ?? null);
    if (this.#lines.length >= BATCH_ROWS) await this.#writeRows();
  }

  /**
   * Leaves a row out. What the registry holds under its key stays as it is.
   *
   * @param key undefined where the row has none that can be read
   */
  async refuse(line: number, reason: RowReason, key: string | undefined): Promise<void> {
    this.#refused.add(line, reason);
    if (key === undefined) {
      this.#withheld = true;
      return;
    }
    this.#held.push(key);
    if (this.#held.length >= BATCH_ROWS) await this.#writeHeld();
  }

  /** Writes what is still in memory. */
  async finish(): Promise<void> {
    await this.#writeRows();
    await this.#writeHeld();
    await this.#client.query(`analyze ${stagingTable(this.target)}`);
  }

  /**
   * Leaves out every row whose values in these columns an earlier row has already; nulls are not
   * compared. To be called after `finish`.
   *
   * @param keyBy SQL over the staging table: the key by which the registered row is held
   */
  async refuseRepeats(columns: readonly string[], reason: RowReason, keyBy: string): Promise<void> {
    const table = stagingTable(this.target);
    const list = columns.join(", ");
    const present = columns.map((column) => `${column} is not null`).join(" and ");
    await this.refuseWhere(
      `ctid in (
        select ctid from (
          select ctid, row_number() over (partition by ${list} order by line) as place
          from ${table} where ${present}
        ) as placed
        where place > 1
      )`,
      reason,
      keyBy,
    );
  }

  /** Leaves out the staged rows that a condition names. To be called after `finish`. */
  async refuseWhere(condition: string, reason: RowReason, keyBy: string): Promise<void> {
    const { rows } = await this.#client.query<{ line: number; key: string }>(
      `delete from ${stagingTable(this.target)} as s where ${condition}
       returning line, ${keyBy} as key`,
    );
    for (const { line, key } of rows) await this.refuse(line, reason, key);
    await this.#writeHeld();
  }

  async #writeRows(): Promise<void> {
    if (this.#lines.length === 0) return;
    const columns = stagedColumns(this.target);
    const names = columns.map(({ name }) => name).join(", ");
    const values = columns.map(({ type }, index) => `v.c${index}::${type}`).join(", ");
    const aliases = columns.map((_, index) => `c${index}`).join(", ");
    const parameters = columns.map((_, index) => `$${index + 2}::text[]`).join(", ");
    await this.#client.query(
      `insert into ${stagingTable(this.target)} (line, ${names})
       select v.line, ${values} from unnest($1::integer[], ${parameters}) as v(line, ${aliases})`,
      [this.#lines, ...this.#columns],
    );
    this.#lines = [];
    this.#columns = columns.map(() => []);
  }

  async #writeHeld(): Promise<void> {
    if (this.#held.length === 0) return;
    await this.#client.query(`insert into ${holdTable(this.target)} select unnest($1::text[])`, [this.#held]);
    this.#held = [];
  }
}
