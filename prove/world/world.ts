import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importJWK, type JWTPayload, SignJWT } from "jose";
import type { Environment } from "../../plumbing/config.ts";
import type { Addresses } from "../../system/addresses.ts";
import { clientIds, providerClients } from "../../system/clients.ts";
import { type DatabaseUrls, databaseUrls, provisionDatabase } from "../../system/databases.ts";
import { importDemoFiles } from "../../system/demo-files.ts";
import { startOpenIdProvider } from "../../system/openid-provider.ts";
import { parts } from "../../system/parts.ts";
import { freePort } from "../../system/ports.ts";
import { type PostgresOptions, type RunningPostgres, startPostgres } from "../../system/postgres.ts";
import { loadSecrets, type Secrets } from "../../system/secrets.ts";
import { audience, gatewayEnvironment, subgraphEnvironment } from "../../system/settings.ts";
import { PartProcess } from "./part-process.ts";
import { openWay, type Way } from "./way.ts";

export interface WorldOptions {
  /** How many processes of each part. */
  readonly replicas?: number;
  /** Is told each line that a part writes, and which part. */
  readonly onLine?: (line: string, part: string) => void;
  /** What is set besides, or in the place of, the usual settings of a part. */
  readonly environment?: (part: string) => Environment;
  /** Arguments of Node itself for each part. */
  readonly nodeOptions?: readonly string[];
  /** Whether PostgreSQL is as safe as in production, which a throwaway one need not be. */
  readonly isDurable?: boolean;
}

/** The whole system, each replica of each part a process of its own, with a network between them that can fail. */
export interface World extends AsyncDisposable {
  readonly secrets: Secrets;
  readonly processes: readonly PartProcess[];
  /** The ways to `gateway`, `postgres` and each subgraph. */
  way(to: string): Way;
  /** By this way, `http://…/graphql`. */
  urlOf(part: string): string;
  /** The databases' addresses, past the ways. */
  readonly databases: Readonly<Record<string, DatabaseUrls>>;
  readonly postgres: RunningPostgres;
  /** Starts PostgreSQL again on the same files and port, once it has been ended. */
  restartPostgres(): Promise<void>;
  /** An access token that says whatever is wanted, signed by the provider. @param life in seconds */
  token(claims: JWTPayload, life?: number): Promise<string>;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "handle-with-care-prove-"));
  // PostgreSQL runs as a user of its own, who must get through.
  await chmod(folder, 0o711);
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const names = parts.map(({ name }) => name);
  const secrets = await loadSecrets(join(folder, "secrets.json"), names, clientIds);

  const postgresOptions: PostgresOptions = {
    directory: join(folder, "postgres"),
    port: await freePort(),
    password: secrets.postgres,
    throwaway: options.isDurable !== true,
  };
  let postgres = await startPostgres(postgresOptions);
  stack.defer(() => postgres[Symbol.asyncDispose]());
  const databases: Record<string, DatabaseUrls> = {};
  for (const part of parts) {
    const roles = secrets.roles[part.name];
    if (roles === undefined) throw new Error("A part has no passwords");
    databases[part.name] = await provisionDatabase(postgres.url, await part.database(), roles);
  }
  await importDemoFiles(databases["school"] as DatabaseUrls, databases["leerplicht"] as DatabaseUrls);

  const processes: PartProcess[] = [];
  const ways = new Map<string, Way>();
  const portsOf = (part: string) => () => processes.filter((one) => one.part === part).map(({ port }) => port);
  for (const name of ["gateway", ...names]) ways.set(name, stack.use(await openWay(portsOf(name))));
  ways.set("postgres", stack.use(await openWay(() => [postgresOptions.port])));
  const way = (to: string): Way => {
    const found = ways.get(to);
    if (found === undefined) throw new Error(`No way to ${to}`);
    return found;
  };

  const provider = stack.use(
    await startOpenIdProvider({
      port: await freePort(),
      audience,
      signingKey: secrets.provider,
      clients: providerClients(secrets),
      people: [],
    }),
  );
  const addresses: Addresses = {
    gateway: way("gateway").port,
    postgres: way("postgres").port,
    provider: Number(new URL(provider.issuer).port),
    subgraphs: Object.fromEntries(names.map((name) => [name, way(name).port])),
  };
  const behindWay = new URL(postgres.url);
  behindWay.port = String(addresses.postgres);
  const environmentOf = (part: string): Environment => {
    const more = { LOG_LEVEL: "info", ...options.environment?.(part) };
    if (part === "gateway") return { ...gatewayEnvironment(addresses, secrets, "info"), ...more };
    const roles = secrets.roles[part] as Secrets["roles"][string];
    const { appUrl } = databaseUrls(behindWay.href, part, part, roles);
    return { ...subgraphEnvironment(part, addresses, secrets, appUrl, "info"), ...more };
  };
  for (const part of [...names, "gateway"]) {
    for (let replica = 0; replica < (options.replicas ?? 1); replica += 1) {
      const one = stack.use(
        new PartProcess({
          part,
          port: await freePort(),
          environment: environmentOf(part),
          onLine: (line) => options.onLine?.(line, part),
          nodeOptions: options.nodeOptions ?? [],
        }),
      );
      processes.push(one);
    }
  }
  for (const one of processes) one.start();
  await Promise.all(processes.map((one) => one.ready()));

  const key = await importJWK(secrets.provider, "ES256");
  const all = stack.move();
  return {
    secrets,
    processes,
    databases,
    way,
    urlOf: (part) => `http://127.0.0.1:${way(part).port}/graphql`,
    get postgres() {
      return postgres;
    },
    async restartPostgres() {
      postgres = await startPostgres(postgresOptions);
    },
    token(claims, life = 3_000) {
      const iat = Math.floor(Date.now() / 1000);
      return new SignJWT({ iss: provider.issuer, aud: audience, sub: "somebody", iat, exp: iat + life, ...claims })
        .setProtectedHeader({ alg: "ES256", kid: secrets.provider.kid ?? "" })
        .sign(key);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
