import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createClaimsSigner } from "../plumbing/claims.ts";
import { type Clock, systemClock } from "../plumbing/clock.ts";
import { ConfigError } from "../plumbing/config.ts";
import { Fault } from "../plumbing/faults.ts";
import { openHttpDoor } from "../plumbing/http.ts";
import { type Log, openLog } from "../plumbing/log.ts";
import type { GatewayContext } from "./doors/party-server.ts";
import { openClientSocket } from "./doors/socket.ts";
import { Executor } from "./executor/executor.ts";
import { Planning } from "./executor/planning.ts";
import { openIntrospection } from "./introspection.ts";
import { everything } from "./operation/files.ts";
import { makeGeneration } from "./operation/generation.ts";
import { ObservedExecutor, observedPlans, observedSubgraphs } from "./operation/observed.ts";
import { openOperation } from "./operation/operation.ts";
import { Reach } from "./operation/reach.ts";
import { Reloading } from "./operation/reload.ts";
import { Federation } from "./pages/federation.ts";
import { openPages } from "./pages/pages.ts";
import type { PolicyPort } from "./policy/policies.ts";
import type { GatewayConfig } from "./settings.ts";
import { anonymousSignIn, type SignIn } from "./sign-in.ts";
import { Tokens } from "./tokens.ts";
import { Credentials } from "./upstream/credentials.ts";
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
  const { clock = systemClock, log = openLog("gateway", config.logLevel) } = outside;
  await using stack = new AsyncDisposableStack();
  const operation = stack.use(await openOperation(config, log));
  const { observer } = operation;
  const signer = config.privateKey && (await createClaimsSigner(config.privateKey, clock));
  const deadlines = { usual: config.deadline, bySubgraph: config.deadlines ?? new Map<string, number>() };
  const reach = stack.use(
    new Reach(new Credentials(signer, clock, config.clientTls), deadlines, operation.headers, outside.inProcess),
  );
  const planning = stack.use(new Planning());
  const policies = outside.policies ?? (await loadPolicies(config.policies));

  const files = [config.supergraph, config.contracts, config.documents].filter((file) => file !== undefined);
  const make = () =>
    makeGeneration(config, {
      reach: (addresses) => {
        const ways = reach.at(addresses);
        return observer ? { ...ways, subgraphs: observedSubgraphs(observer, ways.subgraphs) } : ways;
      },
      openExecutor: (contract, subgraphs, documents) => {
        const options = {
          plans: observer ? observedPlans(observer, planning) : planning,
          policies,
          documents,
          costLimit: config.costLimit,
        };
        return observer
          ? new ObservedExecutor(observer, contract, subgraphs, log, options)
          : new Executor(contract, subgraphs, log, options);
      },
    });
  const served = stack.use(await Reloading.start(files, make, log));
  const signIn = openSignIn(config, (party) => served.current.parties.has(party), clock);
  const allowedOrigins = new Set(config.allowedOrigins);
  const allowsOrigin = (origin: string) => allowedOrigins.has(origin);
  const federation = stack.use(new Federation(() => served.current, config.clientTls));
  const page = await openPages(config, { signIn, federation });
  let isStopping = false;
  const ready = async () => !isStopping && (await signIn.ready());
  const http = stack.use(
    await openHttpDoor<GatewayContext>(config.listen, {
      log,
      ready,
      tls: config.serverTls,
      allowsOrigin,
      ...(page && { page }),
      admit: async ({ headers }) => {
        const caller = await signIn.verify(headers.authorization);
        const { door, leave } = served.current.enter(caller.party);
        return door.admit(caller, leave);
      },
    }),
  );
  const sockets = stack.use(
    openClientSocket(http.server, {
      tokens: signIn,
      allowsOrigin,
      recheckEvery: config.provider?.introspection?.every,
      enter: (contract) => served.current.enter(contract),
      clock,
      log,
    }),
  );
  operation.show(sockets, ready, () => served.current);
  served.watch();
  log.info(
    { url: http.url, operator: operation.url, contracts: [...served.current.parties.keys()] },
    "gateway is ready",
  );
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
