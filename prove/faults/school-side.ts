import { setTimeout as pause } from "node:timers/promises";
import { withClient } from "../../system/databases.ts";
import { Random } from "../random.ts";
import { type Client, clientOf, operations, readAll } from "../world/client.ts";
import { compare, Dashboard, type Told } from "../world/dashboard.ts";
import type { KnownPupil } from "../world/pupils.ts";
import type { World } from "../world/world.ts";
import type { Ledger } from "./ledger.ts";
import { PupilPool } from "./pupils.ts";
import { untilDone } from "./until-done.ts";

/** How many screens are open. */
const screens = 6;

/** How many signals are confirmed at once. */
const confirmers = 8;

/** How often the inbox is read besides, in milliseconds: a signal of which no screen was told has arrived all the same. */
const look = 2_000;

/** How long the screens may take to be told everything, in milliseconds. */
const catchUp = 60_000;

/** The schools' contacts: they see what arrives on screens that resume by their cursors, and confirm it. */
export class SchoolSide implements AsyncDisposable {
  readonly pool: PupilPool;
  readonly #world: World;
  readonly #ledger: Ledger;
  readonly #contact: Client;
  readonly #dashboards: Dashboard[] = [];
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #over = new AbortController();
  #looking: Promise<void> = Promise.resolve();
  #start = "0";
  #atWork = 0;

  private constructor(world: World, ledger: Ledger, pupils: readonly KnownPupil[], contact: Client) {
    this.#world = world;
    this.#ledger = ledger;
    this.#contact = contact;
    this.pool = new PupilPool(pupils, (signal, pupil) => this.#confirm(signal, pupil));
  }

  /** @returns once every screen is told what happens from now on. */
  static async open(world: World, ledger: Ledger, pupils: readonly KnownPupil[], seed: number): Promise<SchoolSide> {
    const claims = { scope: "signals:read signals:handle" };
    const contact = await clientOf(world, "sis-vendor", { claims, patience: 5_000 });
    const side = new SchoolSide(world, ledger, pupils, contact);
    for (let number = 0; number < screens; number += 1) {
      side.#dashboards.push(
        new Dashboard({
          url: world.urlOf("gateway"),
          authorization: contact.authorization,
          random: new Random(seed + number),
          onEvent: ({ kind, signal }) => kind === "RAISED" && side.#see(signal),
        }),
      );
    }
    await Promise.all(side.#dashboards.map((one) => one.comesBack()));
    side.#start = (await side.#events("0")).at(-1)?.position ?? "0";
    side.#looking = side.#look();
    return side;
  }

  /** @returns what is wrong with what the screens were told, once they had time to be told everything; and how much it was. */
  async judge(): Promise<{ readonly failures: string[]; readonly events: number }> {
    const truth = (await this.#events(this.#start)).map(({ id }) => id);
    const wrong = () =>
      this.#dashboards.flatMap(({ cursors }, place) => {
        const what = compare(cursors, truth);
        return what === undefined ? [] : [`screen ${place} ${what}`];
      });
    for (const until = Date.now() + catchUp; wrong().length > 0 && Date.now() < until; await pause(100));
    return { failures: wrong(), events: truth.length };
  }

  /** Settles once everything that was seen is confirmed. */
  async quiet(): Promise<void> {
    while (this.#waiting.length > 0 || this.#atWork > 0) await pause(50);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    for (const one of this.#dashboards) one.close();
    await this.#looking;
  }

  #see({ id, pupil }: Told["signal"]): void {
    if (pupil === null) return;
    this.#ledger.raise(pupil.displayName, id);
    this.pool.see(pupil.displayName, id);
  }

  async #look(): Promise<void> {
    const { signal } = this.#over;
    while (!signal.aborted) {
      const open = await readAll(this.#contact, operations.inbox, "signals").catch(() => []);
      for (const one of open) this.#see(one);
      await pause(look, undefined, { signal }).catch(() => undefined);
    }
  }

  #confirm(signal: string, pupil: KnownPupil): void {
    this.#waiting.push(async () => {
      if (await untilDone(() => this.#contact.ask(operations.confirm, { id: signal }), this.#over.signal))
        this.pool.give(pupil);
      else this.#ledger.undone.push(`a signal could not be confirmed: ${signal}`);
    });
    if (this.#atWork < confirmers) void this.#confirmWaiting();
  }

  async #confirmWaiting(): Promise<void> {
    this.#atWork += 1;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) await next();
    this.#atWork -= 1;
  }

  /** All events of the schools, as PostgreSQL has them. */
  #events(after: string): Promise<{ readonly id: string; readonly position: string }[]> {
    return withClient(this.#world.cluster.databaseUrl("school"), async (admin) => {
      const { rows } = await admin.query("select id, position from care.event where position > $1 order by position", [
        after,
      ]);
      return rows;
    });
  }
}
