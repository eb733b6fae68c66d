import { join } from "node:path";
import type { Post } from "../plumbing/http.ts";
import { type Addresses, reserveAddresses } from "./addresses.ts";
import { clientIds, providerClients } from "./clients.ts";
import { type DatabaseUrls, databaseUrls, provisionDatabase, withClient } from "./databases.ts";
import { demoFolder, importDemoFiles } from "./demo-files.ts";
import { startOpenIdProvider } from "./openid-provider.ts";
import { parts } from "./parts.ts";
import { people } from "./people.ts";
import type { Persona } from "./personas.ts";
import { type RunningPostgres, startPostgres, stopPostgres } from "./postgres.ts";
import { digestOf, doOnce } from "./record.ts";
import { root } from "./root.ts";
import type { RunFolder } from "./run-folder.ts";
import { loadSecrets, type Secrets } from "./secrets.ts";
import { audience, gatewaySettings, subgraphSettings } from "./settings.ts";
import { fetchToken } from "./tokens.ts";

/** Everything of a system on one machine, running. Disposing it stops all of it, PostgreSQL last. */
export interface RunningSystem extends AsyncDisposable {
  readonly addresses: Addresses;
  /** By part. */
  readonly databases: Readonly<Record<string, DatabaseUrls>>;
  token(persona: Persona): Promise<string>;
  /** Settles when PostgreSQL is gone, which it should not be. */
  readonly broken: Promise<void>;
}

export interface SystemOptions {
  readonly folder: RunFolder;
  readonly logLevel: string;
  /** Is told of each step that takes its time. */
  readonly onStep: (text: string) => void;
}

/** Starts databases, provider, subgraphs and gateway, and sets up what is not there yet. */
export async function startSystem({ folder, logLevel, onStep }: SystemOptions): Promise<RunningSystem> {
  await using stack = new AsyncDisposableStack();
  // Code is loaded while PostgreSQL starts.
  const loading = Promise.all([import("../gateway/part.ts"), ...parts.map(({ load }) => load())] as const);
  loading.catch(() => undefined);
  const secrets = await loadSecrets(
    folder.secrets,
    parts.map(({ name }) => name),
    clientIds,
  );
  // One that a killed start left behind would hold the port.
  await stopPostgres(folder.postgres);
  const { addresses, release } = await reserveAddresses();
  await release("provider");
  const provider = stack.use(
    await startOpenIdProvider({
      port: addresses.provider,
      audience,
      signingKey: secrets.provider,
      clients: providerClients(secrets),
      people,
    }),
  );
  await release("postgres");
  const postgres = stack.use(
    await startPostgres({
      directory: folder.postgres,
      log: folder.postgresLog,
      port: addresses.postgres,
      password: secrets.postgres,
    }),
  );
  const databases = await setUpDatabases(postgres, secrets, onStep);
  const [{ readGatewayConfig, startGateway }, ...loaded] = await loading;
  await release("gateway", ...parts.map(({ name }) => name));
  const subgraphs = new Map(
    loaded.map(({ start }, place) => {
      const name = parts[place]?.name ?? "";
      return [name, start(subgraphSettings(name, addresses, secrets, databases[name]?.appUrl ?? "", logLevel))];
    }),
  );
  // A call that comes before its part is ready waits for it.
  const inProcess = new Map(
    [...subgraphs].map(([name, part]): [string, Post] => [name, async (...request) => (await part).post(...request)]),
  );
  const starting = await Promise.allSettled([
    ...subgraphs.values(),
    startGateway(readGatewayConfig(gatewaySettings(addresses, secrets, logLevel)), { inProcess }),
  ]);
  for (const part of starting) if (part.status === "fulfilled") stack.use(part.value);
  for (const part of starting) if (part.status === "rejected") throw part.reason;
  const all = stack.move();
  return {
    addresses,
    databases,
    token: ({ name, scope }) =>
      fetchToken(provider.issuer, { id: name, key: secrets.clients[name] ?? {}, scope }, audience),
    broken: postgres.ended,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function setUpDatabases(
  postgres: RunningPostgres,
  secrets: Secrets,
  onStep: (text: string) => void,
): Promise<Record<string, DatabaseUrls>> {
  const definitions = await Promise.all(parts.map(({ database }) => database()));
  const urls: Record<string, DatabaseUrls> = {};
  for (const { name } of definitions) urls[name] = databaseUrls(postgres.url, name, name, rolesOf(secrets, name));
  await withClient(postgres.url, async (cluster) => {
    const folders = ["plumbing", "subgraphs", "system"].map((folder) => join(root, folder));
    const digest = await digestOf(folders, /\.sql$/);
    await doOnce(cluster, "databases", digest, async () => {
      onStep("Setting up the databases");
      await Promise.all(
        definitions.map((definition) => provisionDatabase(postgres.url, definition, rolesOf(secrets, definition.name))),
      );
    });
    await doOnce(cluster, "demo", await digestOf([demoFolder], /\.(csv|xml)$/), async () => {
      onStep("Importing the demo files");
      await importDemoFiles(urls["school"] as DatabaseUrls, urls["leerplicht"] as DatabaseUrls);
    });
  });
  return urls;
}

function rolesOf(secrets: Secrets, name: string): Secrets["roles"][string] {
  const roles = secrets.roles[name];
  if (roles === undefined) throw new Error("A part has no passwords");
  return roles;
}
