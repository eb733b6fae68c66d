import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { readGatewayConfig, startGateway } from "../../gateway/part.ts";
import { Config, type Environment } from "../../plumbing/config.ts";
import { type Addresses, gatewayUrl, reserveAddresses } from "../../system/addresses.ts";
import { clientIds } from "../../system/clients.ts";
import { importDemoFiles } from "../../system/demo-files.ts";
import { parts } from "../../system/parts.ts";
import { personas } from "../../system/personas.ts";
import { loadSecrets } from "../../system/secrets.ts";
import { audience, gatewayEnvironment, subgraphEnvironment } from "../../system/settings.ts";
import { fetchToken } from "../../system/tokens.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import type { Answer, Json } from "../subgraph.ts";

/** The whole system, all of it real, each part of which can be stopped and started again. */
export interface WaySystem extends AsyncDisposable {
  readonly addresses: Addresses;
  /** By the name of the part. */
  readonly databases: ReadonlyMap<string, TestDatabase>;
  token(persona: string): Promise<string>;
  ask(persona: string, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Follows a subscription as a client would. */
  follow(persona: string, query: string, variables?: Record<string, unknown>): Promise<Follower>;
  /** What the gateway is told, for one that runs as a process of its own. */
  readonly gatewayEnvironment: Environment;
  start(part: string): Promise<void>;
  stop(part: string): Promise<void>;
}

/** Somebody who follows a subscription. */
export interface Follower {
  /** The next event that is the one; those before it are passed over. */
  next(isTheOne: (event: Json) => boolean): Promise<Json>;
}

/** What a part is told besides, by its name; or by where all of them are. */
export type MoreSettings =
  | Readonly<Record<string, Environment>>
  | ((part: string, addresses: Addresses) => Environment);

export async function startWay(more: MoreSettings = {}): Promise<WaySystem> {
  const settingsOf = (part: string) => (typeof more === "function" ? more(part, addresses) : more[part]);
  await using stack = new AsyncDisposableStack();
  const environment = new Config();
  const issuer = environment.url("TEST_OIDC_ISSUER");
  const names = parts.map(({ name }) => name);
  const secrets = await loadSecrets(environment.text("TEST_SECRETS"), names, clientIds);
  const reserved = await reserveAddresses("any");
  const addresses = { ...reserved.addresses, provider: Number(new URL(issuer).port) };

  const databases = new Map<string, TestDatabase>();
  for (const part of parts) databases.set(part.name, stack.use(await createTestDatabase(await part.database())));
  await importDemoFiles(databaseOf("school"), databaseOf("leerplicht"));

  await reserved.release("gateway", "provider", "postgres", ...names);
  const running = new Map<string, AsyncDisposable>();
  stack.defer(async () => {
    for (const part of [...running.keys()].reverse()) await stop(part);
  });
  // One that does not start leaves the others to be stopped, once they have started.
  const started = await Promise.allSettled(names.map(start));
  for (const one of started) if (one.status === "rejected") throw one.reason;
  await start("gateway");

  const tokens = new Map<string, Promise<string>>();
  const all = stack.move();
  return {
    addresses,
    databases,
    gatewayEnvironment: environmentOfGateway(),
    token,
    async ask(persona, query, variables = {}) {
      const response = await fetch(gatewayUrl(addresses), {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${await token(persona)}` },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async follow(persona, query, variables = {}) {
      const authorization = `Bearer ${await token(persona)}`;
      const client = createClient({
        url: gatewayUrl(addresses).replace("http", "ws"),
        webSocketImpl: WebSocket,
        connectionParams: { authorization },
        retryAttempts: 0,
      });
      all.defer(() => client.dispose());
      return follower(client.iterate({ query, variables }) as AsyncGenerator<Answer>);
    },
    start,
    stop,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };

  function databaseOf(name: string): TestDatabase {
    const database = databases.get(name);
    if (database === undefined) throw new Error(`No part ${name}`);
    return database;
  }

  function environmentOfGateway(): Environment {
    return { ...gatewayEnvironment(addresses, secrets, "silent"), ...settingsOf("gateway") };
  }

  async function start(name: string): Promise<void> {
    if (name === "gateway") {
      running.set(name, await startGateway(readGatewayConfig(new Config(environmentOfGateway()))));
      return;
    }
    const part = parts.find((one) => one.name === name);
    if (part === undefined) throw new Error(`No part ${name}`);
    const loaded = await part.load();
    const usual = subgraphEnvironment(name, addresses, secrets, databaseOf(name).appUrl, "silent");
    running.set(name, await loaded.start(new Config({ ...usual, ...settingsOf(name) })));
  }

  async function stop(name: string): Promise<void> {
    const part = running.get(name);
    running.delete(name);
    await part?.[Symbol.asyncDispose]();
  }

  function token(name: string): Promise<string> {
    const known = tokens.get(name) ?? fetchPersonaToken(name);
    tokens.set(name, known);
    return known;
  }

  async function fetchPersonaToken(name: string): Promise<string> {
    const persona = personas.find((one) => one.name === name);
    if (persona === undefined) throw new Error(`No persona ${name}`);
    const client = { id: name, key: secrets.clients[name] ?? {}, scope: persona.scope };
    return fetchToken(issuer, client, audience);
  }
}

function follower(events: AsyncGenerator<Answer>): Follower {
  // Each call waits for those before it, so that no event is handed to two.
  let turn: Promise<unknown> = Promise.resolve();
  return {
    next(isTheOne) {
      const mine = turn.then(async () => {
        for (;;) {
          const { value, done } = await events.next();
          if (done) throw new Error("The subscription has ended");
          const [event] = Object.values(value.data ?? {});
          if (event === undefined) throw new Error(`The subscription failed: ${JSON.stringify(value.errors)}`);
          if (isTheOne(event)) return event;
        }
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}
