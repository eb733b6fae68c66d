import type { AnyProvider } from "../provider.ts";
import type { Json } from "../world/client.ts";
import type { Cause, Happening } from "./cause.ts";
import { type Counted, nothingCounted } from "./counted.ts";
import type { TwoSets } from "./databases.ts";
import { doors, type OpenWorld, openGateways, type ServedFiles } from "./gateways.ts";
import { happen } from "./happening.ts";
import { Hearing } from "./hearing.ts";
import { type FileToImport, importFile } from "./imports.ts";
import { lookers, nobody } from "./lookers.ts";
import { startWorld } from "./one-world.ts";
import { type Look, officers } from "./operations.ts";
import { type Side, sides, sites } from "./region.ts";
import { Renaming } from "./renaming.ts";
import { bodyOf, headersOf, methodOf } from "./requests.ts";
import { forgetDrawn, isDrawn } from "./seeded-ids.ts";
import { Listener } from "./socket-listener.ts";
import { Wires } from "./wire.ts";

/** What was seen in one world and not in the other. */
export interface Difference {
  readonly where: string;
  readonly A: string;
  readonly B: string;
}

/** Something went wrong in one world only: that can be seen as well. */
export class OneWorldBroke extends Error {
  override readonly name = "OneWorldBroke";
}

/** Two worlds that differ only in what nobody who looks on may know, and what was compared of them. */
export class Pair implements AsyncDisposable {
  readonly worlds: readonly OpenWorld[];
  differences: Difference[] = [];
  readonly #provider: AnyProvider;
  readonly #databases: TwoSets;
  readonly #renaming = new Renaming(isDrawn);
  readonly #hearing: Hearing;
  readonly #wires: ReadonlyMap<string, Wires>;
  #counted = nothingCounted();
  #tokens = new Map<string, string>();

  private constructor(worlds: readonly OpenWorld[], provider: AnyProvider, databases: TwoSets) {
    this.worlds = worlds;
    this.#provider = provider;
    this.#databases = databases;
    this.#hearing = new Hearing(this, (who) => this.#tokenOf(who));
    this.#wires = new Map(worlds.flatMap(({ urls }) => doors.map((door) => [urls[door], new Wires(urls[door])])));
  }

  static async start(databases: TwoSets, provider: AnyProvider, files: ServedFiles): Promise<Pair> {
    const worlds: OpenWorld[] = [];
    for (const side of sides) {
      const world = await startWorld(side, databases.of[side]);
      worlds.push(await openGateways(world, provider, files));
    }
    return new Pair(worlds, provider, databases);
  }

  get now(): number {
    return this.worlds[0]?.clock.now().getTime() ?? 0;
  }

  /** Begins anew at a moment, with nothing having happened. */
  async begin(moment: number): Promise<void> {
    await this.#hearing.forget();
    this.#tokens = new Map();
    await this.both(async (world) => {
      const { school } = world.databases.admin;
      const { rows } = await school.query<{ id: string }>("delete from care.drawn_id returning id");
      if (!rows.every(({ id }) => isDrawn(id)))
        this.differences.push({ where: "a signal's id that was not drawn at random", A: "", B: "" });
      await this.#databases.of[world.side].reset();
      world.guided.clear();
      world.circles.clear();
      world.clock.put(moment);
      // What a listener is told last of all: an old signal to practise with.
      await school.query(
        `insert into care.signal (school_id, practice, support_on, status, raised_at, erases_at, pupil_id)
         select site, true, $2::date, 'EXPIRED', $2::timestamptz - interval '30 days', $2::timestamptz, null
         from unnest($1::text[]) as site`,
        [sites, new Date(moment)],
      );
    });
    this.#renaming.forget();
    forgetDrawn();
  }

  /** Has the same signals come in both worlds, each from its own causes. */
  async happen(what: readonly Happening[], at: number): Promise<void> {
    this.#counted.signals += what.length;
    await this.both((world) => happen(world, what, at));
  }

  /** Has each world's own happen, in its own order. */
  async happenApart(own: Readonly<Record<Side, readonly { child: number; at: number; cause: Cause }[]>>) {
    this.#counted.signals += own.A.length;
    await this.both(async (world) => {
      for (const { child, at, cause } of own[world.side]) {
        const moment = Math.max(at, world.clock.now().getTime());
        await happen(world, [{ child, causes: { A: cause, B: cause } }], moment);
      }
    });
  }

  async passUntil(moment: number): Promise<void> {
    await this.both((world) => world.passUntil(moment));
  }

  /** Does what is due each minute. */
  async minute(): Promise<void> {
    await this.both(async ({ parts }) => {
      for (const jobs of parts.jobs.values()) await jobs.doEveryMinuteTasks();
    });
  }

