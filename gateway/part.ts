import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Clock, systemClock } from "../plumbing/clock.ts";
import { ConfigError } from "../plumbing/config.ts";
import { Fault } from "../plumbing/faults.ts";
import type { Admit } from "../plumbing/graphql-door.ts";
import { type ListeningServer, openHttpDoor } from "../plumbing/http.ts";
import { type Log, openLog } from "../plumbing/log.ts";
import type { OpenSockets } from "../plumbing/websocket.ts";
import type { GatewayContext } from "./doors/party-server.ts";
import { openClientSocket, type SocketCounts } from "./doors/socket.ts";
import { openIntrospection } from "./introspection.ts";
import { everything } from "./operation/files.ts";
import type { Generation } from "./operation/generation.ts";
import { openGenerations } from "./operation/generations.ts";
import { openOperation } from "./operation/operation.ts";
import { Federation } from "./pages/federation.ts";
import { openPages } from "./pages/pages.ts";
import type { PolicyPort } from "./policy/policies.ts";
import type { GatewayConfig } from "./settings.ts";
import { anonymousSignIn, type SignIn } from "./sign-in.ts";
import { Tokens } from "./tokens.ts";
import type { InProcess } from "./upstream/http-calls.ts";

export { type GatewayConfig, readArguments, readGatewayConfig } from "./settings.ts";

/** A gateway at work. Disposing it ends what is under way and closes its doors. */
export interface Gateway extends AsyncDisposable {
  /** `http://host:port` */
  readonly url: string;
  /** The same of the operator's own door, where there is one. */
  readonly operatorUrl: string | undefined;
  /**
   * Serves what the files say now; what has begun goes on with what they said before.
   * @returns false where they are refused, and the old stays.
   */
  reload(): Promise<boolean>;
}

/** What others put in the place of the usual. */
export interface Outside {
  readonly clock?: Clock;
  readonly policies?: PolicyPort;
  readonly log?: Log;
  readonly inProcess?: InProcess;
}

/**
 * Serves each party its own contract of a supergraph, over HTTP and WebSocket.
 * @throws ConfigError where settings or files are not fit to be served.
 */
export async function startGateway(config: GatewayConfig, outside: Outside = {}): Promise<Gateway> {
  const { clock = systemClock, log = openLog("gateway", config.logLevel), inProcess } = outside;
  await using stack = new AsyncDisposableStack();
  const operation = stack.use(await openOperation(config, log));
  const policies = outside.policies ?? (await loadPolicies(config.policies));
  const { served, reach } = stack.use(await openGenerations(config, { operation, clock, log, policies, inProcess }));
  const signIn = openSignIn(config, (party) => served.current.parties.has(party), clock);
  let isStopping = false;
  const ready = async () => !isStopping && (await signIn.ready());
  const doors = stack.use(await openDoors(config, { signIn, ready, served, clock, log, counts: operation.counters }));
  const { http, sockets } = doors;
  operation.show({ sockets, ready, circuits: () => reach.circuits(), generation: () => served.current });
  served.watch();
  const contracts = [...served.current.parties.keys()];
  log.info({ url: http.url, operator: operation.url, contracts }, "gateway is ready");
  const all = stack.move();
  return {
    url: http.url,
    operatorUrl: operation.url,
    reload: () => served.reload(),
    [Symbol.asyncDispose]: async () => {
      isStopping = true;
      await all.disposeAsync();
    },
  };
}

/** What stands behind the clients' doors. */
interface BehindDoors {
  readonly signIn: SignIn;
  ready(): Promise<boolean>;
  /** What is served at the moment. */
  readonly served: { readonly current: Generation };
  readonly clock: Clock;
  readonly log: Log;
  readonly counts: SocketCounts | undefined;
}

/** The doors of clients: HTTP, and WebSocket on the same port. */
interface Doors extends AsyncDisposable {
  readonly http: ListeningServer;
  readonly sockets: OpenSockets;
}

async function openDoors(config: GatewayConfig, { served, ready, ...behind }: BehindDoors): Promise<Doors> {
  const { signIn, log } = behind;
  await using stack = new AsyncDisposableStack();
  const allowedOrigins = new Set(config.allowedOrigins);
  const allowsOrigin = (origin: string) => allowedOrigins.has(origin);
  const federation = stack.use(new Federation(() => served.current, config.clientTls));
  const page = await openPages(config, { signIn, federation });
  const admit: Admit<GatewayContext> = async ({ headers }) => {
    const caller = await signIn.verify(headers.authorization);
    const { door, leave } = served.current.enter(caller.party);
    return door.admit(caller, leave);
  };
  const tls = config.serverTls;
  const http = stack.use(
    await openHttpDoor(config.listen, { admit, allowsOrigin, ready, tls, log, ...(page && { page }) }),
  );
  const recheckEvery = config.provider?.introspection?.every;
  const enter = (contract: string) => served.current.enter(contract);
  const sockets = stack.use(openClientSocket(http.server, { ...behind, enter, allowsOrigin, recheckEvery }));
  const all = stack.move();
  return { http, sockets, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

function openSignIn({ provider, contracts }: GatewayConfig, serves: (party: string) => boolean, clock: Clock): SignIn {
  if (provider === undefined) return anonymousSignIn(everything);
  const contractOf = ({ party }: Readonly<Record<string, unknown>>): string => {
    if (contracts === undefined) return everything;
    if (typeof party !== "string") throw new Fault("UNAUTHENTICATED");
    if (!serves(party)) throw new Fault("FORBIDDEN");
    return party;
  };
  const { issuer, audience, introspection } = provider;
  if (introspection === undefined) return new Tokens({ issuer, audience, contractOf }, clock);
  // Less than the time between two questions, so that each of them reaches the provider.
  const rememberedFor = introspection.every / 2;
  return new Tokens(
    { issuer, audience, contractOf, introspect: openIntrospection(issuer, introspection), rememberedFor },
    clock,
  );
}

/** @throws ConfigError where the module has no function to offer. */
async function loadPolicies(file: string | undefined): Promise<PolicyPort | undefined> {
  if (file === undefined) return undefined;
  const loaded: { default?: unknown } = await import(pathToFileURL(resolve(file)).href);
  if (typeof loaded.default !== "function")
    throw new ConfigError("The module of POLICIES exports no function by default");
  return loaded.default as PolicyPort;
}
