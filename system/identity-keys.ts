import { parseArgs } from "node:util";
import { ConfigError } from "../plumbing/config.ts";
import { type Database, openDatabase, systemClaims } from "../plumbing/database.ts";
import { Identities } from "../plumbing/identities/identities.ts";
import { checkIdentityKeys } from "../plumbing/identities/key-check.ts";
import { readIdentityKeys } from "../plumbing/identities/keys.ts";
import { keyUses, reencrypt } from "../plumbing/identities/reencryption.ts";
import { errorFacts } from "../plumbing/log.ts";
import { type AddressedPart, addressedParts } from "./addressed-parts.ts";
import { addKey } from "./identity-key-file.ts";

/*
 * npm run identity-keys -- show [PART …]: by which keys identities are encrypted, and how many by each.
 * npm run identity-keys -- add [PART …]: puts a new key before the others in the file that IDENTITY_KEYS_FILE names. The
 *   replicas that read the same file are told, and encrypt by it from then on.
 * npm run identity-keys -- rotate [PART …]: encrypts anew, by the first key, all that another has encrypted, while the
 *   parts run. Exit code 1 where something could not be decrypted: it is left as it is.
 * All work on the system that runs here, or on the one part whose DATABASE_URL, PSEUDONYM_KEY and IDENTITY_KEYS_FILE (or
 * IDENTITY_KEYS) the environment names.
 */

const commands: Readonly<Record<string, (part: AddressedPart) => Promise<boolean>>> = {
  show: (part) => withDatabase(part, (database) => show(part, database)),
  async add(part) {
    await addKey(part.config.text("IDENTITY_KEYS_FILE"));
    return withDatabase(part, async (database) => {
      await tellReplicas(database);
      return show(part, database);
    });
  },
  rotate: (part) =>
    withDatabase(part, async (database) => {
      await tellReplicas(database);
      const { reencrypted, unreadable } = await reencrypt(database);
      console.log(`${part.name}: ${reencrypted} encrypted anew`);
      if (unreadable > 0) console.log(`${part.name}: ${unreadable} CANNOT BE DECRYPTED, and are left as they are`);
      return (await show(part, database)) && unreadable === 0;
    }),
};

async function withDatabase<T>({ name, config }: AddressedPart, work: (database: Database) => Promise<T>): Promise<T> {
  const identities = new Identities(name, () => readIdentityKeys(config), config.text("PSEUDONYM_KEY"));
  await using database = await openDatabase(config.url("DATABASE_URL"), [], undefined, identities);
  await database.transaction(systemClaims, (rows) => checkIdentityKeys(rows, identities));
  return await work(database);
}

async function show({ name, config }: AddressedPart, database: Database): Promise<boolean> {
  const uses = new Map((await keyUses(database)).map(({ key, texts }) => [key, texts]));
  for (const key of readIdentityKeys(config).keys()) console.log(`${name}: ${key} encrypts ${uses.get(key) ?? 0}`);
  return true;
}

/** Those that do not hear it find a new key when they meet what it has encrypted, or when they start. */
async function tellReplicas(database: Database): Promise<void> {
  await database.transaction(systemClaims, (rows) => rows.query("select pg_notify('care_identity_keys', '')"));
}

try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [name = "", ...wanted] = positionals;
  const command = commands[name];
  if (command === undefined) throw new ConfigError("Say which: show, add or rotate");
  for (const part of await addressedParts(wanted)) if (!(await command(part))) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : JSON.stringify(errorFacts(error)));
  process.exitCode = 2;
}
