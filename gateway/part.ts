import { readFile } from "node:fs/promises";
import type { ApolloServer } from "@apollo/server";
import { parse } from "graphql";
import { createClaimsSigner } from "../plumbing/claims.ts";
import { type Clock, systemClock } from "../plumbing/clock.ts";
import { Fault } from "../plumbing/faults.ts";
import { openHttpDoor } from "../plumbing/http.ts";
import { openLog } from "../plumbing/log.ts";
import { deriveContract } from "./contracts/contract.ts";
import { readContractDefinitions } from "./contracts/definition.ts";
import { type GatewayContext, startPartyServer } from "./doors/party-server.ts";
import { openClientSocket } from "./doors/socket.ts";
import { Executor } from "./executor/executor.ts";
import type { GatewayConfig } from "./settings.ts";
import { Tokens } from "./tokens.ts";
import { subgraphAddresses } from "./upstream/addresses.ts";
import { Credentials } from "./upstream/credentials.ts";
import { NetworkSubgraphs } from "./upstream/network.ts";

export { type GatewayConfig, readGatewayConfig } from "./settings.ts";

/** A gateway at work. Disposing it ends what is under way and closes its doors. */
export interface Gateway extends AsyncDisposable {
  /** `http://host:port` */
  readonly url: string;
}

/** Serves each party its own contract of a supergraph, over HTTP and WebSocket. */
export async function startGateway(config: GatewayConfig, clock: Clock = systemClock): Promise<Gateway> {
  await using stack = new AsyncDisposableStack();
  const log = openLog("gateway", config.logLevel);
  const supergraph = parse(await readFile(config.supergraph, "utf8"), { noLocation: true });
  const definitions = readContractDefinitions(await readFile(config.contracts, "utf8"));
  const credentials = new Credentials(await createClaimsSigner(config.privateKey, clock), clock);
  const urls = subgraphAddresses(supergraph, config.subgraphUrls);
  const subgraphs = stack.use(new NetworkSubgraphs(urls, credentials, config.deadline));

  const parties = new Map<string, Party>();
  for (const [name, definition] of definitions) {
    const executor = new Executor(deriveContract(name, supergraph, definition), subgraphs, log);
    const server = await startPartyServer(executor);
    stack.defer(() => server.stop());
    parties.set(name, { executor, server });
  }
  const partyOf = (name: string): Party => {
    const party = parties.get(name);
    if (party === undefined) throw new Fault("FORBIDDEN");
    return party;
  };

  const { issuer, audience } = config;
  const tokens = new Tokens({ issuer, audience, serves: (party) => parties.has(party) }, clock);
  const http = stack.use(
    await openHttpDoor<GatewayContext>(config.listen, {
      log,
      ready: () => tokens.ready(),
      admit: async ({ headers }) => {
        const caller = await tokens.verify(headers.authorization);
        return { server: partyOf(caller.party).server, context: { caller } };
      },
    }),
  );
  stack.use(
    openClientSocket(http.server, {
      tokens,
      allowedOrigins: new Set(config.allowedOrigins),
      executorOf: (party) => partyOf(party).executor,
      clock,
      log,
    }),
  );
  log.info({ url: http.url, contracts: [...parties.keys()] }, "gateway is ready");
  const all = stack.move();
  return { url: http.url, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** What serves one party. */
interface Party {
  readonly executor: Executor;
  readonly server: ApolloServer<GatewayContext>;
}
