import { setTimeout } from "node:timers/promises";
import type { EntityManager } from "typeorm";
import { type Database, systemClaims } from "../database.ts";
import { type EncryptedColumn, encryptedColumns } from "./encrypted-columns.ts";
import { IdentityUnreadable, identitiesOf } from "./identities.ts";

/** How many rows are held at once. */
const batch = 100;

/** How long the rows that others hold are left to them, in milliseconds. */
const whileHeld = 50;

/** What is encrypted by which key. */
export interface KeyUse {
  readonly key: string;
  readonly texts: number;
}

export interface Reencryption {
  readonly reencrypted: number;
  /** Of no key that is given, or changed by somebody: they are left as they are. */
  readonly unreadable: number;
}

/** How many texts of a part are encrypted by each key. */
export async function keyUses(database: Database): Promise<KeyUse[]> {
  return database.transaction(systemClaims, async (rows) => {
    const uses = new Map<string, number>();
    for (const { table, column } of await encryptedColumns(rows)) {
      const found = await rows.query<KeyUse[]>(
        `select split_part(${column}, '.', 1) as key, count(*)::int as texts from care.${table}
         where ${column} is not null group by 1`,
      );
      for (const { key, texts } of found) uses.set(key, (uses.get(key) ?? 0) + texts);
    }
    return [...uses].map(([key, texts]) => ({ key, texts }));
  });
}

/**
 * Encrypts anew, by the first key, all that another has encrypted, while the part goes on. A row that somebody else holds
 * is passed over and comes in a later round, so that nobody waits for two at once; what changes or goes meanwhile does.
 */
export async function reencrypt(database: Database): Promise<Reencryption> {
  const columns = await database.transaction(systemClaims, encryptedColumns);
  let reencrypted = 0;
  let unreadable = 0;
  for (const column of columns) {
    const refused = new Set<string>();
    for (;;) {
      const round = await database.transaction(systemClaims, (rows) => reencryptBatch(rows, column, [...refused]));
      reencrypted += round.done;
      for (const row of round.refused) refused.add(row);
      if (round.done + round.refused.length > 0) continue;
      if (!(await database.transaction(systemClaims, (rows) => isLeft(rows, column, [...refused])))) break;
      await setTimeout(whileHeld);
    }
    unreadable += refused.size;
  }
  return { reencrypted, unreadable };
}

interface EncryptedRow {
  readonly row: string;
  readonly text: string;
}

async function reencryptBatch(
  rows: EntityManager,
  { table, column, key }: EncryptedColumn,
  refusedBefore: readonly string[],
): Promise<{ done: number; refused: string[] }> {
  const identities = identitiesOf(rows);
  const found = await rows.query<EncryptedRow[]>(
    `select ${key}::text as row, ${column} as text from care.${table} where ${others(column, key)}
     limit ${batch} for no key update skip locked`,
    [identities.keyNames[0], refusedBefore],
  );
  const refused: string[] = [];
  for (const { row, text } of found) {
    const place = { table, column, row };
    try {
      const anew = identities.encrypt(place, identities.decrypt(place, text));
      await rows.query(`update care.${table} set ${column} = $1 where ${key} = $2`, [anew, row]);
    } catch (error) {
      if (!(error instanceof IdentityUnreadable)) throw error;
      refused.push(row);
    }
  }
  return { done: found.length - refused.length, refused };
}

async function isLeft(
  rows: EntityManager,
  { table, column, key }: EncryptedColumn,
  refused: readonly string[],
): Promise<boolean> {
  const found = await rows.query<unknown[]>(`select from care.${table} where ${others(column, key)} limit 1`, [
    identitiesOf(rows).keyNames[0],
    refused,
  ]);
  return found.length > 0;
}

/** Encrypted by another key than $1, and not refused before ($2). */
function others(column: string, key: string): string {
  return `${column} is not null and split_part(${column}, '.', 1) <> $1 and ${key}::text <> all ($2::text[])`;
}
