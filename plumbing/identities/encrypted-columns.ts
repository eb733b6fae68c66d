import type { EntityManager } from "typeorm";

/** A column of the type `care.encrypted`. Its names are quoted where they must be. */
export interface EncryptedColumn {
  readonly table: string;
  readonly column: string;
  /** The primary key of its table, which is one column. */
  readonly key: string;
}

/**
 * Every column of identities in a part's tables, from the catalog: one that is new is found the day it is made. The
 * proofs of the keys themselves are left out.
 */
export function encryptedColumns(rows: EntityManager): Promise<EncryptedColumn[]> {
  return rows.query<EncryptedColumn[]>(
    `select quote_ident(relation.relname) as table, quote_ident(encrypted.attname) as column,
            quote_ident(key.attname) as key
     from pg_attribute encrypted
     join pg_class relation on relation.oid = encrypted.attrelid and relation.relkind in ('r', 'p')
     join pg_index primary_key on primary_key.indrelid = relation.oid and primary_key.indisprimary
     join pg_attribute key on key.attrelid = relation.oid and key.attnum = primary_key.indkey[0]
     where encrypted.atttypid = 'care.encrypted'::regtype and not encrypted.attisdropped
       and relation.oid <> 'care.identity_key'::regclass
     order by 1, 2`,
  );
}
