import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import type { Clock } from "../plumbing/clock.ts";
import { Config, type Environment } from "../plumbing/config.ts";
import { openDatabase } from "../plumbing/database.ts";
import type { GatewayClient } from "../plumbing/hop.ts";
import { readIdentityKeys } from "../plumbing/identities/keys.ts";
import type { DatabaseDefinition } from "../plumbing/migrations.ts";
import { type PartContext, type Subgraph, type SubgraphConfig, startSubgraph } from "../plumbing/subgraph.ts";
import { type OpenedIdentity, openIdentities } from "../prove/erasure/opened-identities.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { createGatewayKeys, pseudonymKey, type TestClaims, testIdentities, testIdentityKeys } from "./keys.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers are of the shape that a test asks for
export type Json = any;

export interface Answer {
  readonly data?: Json;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

export interface SentHop {
  readonly document: string;
  readonly input: Json;
}

/** What a subgraph sent on, in the order in which it was acknowledged. */
export interface RecordedHops {
  readonly sent: SentHop[];
  /** Resolves with the input of the first hop, sent or yet to come, that is the one. */
  next(isTheOne: (hop: SentHop) => boolean): Promise<Json>;
  /** What the other part answers from now on. */
  answer: (document: string, input: Json) => Json | Promise<Json>;
  readonly gateway: GatewayClient;
}

export interface TestSubgraph extends AsyncDisposable {
  readonly url: string;
  readonly database: TestDatabase;
  readonly hops: RecordedHops;
  /** What the part keeps encrypted, as whoever has its keys reads it. */
  identities(): Promise<OpenedIdentity[]>;
  /** Asks as the gateway would on somebody's behalf. */
  ask(claims: TestClaims, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  subscribe(claims: TestClaims, query: string, variables?: Record<string, unknown>): Promise<AsyncGenerator<Answer>>;
  /** Starts another replica over the same database, perhaps with other settings of its own. */
  replica(own?: Environment): Promise<Pick<TestSubgraph, "ask">>;
}

/** Starts a real subgraph over a fresh database; only the gateway that it sends to is the test's. */
export async function startTestSubgraph<Context extends PartContext, Settings>(
  subgraph: Subgraph<Context, Settings>,
  definition: DatabaseDefinition,
  clock?: Clock,
  own: Environment = {},
): Promise<TestSubgraph> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await createTestDatabase(definition));
  const keys = await createGatewayKeys(clock);
  const hops = recordHops();
  const keysOf = (settings: Environment) =>
    settings["IDENTITY_KEYS_FILE"] === undefined ? testIdentityKeys : new Config(settings);
  const config: Omit<SubgraphConfig, "own" | "identityKeys"> = {
    listen: { host: "127.0.0.1", port: 0 },
    databaseUrl: database.appUrl,
    gatewayUrl: "http://127.0.0.1:1/graphql",
    gatewayPublicKey: keys.publicKey,
    service: { issuer: "http://127.0.0.1:1", clientId: "part", clientKey: keys.privateKey, audience: "urn:test" },
    pseudonymKey,
    organisation: "00000099000000004000",
    logLevel: "silent",
  };
  const start = (settings: Environment) =>
    startSubgraph(
      subgraph,
      { ...config, identityKeys: () => readIdentityKeys(keysOf(settings)), own: new Config(settings) },
      { gateway: hops.gateway, ...(clock ? { clock } : {}) },
    );
  const part = stack.use(await start(own));
  const running = stack.move();
  const askAt =
    (url: string): TestSubgraph["ask"] =>
    async (claims, query, variables) => {
      const headers = await keys.headers(claims, subgraph.name);
      const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
      return (await response.json()) as Answer;
    };
  return {
    url: part.url,
    database,
    hops,
    async identities() {
      await using opened = await openDatabase(
        database.appUrl,
        [],
        undefined,
        testIdentities(subgraph.name, keysOf(own)),
      );
      return await openIdentities(opened);
    },
    ask: askAt(part.url),
    replica: async (settings = own) => ({ ask: askAt(running.use(await start(settings)).url) }),
    async subscribe(claims, query, variables = {}) {
      const statement = await keys.sign(claims, subgraph.name);
      const client = createClient({
        url: part.url.replace("http", "ws"),
        webSocketImpl: WebSocket,
        connectionParams: { claims: statement },
        retryAttempts: 0,
      });
      running.defer(() => client.dispose());
      return client.iterate({ query, variables, extensions: { claims: statement } }) as AsyncGenerator<Answer>;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function recordHops(): RecordedHops {
  const waiting = new Map<(hop: SentHop) => boolean, (input: Json) => void>();
  const hops: RecordedHops = {
    sent: [],
    answer: () => ({}),
    next(isTheOne) {
      const known = hops.sent.find(isTheOne);
      if (known) return Promise.resolve(known.input);
      return new Promise((resolve) => waiting.set(isTheOne, resolve));
    },
    gateway: {
      async mutate<T>(document: string, input: unknown): Promise<T> {
        const answer = (await hops.answer(document, input)) as T;
        const hop = { document, input };
        hops.sent.push(hop);
        for (const [isTheOne, resolve] of waiting) if (isTheOne(hop)) resolve(input);
        return answer;
      },
    },
  };
  return hops;
}
