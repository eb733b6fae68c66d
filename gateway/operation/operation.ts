import type { Log } from "../../plumbing/log.ts";
import type { OpenSockets } from "../../plumbing/websocket.ts";
import type { GatewayConfig } from "../settings.ts";
import type { OwnHeaders } from "../upstream/http-calls.ts";
import type { Generation } from "./generation.ts";
import { inTurn, type Observer } from "./observer.ts";
import { OperatorDoor } from "./operator-door.ts";
import { planPage } from "./plan-page.ts";

/** What the operator sees of the gateway. */
export interface Operation extends AsyncDisposable {
  /** The operator's door, where there is one. */
  readonly url: string | undefined;
  /** Undefined where nothing is observed. */
  readonly observer: Observer | undefined;
  /** What calls to subgraphs are to carry; undefined where that is nothing. */
  readonly headers: OwnHeaders | undefined;
  /** Shows a gateway that has begun to serve. */
  show(sockets: OpenSockets, ready: () => Promise<boolean>, serves: () => Generation): void;
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
    headers: tracing?.traceHeaders,
    show: (sockets, ready, serves) => {
      metrics?.countSockets(sockets);
      door?.setReady(ready);
      if (config.isDevelopment)
        door?.add(
          "/plan",
          planPage(() => executorsOf(serves())),
        );
    },
    [Symbol.asyncDispose]: async () => door?.[Symbol.asyncDispose](),
  };
}

function executorsOf({ parties }: Generation) {
  return new Map([...parties].map(([name, { executor }]) => [name, executor]));
}
