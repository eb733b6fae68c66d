import { rmSync } from "node:fs";
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
import { loadSecrets, type Secrets } from "../../system/secrets.ts";
import { audience, gatewayEnvironment, subgraphEnvironment } from "../../system/settings.ts";
import { Cluster } from "./cluster.ts";
import { findFakeTime, makeFakeClock } from "./fake-clock.ts";
import { PartProcess } from "./part-process.ts";
import { openWay, type Way } from "./way.ts";

export interface WorldOptions {
  /** How many processes of each part, or of each by its name; one unless it is said. */
  readonly replicas?: number | ((part: string) => number);
  /** Is told each line that a part writes, and which part. */
  readonly onLine?: (line: string, part: string) => void;
  /** What is set besides, or in the place of, the usual settings of a part. @param name of its replica, `gateway-1` */
  readonly environment?: (part: string, name: string) => Environment;
  /** Arguments of Node itself for each part. */
  readonly nodeOptions?: readonly string[];
  /**
   * Whether PostgreSQL is as safe as in production, with a synchronous standby and, where such may be mounted, a disk of
   * its own; and whether the first replica of each part has a clock that can be set, where the machine has the means.
   */
  readonly isFaulty?: boolean;
}

/** The whole system, each replica of each part a process of its own, with a network between them that can fail. */
export interface World extends AsyncDisposable {
  readonly secrets: Secrets;
  readonly processes: readonly PartProcess[];
  /** The ways to `gateway`, `postgres` and each subgraph. */
  way(to: string): Way;
  /** By this way, `http://…/graphql`. */
  urlOf(part: string): string;
  /** The present addresses of a part's database, past the ways. */
  databasesOf(part: string): DatabaseUrls;
  readonly cluster: Cluster;
  /** An access token that says whatever is wanted, signed by the provider. @param life in seconds */
  token(claims: JWTPayload, life?: number): Promise<string>;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "handle-with-care-prove-"));
  // PostgreSQL runs as a user of its own, who must get through.
  await chmod(folder, 0o711);
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const sweep = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  const names = parts.map(({ name }) => name);
  const secrets = await loadSecrets(join(folder, "secrets.json"), names, clientIds);

  const { isFaulty = false } = options;
  const cluster = stack.use(
    await Cluster.start({ folder, password: secrets.postgres, isDurable: isFaulty, hasOwnDisks: isFaulty }),
  );
  // Last of all that is to be done should the run be cut off: after the disks are gone.
  process.on("exit", sweep);
  stack.defer(() => void process.off("exit", sweep));
  const rolesOf = (part: string): Secrets["roles"][string] => {
    const roles = secrets.roles[part];
    if (roles === undefined) throw new Error("A part has no passwords");
    return roles;
  };
  for (const part of parts) await provisionDatabase(cluster.url, await part.database(), rolesOf(part.name));
  const databasesOf = (part: string) => databaseUrls(cluster.url, part, part, rolesOf(part));
  await importDemoFiles(databasesOf("school"), databasesOf("leerplicht"));
  if (isFaulty) await cluster.addStandby();

  const processes: PartProcess[] = [];
  const ways = new Map<string, Way>();
  const portsOf = (part: string) => () => processes.filter((one) => one.part === part).map(({ port }) => port);
  for (const name of ["gateway", ...names]) ways.set(name, stack.use(await openWay(portsOf(name))));
  ways.set("postgres", stack.use(await openWay(() => [cluster.port])));
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
  const behindWay = new URL(cluster.url);
  behindWay.port = String(addresses.postgres);
  const environmentOf = (part: string, name: string): Environment => {
    const more = { LOG_LEVEL: "info", ...options.environment?.(part, name) };
    if (part === "gateway") return { ...gatewayEnvironment(addresses, secrets, "info"), ...more };
    const { appUrl } = databaseUrls(behindWay.href, part, part, rolesOf(part));
    const ownUrl = `${appUrl}?application_name=${name}`;
    return { ...subgraphEnvironment(part, addresses, secrets, ownUrl, "info"), ...more };
  };
  const { replicas = 1 } = options;
  const replicasOf = (part: string) => (typeof replicas === "number" ? replicas : replicas(part));
  const fakeTime = isFaulty ? await findFakeTime() : undefined;
  for (const part of [...names, "gateway"]) {
    for (let replica = 0; replica < replicasOf(part); replica += 1) {
      const name = `${part}-${replica + 1}`;
      const one = stack.use(
        new PartProcess({
          part,
          name,
          port: await freePort(),
          environment: environmentOf(part, name),
          onLine: (line) => options.onLine?.(line, part),
          nodeOptions: options.nodeOptions ?? [],
          clock: fakeTime && replica === 0 ? await makeFakeClock(fakeTime, join(folder, `clock-${name}`)) : undefined,
        }),
      );
      processes.push(one);
    }
  }
  await Promise.all(processes.map((one) => one.restart()));

  const key = await importJWK(secrets.provider, "ES256");
  const all = stack.move();
  return {
    secrets,
    processes,
    databasesOf,
    cluster,
    way,
    urlOf: (part) => `http://127.0.0.1:${way(part).port}/graphql`,
    token(claims, life = 3_000) {
      const iat = Math.floor(Date.now() / 1000);
      return new SignJWT({ iss: provider.issuer, aud: audience, sub: "somebody", iat, exp: iat + life, ...claims })
        .setProtectedHeader({ alg: "ES256", kid: secrets.provider.kid ?? "" })
        .sign(key);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
