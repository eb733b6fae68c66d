import "reflect-metadata";
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import type { TaskList } from "graphile-worker";
import { GraphQLError } from "graphql";
import type { JWK } from "jose";
import type { EntityManager, EntityTarget, ObjectLiteral } from "typeorm";
import { type Claims, claimsHeader, createClaimsVerifier } from "./claims.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type Config, type ListenConfig, readListenConfig } from "./config.ts";
import { type Database, openDatabase, systemClaims, takeTurn } from "./database.ts";
import { documentLimits, limitedDepth } from "./document-limits.ts";
import { Events, type StreamsOf } from "./events.ts";
import { faultText, maskError } from "./faults.ts";
import { type GatewayClient, openGatewayClient } from "./hop.ts";
import { openHttpDoor, type Post } from "./http.ts";
import { Identities } from "./identities/identities.ts";
import { checkIdentityKeys } from "./identities/key-check.ts";
import { type IdentityKeys, readIdentityKeys } from "./identities/keys.ts";
import { runJobs } from "./jobs.ts";
import { Listener } from "./listener.ts";
import { errorFacts, type Log, openLog } from "./log.ts";
import { type Hops, hopTask, waitingHops } from "./outbox.ts";
import { pruneTask, type Retention } from "./retention.ts";
import { openServiceToken, type ServiceClient } from "./service-token.ts";
import { buildSubgraph, type SchemaParts } from "./subgraph-schema.ts";
import { openSubgraphSocket } from "./subgraph-socket.ts";
import { sweepTask, type Timers } from "./sweep.ts";
import { readClientTls, readServerTls } from "./tls.ts";
import { inTrace, traceHeader } from "./trace-context.ts";

/** What a subgraph is told from outside. */
export interface SubgraphConfig {
  readonly listen: ListenConfig;
  /** Logs in as the part's own role, which owns nothing. */
  readonly databaseUrl: string;
  /** Where hops go. */
  readonly gatewayUrl: string;
  readonly gatewayPublicKey: JWK;
  readonly service: ServiceClient;
  /** 32 bytes, base64: keys the digests of what must be recognised and not be read. */
  readonly pseudonymKey: string;
  /** What names a child is encrypted by these. Reads them as they are now. @throws ConfigError */
  readonly identityKeys: () => IdentityKeys;
  /** The organisation that runs this part, for example an OIN. */
  readonly organisation: string;
  readonly logLevel: string;
  /** Where the part finds what only it needs to be told. */
  readonly own: Config;
}

export function readSubgraphConfig(config: Config): SubgraphConfig {
  return {
    listen: readListenConfig(config),
    databaseUrl: config.url("DATABASE_URL"),
    gatewayUrl: config.url("GATEWAY_URL"),
    gatewayPublicKey: config.json("GATEWAY_PUBLIC_KEY"),
    service: {
      issuer: config.url("OIDC_ISSUER"),
      clientId: config.text("OIDC_CLIENT_ID"),
      clientKey: config.json("OIDC_CLIENT_KEY"),
      audience: config.url("OIDC_AUDIENCE"),
    },
    pseudonymKey: config.text("PSEUDONYM_KEY"),
    identityKeys: () => readIdentityKeys(config),
    organisation: config.text("ORGANISATION"),
    logLevel: config.text("LOG_LEVEL", "info"),
    own: config,
  };
}

/** What the doors of a subgraph work with; the same for every request. */
export interface Room<Settings = unknown> {
  readonly database: Database;
  readonly events: Events;
  readonly clock: Clock;
  readonly config: SubgraphConfig;
  /** The part's own settings. */
  readonly settings: Settings;
  readonly log: Log;
}

/** The context of one request. */
export interface PartContext<Settings = unknown> extends Room<Settings> {
  readonly claims: Claims;
}

/** A subgraph, as the files of its folder make it. */
export interface Subgraph<Context extends PartContext = PartContext, Settings = unknown> {
  /** Its name in the supergraph, in lower case. */
  readonly name: string;
  readonly schema: SchemaParts;
  readonly entities: EntityTarget<ObjectLiteral>[];
  /**
   * Reads the part's own settings, once, at the start.
   * @throws ConfigError
   */
  settings(config: Config): Settings;
  /** Adds what lives for one request, such as the dataloaders. */
  context(base: PartContext<Settings>): Context;
  /** Whose events a caller may follow, by any of its subscriptions. */
  readonly streams: StreamsOf;
  readonly hops: Hops | ((settings: Settings, pseudonymKey: string) => Hops);
  /** Jobs besides the hops. */
  tasks?(room: Room<Settings>): TaskList;
  /** Encrypts what an earlier version left in plain; runs at each start, before the doors open. */
  encryptPlain?(rows: EntityManager): Promise<void>;
  /** Jobs that run at the start and then each minute, on one of the replicas. */
  everyMinute?(room: Room<Settings>): TaskList;
  /** What its jobs wait for in rows; the outbox besides. */
  readonly timers?: Timers;
  /** What of its own tables goes in time; events and outbox besides. */
  readonly retention?: Retention;
}

