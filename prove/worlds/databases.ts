import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, escapeIdentifier } from "pg";
import { fillRegistries } from "../../simulate/fill.ts";
import { definitions, type PartName } from "../../simulate/parts.ts";
import type { Region } from "../../simulate/region.ts";
import {
  type DatabaseUrls,
  databaseUrl,
  databaseUrls,
  provisionDatabase,
  restrictDatabase,
  withClient,
} from "../../system/databases.ts";
import { freePort } from "../../system/ports.ts";
import { startPostgres } from "../../system/postgres.ts";
import { regionOf, type Side, sides } from "./region.ts";
import { drawFromSeed } from "./seeded-ids.ts";
import { fillShelter } from "./shelters.ts";

const names = Object.keys(definitions) as PartName[];

/** The databases of one world's parts. */
export interface WorldDatabases {
  /** Who goes to school where, in this world. */
  readonly region: Region;
  readonly urls: Readonly<Record<PartName, DatabaseUrls>>;
  /** Logged in as the superuser. */
  readonly admin: Readonly<Record<PartName, Client>>;
  /** Empties what has happened, and leaves the registries and what was imported. */
  reset(): Promise<void>;
}

export interface TwoSets extends AsyncDisposable {
  readonly of: Readonly<Record<Side, WorldDatabases>>;
}

/**
 * One PostgreSQL with two sets of databases: made once, and emptied between the pairs of worlds.
 * @param seed what the registries follow from
 */
export async function openDatabases(seed: number): Promise<TwoSets> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "handle-with-care-worlds-"));
  // PostgreSQL runs as a user of its own, who must get through.
  await chmod(folder, 0o711);
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const postgres = stack.use(
    await startPostgres({
      directory: join(folder, "postgres"),
      port: await freePort(),
      password: password(),
      throwaway: true,
    }),
  );
  const sets: Record<Side, Record<string, DatabaseUrls>> = { A: {}, B: {} };
  for (const name of names) {
    const passwords = { owner: password(), registry: password(), app: password() };
    await provisionDatabase(postgres.url, definitions[name], passwords);
    await withClient(databaseUrl(postgres.url, name), (admin) => drawFromSeed(admin, name));
    for (const side of sides) {
      const copy = `${name}_${side.toLowerCase()}`;
      await withClient(postgres.url, async (admin) => {
        await admin.query(`create database ${escapeIdentifier(copy)} template ${escapeIdentifier(name)}`);
        await restrictDatabase(admin, name, copy);
      });
      sets[side][name] = databaseUrls(postgres.url, name, copy, passwords);
    }
  }
  const of: Partial<Record<Side, WorldDatabases>> = {};
  for (const side of sides) {
    const urls = sets[side] as WorldDatabases["urls"];
    const region = regionOf(seed, side);
    await fillRegistries(urls.school, urls.leerplicht, region);
    const admin: Partial<Record<PartName, Client>> = {};
    for (const name of names) {
      const client = new Client({ connectionString: databaseUrl(postgres.url, `${name}_${side.toLowerCase()}`) });
      await client.connect();
      stack.defer(() => client.end());
      admin[name] = client;
    }
    // By chance at the filling, and seen by those who look on.
    await admin.leerplicht?.query("update registry.leerplichtambtenaar set emailadres = 'officer@example.nl'");
    const clients = admin as WorldDatabases["admin"];
    await fillShelter(clients.shelter, region);
    of[side] = { region, urls, admin: clients, reset: () => empty(Object.values(clients)) };
  }
  const all = stack.move();
  return { of: of as TwoSets["of"], [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** What files brought in, and how far the migrations are. */
const kept =
  "migration, contact_person, region_holiday, school_region, school_own_days, school_hours, contact_hours".split(", ");

async function empty(all: readonly Client[]): Promise<void> {
  await Promise.all(
    all.map((client) =>
      client.query(`
        do $$ begin execute (
          select 'truncate graphile_worker._private_jobs, ' || string_agg(format('care.%I', tablename), ', ')
          from pg_tables where schemaname = 'care' and tablename <> all ('{${kept.join(",")}}')
        ); end $$`),
    ),
  );
}

function password(): string {
  return randomBytes(12).toString("base64url");
}
