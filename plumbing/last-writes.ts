import type { EntityManager, QueryRunner } from "typeorm";

/** Rows of a kind whose writers keep each other waiting until their transactions have committed. */
export interface LastWrite<Item> {
  /** Of several kinds the lower goes first, in all transactions alike: else two could wait for each other. */
  readonly turn: number;
  write(rows: EntityManager, items: readonly Item[]): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: the items of a kind are its own
type Left = Map<LastWrite<any>, unknown[]>;

const left = new WeakMap<QueryRunner, Left>();

/**
 * Leaves rows to be written when all else in the transaction is done, each kind in one statement: so others wait for no more
 * than that and the commit.
 * @throws Error outside a transaction of `Database`, where nobody would write them.
 */
export function writeLast<Item>(rows: EntityManager, kind: LastWrite<Item>, items: readonly Item[]): void {
  const writes = rows.queryRunner && left.get(rows.queryRunner);
  if (writes === undefined) throw new Error("There is no transaction to write this in");
  writes.set(kind, [...(writes.get(kind) ?? []), ...items]);
}

/** Does `work` in this transaction, and then writes what it left for the end. */
export async function withLastWrites<T>(rows: EntityManager, work: () => Promise<T>): Promise<T> {
  const { queryRunner } = rows;
  if (queryRunner === undefined) throw new Error("There is no transaction");
  const writes: Left = new Map();
  left.set(queryRunner, writes);
  try {
    const done = await work();
    for (const [kind, items] of [...writes].sort(([one], [other]) => one.turn - other.turn))
      await kind.write(rows, items);
    return done;
  } finally {
    left.delete(queryRunner);
  }
}