/** What tests put in the place of the real thing. */
export interface Outside {
  readonly clock?: Clock;
  readonly gateway?: GatewayClient;
  readonly log?: Log;
  readonly jobs?: typeof runJobs;
}

/** A part that runs. Disposing it stops it: what is under way ends, nothing new begins. */
export interface RunningPart extends AsyncDisposable {
  /** `http://host:port/graphql` */
  readonly url: string;
  /** The way in from the same process: past the network, and past nothing that guards. */
  readonly post: Post;
}

/** The one way to start a subgraph, alone in its process or beside others. */
export async function startSubgraph<Context extends PartContext, Settings>(
  subgraph: Subgraph<Context, Settings>,
  config: SubgraphConfig,
  outside: Outside = {},
): Promise<RunningPart> {
  const {
    clock = systemClock,
    gateway = openGatewayClient(config.gatewayUrl, openServiceToken(config.service, clock), readClientTls(config.own)),
    jobs = runJobs,
  } = outside;
  const log = outside.log ?? openLog(subgraph.name, config.logLevel);
  const settings = subgraph.settings(config.own);
  await using stack = new AsyncDisposableStack();
  const identities = new Identities(subgraph.name, config.identityKeys, config.pseudonymKey);
  const database = stack.use(await openDatabase(config.databaseUrl, subgraph.entities, outside.clock, identities));
  await database.transaction(systemClaims, async (rows) => {
    await takeTurn(rows, "care.identity_key");
    await checkIdentityKeys(rows, identities);
    await subgraph.encryptPlain?.(rows);
  });
  const listener = stack.use(new Listener(config.databaseUrl, log));
  listener.listen("care_identity_keys", () => {
    identities
      .reloadKeys((anew) => database.transaction(systemClaims, (rows) => checkIdentityKeys(rows, anew)))
      .catch((error: unknown) => log.error(errorFacts(error), "the keys of identities are left as they were"));
  });
  const events = new Events(database, listener, subgraph.streams);
  const hops = typeof subgraph.hops === "function" ? subgraph.hops(settings, config.pseudonymKey) : subgraph.hops;
  const room: Room<Settings> = { database, events, clock, config, settings, log };
  const { schema } = await buildSubgraph(subgraph.schema);
  const verify = await createClaimsVerifier(config.gatewayPublicKey, subgraph.name, clock);
  const contextFor = (claims: Claims): Context => subgraph.context({ ...room, claims });

  const server = new ApolloServer<Context>({
    schema,
    formatError: maskError,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    introspection: true,
    persistedQueries: false,
    parseOptions: { maxTokens: documentLimits.tokens },
    validationRules: [limitedDepth],
    nodeEnv: "production",
    stopOnTerminationSignals: false,
    logger: log,
    plugins: [noteErrors(log), refuseSubscriptions],
  });
  await server.start();
  stack.defer(() => server.stop());

  // Before the door, which says that the part is ready: it may fail, where the database is going away.
  stack.use(
    await jobs({
      url: config.databaseUrl,
      listener,
      log,
      tasks: {
        hop: hopTask({ database, gateway, hops, clock, log }),
        ...subgraph.tasks?.(room),
      },
      everyMinute: {
        sweep: sweepTask({ database, timers: { hop: waitingHops, ...subgraph.timers }, clock, log }),
        prune: pruneTask(database, subgraph.retention),
        ...subgraph.everyMinute?.(room),
      },
    }),
  );

  const http = stack.use(
    await openHttpDoor<Context>(config.listen, {
      admit: async ({ headers }) => {
        const header = headers[claimsHeader];
        const claims = await verify(typeof header === "string" ? header : undefined);
        return { server, context: contextFor(inTrace(claims, headers[traceHeader])) };
      },
      ready: () => database.answers(),
      tls: readServerTls(config.own),
      log,
    }),
  );
  stack.use(openSubgraphSocket(http.server, { schema, verify, contextFor, log }));
  const running = stack.move();
  return { url: `${http.url}/graphql`, post: http.post, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** Apollo Server would resolve a subscription's root field as if it were a query's: events come over WebSocket only. */
const refuseSubscriptions: ApolloServerPlugin = {
  requestDidStart: async () => ({
    async didResolveOperation({ operation }) {
      if (operation?.operation === "subscription") {
        throw new GraphQLError(faultText("BAD_REQUEST"), {
          extensions: { code: "BAD_REQUEST", http: { status: 400 } },
        });
      }
    },
  }),
};

/** Clients are told that something went wrong here and that it has been noted: it is noted here. */
function noteErrors(log: Log): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      async didEncounterErrors({ errors }) {
        for (const { originalError } of errors) {
          // Faults, and what graphql-js says of a request, are the client's to mend.
          if (originalError && !(originalError instanceof GraphQLError)) log.error(errorFacts(originalError), "failed");
        }
      },
    }),
  };
}
