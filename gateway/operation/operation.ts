import type { Log } from "../../plumbing/log.ts";
import type { GatewayConfig } from "../settings.ts";
import type { OwnHeaders } from "../upstream/http-calls.ts";
import type { Counters, Present } from "./counters.ts";
import type { Generation } from "./generation.ts";
import { inTurn, type Observer } from "./observer.ts";
import { OperatorDoor } from "./operator-door.ts";
import { planPage } from "./plan-page.ts";

/** A gateway that has begun to serve. */
export interface AtWork extends Present {
  ready(): Promise<boolean>;
  /** What is served at the moment. */
  generation(): Generation;
}

/** What the operator sees of the gateway. */
export interface Operation extends AsyncDisposable {
  /** The operator's door, where there is one. */
  readonly url: string | undefined;
  /** Undefined where nothing is observed. */
  readonly observer: Observer | undefined;
  /** Undefined where nothing is counted. */
  readonly counters: Counters | undefined;
  /** What calls to subgraphs are to carry; undefined where that is nothing. */
  readonly headers: OwnHeaders | undefined;
  /** From now on, the operator sees what the gateway does. */
  show(gateway: AtWork): void;
}

/** What is not asked for by the settings is not even loaded. */
export async function openOperation(config: GatewayConfig, log: Log): Promise<Operation> {
  const { operatorPort, listen } = config;
  const tracing = config.isTraced ? await import("./traces.ts") : undefined;
  const metrics = operatorPort === undefined ? undefined : new (await import("./metrics.ts")).Metrics();
  const door = operatorPort === undefined ? undefined : await OperatorDoor.open({ ...listen, port: operatorPort }, log);
  if (metrics) door?.add("/metrics", async () => ({ type: metrics.contentType, text: await metrics.print() }));
  return {
    url: door?.url,
    observer: inTurn([tracing?.traces, metrics].filter((observer) => observer !== undefined)),
    counters: metrics?.counters,
    headers: tracing?.traceHeaders,
    show: (gateway) => {
      metrics?.counters.show(gateway);
      door?.setReady(() => gateway.ready());
      const executors = () => executorsOf(gateway.generation());
      if (config.isDevelopment) door?.add("/plan", planPage(executors));
    },
    [Symbol.asyncDispose]: async () => {
      await tracing?.flushSpans();
      await door?.[Symbol.asyncDispose]();
    },
  };
}

function executorsOf({ parties }: Generation) {
  return new Map([...parties].map(([name, { executor }]) => [name, executor]));
}
