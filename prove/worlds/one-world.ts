import type { Clock } from "../../plumbing/clock.ts";
import { type Caller, type PartName, type Parts, startParts } from "../../simulate/parts.ts";
import type { Region } from "../../simulate/region.ts";
import { leerplichtSubgraph } from "../../subgraphs/leerplicht/part.ts";
import { noSecret, type Secret } from "./cause.ts";
import type { WorldDatabases } from "./databases.ts";
import type { Side } from "./region.ts";
import { watchDrawing } from "./seeded-ids.ts";

/** A clock that stands where it is put. */
class PutClock implements Clock {
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

/** What the harness knows of a family in guidance in one world. */
export interface Guided {
  readonly guidance: string;
  /** The id of the child in it. */
  readonly child: string;
  readonly number: number;
}

/** One of two worlds: the real subgraphs over their databases, on a clock of its own. */
export interface OneWorld extends AsyncDisposable {
  readonly side: Side;
  readonly clock: PutClock;
  readonly parts: Parts;
  readonly databases: WorldDatabases;
  readonly region: Region;
  /** Whether signals pass a release desk before they are routed. */
  hasDesk: boolean;
  /** Parts that do not answer now. */
  readonly down: Set<PartName>;
  /** The families in guidance, by the number of the child. */
  readonly guided: Map<number, Guided>;
  /** The consents on which a support circle stands, by the number of the child. */
  readonly circles: Map<number, string>;
  /** What nobody who looks on may find out; a planted leak tells it. */
  secret: Secret;
  /** Does all that is due, and what comes of that, one thing after the other. */
  settle(): Promise<void>;
  /** Lets time pass. */
  passUntil(moment: number): Promise<void>;
  ask: Parts["ask"];
}

const minute = 60_000;

const identityKey = `worlds=${Buffer.alloc(32, 9).toString("base64")}`;

export async function startWorld(side: Side, databases: WorldDatabases): Promise<OneWorld> {
  watchDrawing();
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
  const parts = await startParts(databases.urls, clock, { leerplicht: office, identityKey });
  const jobs = [...parts.jobs.values()];
  const world: OneWorld = {
    side,
    clock,
    parts,
    databases,
    region: databases.region,
    hasDesk: false,
    down: new Set(),
    guided: new Map(),
    circles: new Map(),
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
    [Symbol.asyncDispose]: () => parts[Symbol.asyncDispose](),
  };
  return world;
}
