import { setTimeout as pause } from "node:timers/promises";
import { withClient } from "../../system/databases.ts";
import type { Random } from "../random.ts";
import { type Client, clientOf, operations, readAll, reportOf } from "../world/client.ts";
import { compare, Dashboard } from "../world/dashboard.ts";
import type { KnownPupil } from "../world/pupils.ts";
import type { World } from "../world/world.ts";

/** How long all may take to be told what there is, in milliseconds (F10). */
export const resumption = 30_000;

/** One contact person's screen, at one school. */
export interface Seat {
  readonly schoolId: string;
  readonly dashboard: Dashboard;
}

/** Many contact persons, each with a token of their own and the right to one school. */
export class Audience {
  readonly seats: Seat[] = [];
  /** How long after the answer to a report each event about it came, since it was last emptied, in milliseconds. */
  delays: number[] = [];
  readonly #world: World;
  readonly #police: Client;
  readonly #vendor: Client;
  readonly #answered = new Map<string, number>();
  /** The last event of each school before anybody was there, by the school. */
  readonly #before = new Map<string, string>();
  #start = "0";
  readonly #arrivals: Promise<void>[] = [];
  /** How many signals were raised. */
  signals = 0;

  private constructor(world: World, police: Client, vendor: Client) {
    this.#world = world;
    this.#police = police;
    this.#vendor = vendor;
  }

  /** What is reported and handled goes past the way that breaks under the dashboards. */
  static async open(world: World): Promise<Audience> {
    const { port } = world.processes.findLast(({ part }) => part === "gateway") ?? {};
    const past = { url: `http://127.0.0.1:${port}/graphql`, patience: 60_000 };
    const claims = { scope: "signals:read signals:handle" };
    return new Audience(
      world,
      await clientOf(world, "police-integrator", past),
      await clientOf(world, "sis-vendor", { ...past, claims }),
    );
  }

  /** @param url by which way the seat's dashboard comes. */
  async seat(schoolId: string, random: Random, url = this.#world.urlOf("gateway")): Promise<Seat> {
    const start = this.#before.get(schoolId);
    if (start === undefined) throw new Error("Nothing has happened at this school yet");
    const dashboard = new Dashboard({
      url,
      start,
      authorization: await this.authorizationAt(schoolId, `contact-${random.below(2 ** 31)}`),
      random,
      onEvent: ({ kind, signal: { pupil } }) => {
        if (kind !== "RAISED" || pupil === null) return;
        const since = this.#answered.get(pupil.displayName);
        // An event may come before the answer: it was not late then.
        this.delays.push(since === undefined ? 0 : performance.now() - since);
      },
    });
    const seat = { schoolId, dashboard };
    this.seats.push(seat);
    this.#arrivals.push(dashboard.comesBack());
    return seat;
  }

  async authorizationAt(schoolId: string, sub: string): Promise<() => Promise<string>> {
    const claims = { sub, schools: [schoolId], scope: "signals:read" };
    return (await clientOf(this.#world, "school-contact", { claims })).authorization;
  }

  /**
   * Something happens at each school, after which its dashboards begin: nothing tells a client without a cursor when its
   * events begin, and in a crowd that may be seconds after it asked.
   * @param pupils one of each school.
   */
  async begin(pupils: readonly KnownPupil[]): Promise<void> {
    await this.raise(pupils);
    for (const { id, stream, position } of await this.#events("0")) {
      this.#before.set(stream, id);
      this.#start = position;
    }
    this.signals = 0;
  }

  /** Settles when all are there. */
  async gathered(): Promise<void> {
    await Promise.all(this.#arrivals);
  }

  /** Reports these pupils one after another, and confirms what comes of it. */
  async raise(pupils: readonly KnownPupil[]): Promise<void> {
    for (const { bsn, displayName } of pupils) {
      await this.#police.ask(operations.report, reportOf(`crowd-${bsn}`, bsn));
      this.#answered.set(displayName, performance.now());
    }
    for (let seen = 0; seen < pupils.length; ) {
      const open = await readAll(this.#vendor, operations.inbox, "signals");
      for (const { id } of open) await this.#vendor.ask(operations.confirm, { id });
      seen += open.length;
      if (open.length === 0) await pause(20);
    }
    this.signals += pupils.length;
  }

  /** @returns the slowest of a hundred of the delays since the last call, in milliseconds. */
  takeP99(): number {
    const sorted = this.delays.sort((one, other) => one - other);
    this.delays = [];
    return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
  }

  /** @returns what is wrong with what these were told, once they had time to be told all. */
  async judge(seats: readonly Seat[]): Promise<{ readonly wrong: string[]; readonly events: number }> {
    const truth = Map.groupBy(await this.#events(this.#start), ({ stream }) => stream);
    const truthOf = ({ schoolId }: Seat) => truth.get(schoolId)?.map(({ id }) => id) ?? [];
    const waiting = () => seats.some((seat) => seat.dashboard.cursors.length < truthOf(seat).length);
    for (const until = Date.now() + resumption; waiting() && Date.now() < until; ) await pause(20);
    return {
      wrong: seats.flatMap((seat, place) => {
        const what = compare(seat.dashboard.cursors, truthOf(seat));
        return what === undefined ? [] : [`dashboard ${place} ${what}`];
      }),
      events: seats.reduce((sum, seat) => sum + truthOf(seat).length, 0),
    };
  }

  #events(after: string): Promise<{ readonly id: string; readonly stream: string; readonly position: string }[]> {
    return withClient(this.#world.cluster.databaseUrl("school"), async (admin) => {
      const text = "select id, stream, position from care.event where position > $1 order by position";
      return (await admin.query(text, [after])).rows;
    });
  }
}
