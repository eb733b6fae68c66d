import { readdirSync, readFileSync } from "node:fs";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { type DatabaseDefinition, migrateDatabase, type SqlFolder } from "../plumbing/migrations.ts";

/** The passwords of a database's three roles. */
export interface RolePasswords {
  /** Owns the schema `care` and migrates it. */
  readonly owner: string;
  /** Owns the schema `registry`, as the existing system does. */
  readonly registry: string;
  /** What the running part logs in as. It owns nothing. */
  readonly app: string;
}

/** Addresses of one database, by role. */
export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly registryUrl: string;
  readonly appUrl: string;
}

type Role = keyof RolePasswords;

const roles: readonly Role[] = ["owner", "registry", "app"];

export function roleName(name: string, role: Role): string {
  return `${name}_${role}`;
}

/**
 * Makes a part's database what its definition says, and may be repeated: roles, database, schemas,
 * privileges, the stand-in registry where there is none, and the migrations.
 * @param adminUrl logs in as a role that may make roles and databases.
 */
export async function provisionDatabase(
  adminUrl: string,
  definition: DatabaseDefinition,
  passwords: RolePasswords,
): Promise<DatabaseUrls> {
  const { name } = definition;
  const urls = databaseUrls(adminUrl, name, name, passwords);
  await withClient(adminUrl, async (admin) => {
    for (const role of roles) await makeRole(admin, roleName(name, role), passwords[role]);
    await makeDatabase(admin, name);
  });
  await withClient(databaseUrl(adminUrl, name), (admin) => makeSchemas(admin, definition));
  await withClient(urls.registryUrl, (registry) => makeStandIn(registry, definition.registry));
  await migrateDatabase(urls.ownerUrl, roleName(name, "app"), definition.care);
  return urls;
}

/** The addresses of a database for the roles of the part `part`. */
export function databaseUrls(adminUrl: string, part: string, database: string, passwords: RolePasswords): DatabaseUrls {
  const url = (role: Role): string => {
    const login = new URL(databaseUrl(adminUrl, database));
    login.username = roleName(part, role);
    login.password = encodeURIComponent(passwords[role]);
    return login.href;
  };
  return { ownerUrl: url("owner"), registryUrl: url("registry"), appUrl: url("app") };
}

/** The same login at another database of the cluster. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.href;
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 30_000 });
  // Whoever asks is told that it is lost; with nobody to hear of it between two queries, it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** PostgreSQL has no `create role if not exists`; the name is ours, so it can stand in the text. */
async function makeRole(admin: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await admin.query("select from pg_roles where rolname = $1", [role]);
  const verb = rowCount === 0 ? "create" : "alter";
  await admin.query(
    `${verb} role ${escapeIdentifier(role)} login nosuperuser nobypassrls nocreatedb nocreaterole
     password ${escapeLiteral(password)}`,
  );
}

async function makeDatabase(admin: Client, name: string): Promise<void> {
  const database = escapeIdentifier(name);
  const { rowCount } = await admin.query("select from pg_database where datname = $1", [name]);
  if (rowCount === 0) await admin.query(`create database ${database} encoding 'UTF8' template template0`);
  await restrictDatabase(admin, name, name);
}

/** Who may connect to a database. A copy of a template does not take this over, so it is said anew. */
export async function restrictDatabase(admin: Client, part: string, name: string): Promise<void> {
  const database = escapeIdentifier(name);
  const [owner, registry, app] = roles.map((role) => escapeIdentifier(roleName(part, role)));
  await admin.query(`revoke all on database ${database} from public`);
  await admin.query(`grant connect on database ${database} to ${owner}, ${registry}, ${app}`);
  // The migrations make the job queue's schema; imports are staged in temporary tables.
  await admin.query(`grant create on database ${database} to ${owner}`);
  await admin.query(`grant temporary on database ${database} to ${registry}`);
}

async function makeSchemas(admin: Client, { name, registryPrivileges }: DatabaseDefinition): Promise<void> {
  const [owner, registry, app] = roles.map((role) => escapeIdentifier(roleName(name, role)));
  await admin.query(`
    revoke all on schema public from public;
    create schema if not exists registry authorization ${registry};
    create schema if not exists care authorization ${owner};
    grant usage on schema registry to ${owner}, ${app};
    grant select, trigger, references on all tables in schema registry to ${owner};
    grant ${registryPrivileges} on all tables in schema registry to ${app};
    alter default privileges for role ${registry} in schema registry
      grant select, trigger, references on tables to ${owner};
    alter default privileges for role ${registry} in schema registry
      grant ${registryPrivileges} on tables to ${app};
  `);
  if (registryPrivileges === "select") return;
  await admin.query(`
    grant usage on all sequences in schema registry to ${app};
    alter default privileges for role ${registry} in schema registry grant usage on sequences to ${app};
  `);
}

/** A registry that has tables is the operator's own, or ours of an earlier start: it is left as it is. */
async function makeStandIn(registry: Client, folder: SqlFolder): Promise<void> {
  const { rowCount } = await registry.query("select from pg_tables where schemaname = 'registry' limit 1");
  if (rowCount !== 0) return;
  await registry.query("begin");
  for (const file of readdirSync(folder.url)
    .filter((name) => name.endsWith(".sql"))
    .sort()) {
    await registry.query(readFileSync(new URL(file, folder.url), "utf8"));
  }
  await registry.query("commit");
}
