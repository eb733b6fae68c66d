import { join } from "node:path";
import { startGateway } from "../../gateway/part.ts";
import { readGatewayConfig } from "../../gateway/settings.ts";
import type { Clock } from "../../plumbing/clock.ts";
import { Config } from "../../plumbing/config.ts";
import { openLog } from "../../plumbing/log.ts";
import { type Caller, type Parts, startParts } from "../../simulate/parts.ts";
import { leerplichtSubgraph } from "../../subgraphs/leerplicht/part.ts";
import { root } from "../../system/root.ts";
import { audience } from "../../system/settings.ts";
import type { AnyProvider } from "../provider.ts";
import type { WorldDatabases } from "./databases.ts";
import type { Side } from "./region.ts";
import { watchDrawing } from "./seeded-ids.ts";

/** A clock that stands where it is put. */
export class PutClock implements Clock {
  #now = 0;

  now(): Date {
    return new Date(this.#now);
  }

  put(moment: number): void {
    this.#now = moment;
  }
}

/** What a region calls its release desk. */
export const releaseDesk = "00000099000000008000";

/** One of two worlds: the real gateway and subgraphs over their databases, on a clock of its own. */
export interface OneWorld extends AsyncDisposable {
  readonly side: Side;
  readonly clock: PutClock;
  readonly parts: Parts;
  readonly databases: WorldDatabases;
  /** The gateway's, `http://127.0.0.1:port/graphql`. */
  readonly url: string;
  /** Whether signals pass a release desk before they are routed. */
  hasDesk: boolean;
  /** What nobody who looks on may find out; a planted leak tells it. */
  secret: Secret;
  /** Does all that is due, and what comes of that, one thing after the other. */
  settle(): Promise<void>;
  /** Lets time pass. */
  passUntil(moment: number): Promise<void>;
  ask: Parts["ask"];
}

/** What the two worlds of a pair differ in, where a leak can get at it. */
export interface Secret {
  readonly agency: string;
  readonly category: string;
  /** Of the incident. */
  readonly hour: number;
  readonly reports: number;
  readonly siblings: number;
  readonly elsewhere: number;
  readonly isEnrolled: boolean;
}

export const noSecret: Secret = {
  agency: "",
  category: "",
  hour: 0,
  reports: 1,
  siblings: 0,
  elsewhere: 0,
  isEnrolled: true,
};

const minute = 60_000;

const identityKey = `worlds=${Buffer.alloc(32, 9).toString("base64")}`;

export async function startWorld(side: Side, databases: WorldDatabases, provider: AnyProvider): Promise<OneWorld> {
  watchDrawing();
  await using stack = new AsyncDisposableStack();
  const clock = new PutClock();
  const desk = { organisation: releaseDesk, share: 0.25 };
  const office: typeof leerplichtSubgraph = {
    ...leerplichtSubgraph,
    settings: (config) => ({
      ...leerplichtSubgraph.settings(config),
      get releaseDesk() {
        return world.hasDesk ? desk : undefined;
      },
    }),
  };
  const parts = stack.use(await startParts(databases.urls, clock, { leerplicht: office, identityKey }));
  const settings = {
    SUPERGRAPH: join(root, "schema", "supergraph.graphql"),
    CONTRACTS: join(root, "schema", "contracts.json"),
    SUBGRAPH_URLS: [...parts.urls].map(([name, url]) => `${name}=${url}`).join(","),
    GATEWAY_PRIVATE_KEY: JSON.stringify(parts.gatewayKey),
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: audience,
    ALLOWED_ORIGINS: "https://dashboard.example",
    LOG_LEVEL: "silent",
  };
  const log = openLog("gateway", "silent");
  const gateway = stack.use(await startGateway(readGatewayConfig(new Config(settings)), { clock, log }));
  const jobs = [...parts.jobs.values()];
  const all = stack.move();
  const world: OneWorld = {
    side,
    clock,
    parts,
    databases,
    url: `${gateway.url}/graphql`,
    hasDesk: false,
    secret: noSecret,
    async settle() {
      for (let done = 1; done > 0; ) {
        done = 0;
        for (const one of jobs) {
          for (const deed of await one.take()) {
            await deed();
            done += 1;
          }
        }
      }
    },
    async passUntil(moment) {
      for (;;) {
        await world.settle();
        const next = Math.min(...jobs.map((one) => one.next));
        if (next > moment) break;
        clock.put(Math.max(clock.now().getTime(), Math.ceil(next / minute) * minute));
      }
      clock.put(Math.max(clock.now().getTime(), moment));
    },
    ask: (part, caller: Caller, query, variables) => parts.ask(part, caller, query, variables),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
  return world;
}
