import type { EntityManager } from "typeorm";
import { ConfigError } from "../config.ts";
import { encryptedColumns } from "./encrypted-columns.ts";
import type { Identities } from "./identities.ts";

/** What each key encrypts to prove itself. */
const proof = "This key is the one of its name.";

/**
 * Makes sure, before any of them is used, that the keys are the ones that this database knows by their names, and that
 * all are there that something in it is encrypted by. Runs as the part itself.
 * @throws ConfigError
 */
export async function checkIdentityKeys(rows: EntityManager, identities: Identities): Promise<void> {
  await prove(rows, identities);
  for (const { table, column } of await encryptedColumns(rows)) {
    const used = await rows.query<{ name: string }[]>(
      `select distinct split_part(${column}, '.', 1) as name from care.${table} where ${column} is not null`,
    );
    for (const { name } of used) if (!identities.keyNames.includes(name)) throw missing(name);
  }
}

async function prove(rows: EntityManager, identities: Identities): Promise<void> {
  for (const name of identities.keyNames) {
    const place = { table: "identity_key", column: "proof", row: name };
    await rows.query("insert into care.identity_key (name, proof) values ($1, $2) on conflict do nothing", [
      name,
      identities.encrypt(place, proof, name),
    ]);
    const [known] = await rows.query<{ proof: string }[]>("select proof from care.identity_key where name = $1", [
      name,
    ]);
    try {
      identities.decrypt(place, known?.proof ?? "");
    } catch {
      throw new ConfigError(`The key ${name} in IDENTITY_KEYS is another than the one that this database knows by it`);
    }
  }
}

function missing(name: string): ConfigError {
  return new ConfigError(`IDENTITY_KEYS lacks the key ${name}, by which identities in this database are encrypted`);
}