  /** Has both worlds asked the same. @returns the answer's JSON, where both gave it */
  async look(look: Look): Promise<Json> {
    const headers = await this.#headersOf(look);
    const body = bodyOf(look);
    const [A = "", B = ""] = await this.both((world) => this.#ask(world, look, headers, body));
    this.#counted.answers += 1;
    this.compare(() => `${look.who}: ${body} ${look.oddity ?? ""}`, A, B);
    try {
      return JSON.parse(A.slice(A.indexOf("\r\n\r\n") + 4)).data ?? {};
    } catch {
      return {};
    }
  }

  /** Has the first world asked alone. @returns its answer, to the byte */
  async lookInOne(look: Look): Promise<string> {
    const [first] = this.worlds;
    return first === undefined ? "" : this.#ask(first, look, await this.#headersOf(look), bodyOf(look));
  }

  /** The same as `look`, and what comes of it. */
  async act(look: Look): Promise<Json> {
    const data = await this.look(look);
    // What is told of a signal is how it is when that is read: so it is heard before the next thing happens.
    await this.hear();
    await this.both((world) => world.settle());
    return data;
  }

  /** Opens the sockets of those who listen, each after what it has heard, and hears what it has missed. */
  async listen(): Promise<void> {
    await this.#hearing.listen();
    await this.hear();
  }

  /** Compares what has been heard since the last time. */
  async hear(): Promise<void> {
    this.#counted.frames += await this.#hearing.hear();
  }

  async hangUp(): Promise<void> {
    await this.#hearing.hangUp();
  }

  /** Has the same file imported into a part's database in both worlds, and compares what the command prints. */
  async bringIn({ kind, part, text }: FileToImport): Promise<void> {
    const [A = "", B = ""] = await this.both(({ databases, clock }) =>
      importFile({ kind, text, databaseUrl: databases.urls[part].appUrl, now: clock.now() }),
    );
    this.#counted.imports += 1;
    this.compare(() => `an import of ${kind}: ${text}`, A, B);
  }

  /** Has somebody say something over a socket, and compares all until it has been answered, or the socket closed. */
  async converse(who: string, messages: readonly object[], isLast: (frame: string) => boolean): Promise<void> {
    const authorization = who === nobody ? "" : `Bearer ${await this.#tokenOf(who)}`;
    const [A = "", B = ""] = await this.both(async ({ urls }) => {
      const listener = await Listener.open(urls.open, authorization, []);
      for (const message of messages) listener.say(message);
      await listener.until(isLast);
      const heard = listener.frames.join("\n");
      const closed = listener.closed ?? "open";
      await listener.leave();
      return `${heard}\n${closed}`;
    });
    this.#counted.conversations += 1;
    this.compare(() => `${who}, a conversation`, A, B);
  }

  /** Waits until all parts are reached again after one was down, which a gateway finds out by trying. */
  async untilReached(): Promise<void> {
    const look = { who: "vendor", query: officers };
    const headers = await this.#headersOf(look);
    await this.both(async (world) => {
      for (const door of doors) {
        const ask = () => this.#ask(world, { ...look, door }, headers, bodyOf(look));
        for (let answer = await ask(); answer.includes("SUBGRAPH_UNAVAILABLE"); ) answer = await ask();
      }
    });
  }

  /** What has been compared since the last time that this was asked. */
  takeCount(): Counted {
    const counted = this.#counted;
    this.#counted = nothingCounted();
    return counted;
  }

  compare(where: () => string, A: string, B: string): void {
    this.#counted.bytes += A.length;
    if (A !== B && A !== this.#renaming.inA(A, B)) this.differences.push({ where: where(), A, B });
  }

  /** Does something in both worlds at once. @throws OneWorldBroke where it goes wrong in one of them */
  async both<T>(work: (world: OpenWorld) => Promise<T>): Promise<T[]> {
    const done = await Promise.allSettled(this.worlds.map(work));
    const broken = done.filter((one) => one.status === "rejected");
    if (broken.length === 0) return done.map((one) => (one as PromiseFulfilledResult<Awaited<T>>).value);
    const [first] = broken;
    if (broken.length === this.worlds.length) throw first?.reason;
    throw new OneWorldBroke("It went wrong in one world only", { cause: first?.reason });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hangUp();
    for (const wires of this.#wires.values()) wires[Symbol.dispose]();
    for (const world of this.worlds) await world.end();
  }

  async #ask({ side, urls }: OpenWorld, look: Look, headers: Record<string, string>, body: string): Promise<string> {
    const wires = this.#wires.get(urls[look.door ?? "open"]);
    return (
      (await wires?.ask({ method: methodOf(look), headers, body: side === "A" ? body : this.#renaming.inB(body) })) ??
      ""
    );
  }

  async #headersOf(look: Look): Promise<Record<string, string>> {
    const token = look.who === nobody ? undefined : await this.#tokenOf(look.who);
    return headersOf(look, token);
  }

  /** One token for the same moment and person, good in both worlds. */
  async #tokenOf(who: string): Promise<string> {
    const now = Math.floor(this.now / 1000);
    // Good for fifty minutes at least: those who listen connect anew before time passes by more.
    const iat = now - (now % 600);
    const key = `${who} ${iat}`;
    const known = this.#tokens.get(key);
    if (known !== undefined) return known;
    const life = who === "expired" ? { iat: iat - 7_200, exp: iat - 3_600 } : { iat, exp: iat + 3_600 };
    const token = await this.#provider.token({ ...lookers[who]?.claims, ...life });
    this.#tokens.set(key, token);
    return token;
  }
}
