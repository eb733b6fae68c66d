import { type Database, systemClaims } from "../../plumbing/database.ts";
import { encryptedColumns } from "../../plumbing/identities/encrypted-columns.ts";
import { identitiesOf } from "../../plumbing/identities/identities.ts";

/** What one encrypted text says to whoever has the key. */
export interface OpenedIdentity {
  readonly table: string;
  readonly row: string;
  /** JSON. */
  readonly content: string;
}

/** Decrypts every identity of a part, as its keys can. */
export function openIdentities(database: Database): Promise<OpenedIdentity[]> {
  return database.transaction(systemClaims, async (rows) => {
    const opened: OpenedIdentity[] = [];
    for (const { table, column, key } of await encryptedColumns(rows)) {
      const found = await rows.query<{ row: string; text: string }[]>(
        `select ${key}::text as row, ${column} as text from care.${table} where ${column} is not null`,
      );
      for (const { row, text } of found) {
        const content = JSON.stringify(identitiesOf(rows).decrypt({ table, column, row }, text));
        opened.push({ table, row, content });
      }
    }
    return opened;
  });
}
