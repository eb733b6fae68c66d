import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Config, ConfigError } from "../plumbing/config.ts";
import { errorFacts } from "../plumbing/log.ts";
import { migrateDatabase } from "../plumbing/migrations.ts";
import { provisionDatabase, type RolePasswords, roleName } from "./databases.ts";
import { parts, type SystemPart } from "./parts.ts";

/*
 * npm run migrate -- PART …: brings the databases of these parts to the present version. Either
 * - ADMIN_DATABASE_URL may make roles and databases, and the files PART-owner, PART-registry and PART-app in
 *   PASSWORDS_FOLDER hold the passwords of the roles: then all that is not there is made, also a registry that
 *   stands in for an existing one; or
 * - MIGRATION_DATABASE_URL logs in to the database of one part as the role that owns the schema `care`, and the
 *   roles and privileges were set up by hand.
 */

async function migrate(config: Config, part: SystemPart): Promise<void> {
  const definition = await part.database();
  const adminUrl = config.optional("ADMIN_DATABASE_URL");
  if (adminUrl === undefined) {
    await migrateDatabase(config.url("MIGRATION_DATABASE_URL"), roleName(part.name, "app"), definition.care);
  } else {
    await provisionDatabase(adminUrl, definition, await readPasswords(config.text("PASSWORDS_FOLDER"), part.name));
  }
  console.log(`The database of ${part.name} is at the present version`);
}

async function readPasswords(folder: string, part: string): Promise<RolePasswords> {
  const read = async (role: string): Promise<string> => {
    try {
      return (await readFile(join(folder, `${part}-${role}`), "utf8")).trim();
    } catch {
      throw new ConfigError(`PASSWORDS_FOLDER has no readable file ${part}-${role}`);
    }
  };
  return { owner: await read("owner"), registry: await read("registry"), app: await read("app") };
}

try {
  const config = new Config();
  const wanted = process.argv.slice(2);
  const found = parts.filter(({ name }) => wanted.includes(name));
  if (found.length === 0 || found.length !== wanted.length) {
    throw new ConfigError(`Say which parts: ${parts.map(({ name }) => name).join(", ")}`);
  }
  for (const part of found) await migrate(config, part);
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : JSON.stringify(errorFacts(error)));
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
