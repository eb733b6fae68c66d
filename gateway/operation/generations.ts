import { createClaimsSigner } from "../../plumbing/claims.ts";
import type { Clock } from "../../plumbing/clock.ts";
import type { Log } from "../../plumbing/log.ts";
import { Planning } from "../execution/planning.ts";
import { Executor } from "../executor/executor.ts";
import type { PolicyPort } from "../policy/policies.ts";
import type { GatewayConfig } from "../settings.ts";
import { Credentials } from "../upstream/credentials.ts";
import type { InProcess } from "../upstream/http-calls.ts";
import { type Generation, type Making, makeGeneration } from "./generation.ts";
import { ObservedExecutor, observedPlans, observedSubgraphs } from "./observed.ts";
import type { Operation } from "./operation.ts";
import { Reach } from "./reach.ts";
import { Reloading, type ReloadOutcome } from "./reload.ts";

/** What all generations have in common. */
export interface Surroundings {
  readonly operation: Operation;
  readonly clock: Clock;
  readonly log: Log;
  readonly policies: PolicyPort | undefined;
  readonly inProcess: InProcess | undefined;
}

/** What the files say, now and each time that they change, with the ways to the subgraphs. */
export interface Generations extends AsyncDisposable {
  readonly served: Reloading<Generation>;
  readonly reach: Reach;
}

/** @throws ContractError where the files do not make a whole. */
export async function openGenerations(config: GatewayConfig, around: Surroundings): Promise<Generations> {
  await using stack = new AsyncDisposableStack();
  const { log, operation } = around;
  const reach = stack.use(await openReach(config, around));
  const making = makingWith(reach, stack.use(new Planning()), config, around);
  const files = [config.supergraph, config.contracts, config.documents].filter((file) => file !== undefined);
  const make = () => makeGeneration(config, making);
  const onReload = (outcome: ReloadOutcome) => operation.counters?.reloaded(outcome);
  const served = stack.use(await Reloading.start({ files, make, log, onReload }));
  const all = stack.move();
  return { served, reach, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

async function openReach(config: GatewayConfig, { operation, clock, inProcess }: Surroundings): Promise<Reach> {
  const signer = config.privateKey && (await createClaimsSigner(config.privateKey, clock));
  return new Reach(new Credentials(signer, clock, config.clientTls), {
    deadline: { usual: config.deadline, bySubgraph: config.deadlines ?? new Map() },
    ownHeaders: operation.headers,
    inProcess,
    counts: operation.counters,
  });
}

function makingWith(
  reach: Reach,
  planning: Planning,
  { limits, costLimit }: GatewayConfig,
  { operation, policies, log }: Surroundings,
): Making {
  const { observer } = operation;
  if (observer === undefined) {
    return {
      reach: (addresses) => reach.at(addresses),
      openExecutor: (contract, subgraphs, documents) =>
        new Executor(contract, subgraphs, log, { plans: planning, policies, documents, limits, costLimit }),
    };
  }
  const plans = observedPlans(observer, planning);
  return {
    reach: (addresses) => {
      const ways = reach.at(addresses);
      return { ...ways, subgraphs: observedSubgraphs(observer, ways.subgraphs) };
    },
    openExecutor: (contract, subgraphs, documents) =>
      new ObservedExecutor(observer, contract, subgraphs, log, { plans, policies, documents, limits, costLimit }),
  };
}
