import { personas } from "../../system/personas.ts";
import type { AnyProvider } from "../provider.ts";
import type { TwoSets } from "./databases.ts";
import { type Cause, type Happening, happen } from "./hidden.ts";
import { Listener, lookOver } from "./looking.ts";
import { type OneWorld, startWorld } from "./one-world.ts";
import type { Look, Looker } from "./operations.ts";
import { regionOf, type Side, sides } from "./region.ts";
import { watchDrawing } from "./seeded-ids.ts";

/** What was seen in one world and not in the other. */
export interface Difference {
  readonly where: string;
  readonly A: string;
  readonly B: string;
}

const [site = "", otherSite = ""] = regionOf("A").schools.map(({ id }) => id);

export const sites = [site, otherSite];

const reading = "signals:read";
const handling = "signals:read signals:handle";
const agency = { party: "police", organisation: "00000099000000001000", scope: "incidents:report signals:read" };
const operator = personas.find(({ party }) => party === "operator");

/** Who looks on, by what their token says. */
const lookers: Readonly<Record<Exclude<Looker, "nobody">, object>> = {
  contact: { sub: "contact", party: "school", organisation: "o", schools: [site], scope: handling },
  teacher: {
    sub: "t",
    party: "school",
    organisation: "o",
    schools: [site],
    role: "teacher",
    staffMember: "m2",
    scope: handling,
  },
  vendor: { sub: "vendor", party: "school", organisation: "v", schools: sites, scope: reading },
  "other contact": { sub: "other", party: "school", organisation: "p", schools: [otherSite], scope: handling },
  "no scope": { sub: "contact", party: "school", organisation: "o", schools: [site] },
  expired: { sub: "contact", party: "school", organisation: "o", schools: [site], scope: handling },
  agency: { sub: "agency", ...agency },
  operator: { sub: "operator", ...operator },
};

const signalEvents = `subscription ($after: String) { signalEvents(after: $after) { cursor kind
  signal { id status supportOn raisedAt seenAt supportedAt erasesAt practice message
    pupil { id displayName birthDate group { name } } handedTo { id name } } } }`;
const sentSignalEvents = `subscription ($after: String) { sentSignalEvents(after: $after) { cursor progress
  sentSignal { id progress sentAt dueBy } } }`;

/** Who listens, to what, and by which stream of events what they have heard is known to be all. */
const listeners = [
  { who: "contact", query: signalEvents, part: "school", stream: site },
  { who: "teacher", query: signalEvents, part: "school", stream: `${site}/m2` },
  { who: "vendor", query: signalEvents, part: "school", stream: otherSite },
  { who: "agency", query: sentSignalEvents, part: "police", stream: agency.organisation },
] as const;

/** Two worlds that differ only in what nobody who looks on may know, and what was compared of them. */
export class Pair implements AsyncDisposable {
  readonly worlds: readonly OneWorld[];
  /** How many observations were compared, each of one and the same thing in both worlds. */
  #compared = { answers: 0, frames: 0, conversations: 0, bytes: 0 };
  differences: Difference[] = [];
  /** How long the frames of a school's events were, in characters. */
  readonly lengths = new Set<number>();
  readonly #provider: AnyProvider;
  readonly #databases: TwoSets;
  readonly #drawn: ReadonlySet<string>;
  #tokens = new Map<string, string>();
  #listens = false;
  #listening: { readonly listener: Listener; read: number; cursor?: string | undefined }[][] = [];

  private constructor(
    worlds: readonly OneWorld[],
    provider: AnyProvider,
    databases: TwoSets,
    drawn: ReadonlySet<string>,
  ) {
    this.#drawn = drawn;
    this.worlds = worlds;
    this.#provider = provider;
    this.#databases = databases;
  }

  static async start(databases: TwoSets, provider: AnyProvider): Promise<Pair> {
    const worlds: OneWorld[] = [];
    for (const side of sides) worlds.push(await startWorld(side, databases.of[side], provider));
    return new Pair(worlds, provider, databases, watchDrawing());
  }

  get now(): number {
    return this.worlds[0]?.clock.now().getTime() ?? 0;
  }

  /** Begins anew at a moment, with nothing having happened. */
  async begin(moment: number): Promise<void> {
    await this.hangUp();
    this.#listening = [];
    this.#tokens = new Map();
    await this.#both(async (world) => {
      const { rows } = await world.databases.admin.school.query<{ id: string }>("select id from care.drawn_id");
      if (!rows.every(({ id }) => this.#drawn.has(id)))
        this.differences.push({ where: "a signal's id that was not drawn at random", A: "", B: "" });
      await this.#databases.of[world.side].reset();
      world.clock.put(moment);
      // What a listener is told last of all: an old signal to practise with.
      for (const school of sites) {
        await world.databases.admin.school.query(
          `insert into care.signal (school_id, practice, support_on, status, raised_at, erases_at, pupil_id)
           values ($1, true, $2::date, 'EXPIRED', $2::timestamptz - interval '30 days', $2::timestamptz, null)`,
          [school, new Date(moment)],
        );
      }
    });
  }

  async happen(what: Happening): Promise<void> {
    await this.#both((world) => happen(world, what));
  }

  /** Has each world's own happen, in its own order. */
  async happenApart(own: Readonly<Record<Side, readonly (Omit<Happening, "causes"> & { readonly cause: Cause })[]>>) {
    await this.#both(async (world) => {
      for (const { child, at, cause } of own[world.side]) {
        await happen(world, { child, at: Math.max(at, world.clock.now().getTime()), causes: { A: cause, B: cause } });
      }
    });
  }

  async passUntil(moment: number): Promise<void> {
    await this.#both((world) => world.passUntil(moment));
  }

  /** Does what is due each minute. */
  async minute(): Promise<void> {
    await this.#both(async ({ parts }) => {
      for (const jobs of parts.jobs.values()) await jobs.doEveryMinuteTasks();
    });
  }

  /** Has both worlds asked the same. @returns the answer's JSON, where both gave it */
  // biome-ignore lint/suspicious/noExplicitAny: an answer is of the shape that was asked for
  async look(look: Look): Promise<any> {
    const headers = await this.#headersOf(look);
    const body = bodyOf(look);
    const method = look.oddity === "get" ? "GET" : "POST";
    const [A = "", B = ""] = await this.#both(({ url }) => lookOver(url, { method, headers, body }));
    this.#compared.answers += 1;
    this.#compare(`${look.who}: ${look.query} ${JSON.stringify(look.variables ?? {})} ${look.oddity ?? ""}`, A, B);
    try {
      return JSON.parse(A.slice(A.indexOf("\r\n\r\n") + 4)).data ?? {};
    } catch {
      return {};
    }
  }

  /** Has the first world asked alone. */
  async lookInOne(look: Look): Promise<void> {
    await lookOver(this.worlds[0]?.url ?? "", { headers: await this.#headersOf(look), body: bodyOf(look) });
  }

  /** The same as `look`, and what comes of it. */
  async act(look: Look): Promise<unknown> {
    // What is told of a signal is how it is when that is read: so it is heard before the next thing happens.
    const data = await this.look(look);
    await this.hear();
    await this.#both((world) => world.settle());
    await this.hear();
    return data;
  }

  /** Opens the sockets of those who listen, each after what it has heard, and hears what it has missed. */
  async listen(): Promise<void> {
    for (const [place, one] of listeners.entries()) {
      const token = await this.#tokenOf(one.who);
      const before = this.#listening[place];
      this.#listening[place] = await this.#both(async (world) => {
        const after = before?.[sides.indexOf(world.side)]?.cursor ?? (await tellLast(world, one));
        const operation = { query: one.query, variables: { after } };
        const listener = await Listener.open(world.url, `Bearer ${token}`, [operation]);
        return { listener, read: 0, cursor: after };
      });
    }
    this.#listens = true;
    await this.hear();
  }

  /** Compares what has been heard since the last time; an event that is told last of all shows that it is all. */
  async hear(): Promise<void> {
    if (!this.#listens) return;
    for (const [place, one] of listeners.entries()) {
      const [A = [], B = []] = await this.#both(async (world) => {
        const heard = this.#listening[place]?.[sides.indexOf(world.side)];
        if (heard === undefined) return [];
        const { listener } = heard;
        const cursor = await tellLast(world, one);
        if (!(await listener.until((frame) => frame.includes(cursor))) && listener.closed === undefined) {
          throw new Error(
            `What was told last did not come to the ${one.who} of ${world.side}: ${listener.frames.at(-1)}`,
          );
        }
        const frames = listener.frames.slice(heard.read);
        heard.read = listener.frames.length;
        heard.cursor = cursor;
        return listener.closed === undefined ? frames : [...frames, `closed ${listener.closed}`];
      });
      for (let frame = 0; frame < Math.max(A.length, B.length); frame += 1) {
        this.#compared.frames += 1;
        if (A[frame]?.includes("signalEvents")) this.lengths.add(A[frame]?.length ?? 0);
        this.#compare(`${new Date(this.now).toISOString()} ${one.who}, frame ${frame}`, A[frame] ?? "", B[frame] ?? "");
      }
    }
  }

  /** Has somebody say something over a socket, and compares all until it has been answered, or the socket closed. */
  async converse(who: Looker, messages: readonly object[], isLast: (frame: string) => boolean): Promise<void> {
    const authorization = who === "nobody" ? "" : `Bearer ${await this.#tokenOf(who)}`;
    const [A = "", B = ""] = await this.#both(async ({ url }) => {
      const listener = await Listener.open(url, authorization, []);
      for (const message of messages) listener.say(message);
      await listener.until(isLast);
      const heard = listener.frames.join("\n");
      const closed = listener.closed ?? "open";
      await listener.leave();
      return `${heard}\n${closed}`;
    });
    this.#compared.conversations += 1;
    this.#compare(`${who}, a conversation`, A, B);
  }

  /** What has been compared in one pair of worlds; it begins anew from here. */
  takeCount(): Record<string, number> {
    const { answers, frames, conversations, bytes } = this.#compared;
    this.#compared = { answers: 0, frames: 0, conversations: 0, bytes: 0 };
    return { pairs: answers + frames + conversations, answers, frames, conversations, bytes, "pairs of worlds": 1 };
  }

  async hangUp(): Promise<void> {
    await Promise.all(this.#listening.flat().map(({ listener }) => listener.leave()));
    this.#listens = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hangUp();
    for (const world of this.worlds) await world[Symbol.asyncDispose]();
  }

  #compare(where: string, A: string, B: string): void {
    this.#compared.bytes += A.length;
    if (A !== B) this.differences.push({ where, A, B });
  }

  #both<T>(work: (world: OneWorld) => Promise<T>): Promise<T[]> {
    return Promise.all(this.worlds.map(work));
  }

  async #headersOf({ who, oddity }: Look): Promise<Record<string, string>> {
    const headers: Record<string, string> = {
      "content-type": oddity === "form" ? "application/x-www-form-urlencoded" : "application/json",
    };
    if (who !== "nobody") headers["authorization"] = `Bearer ${await this.#tokenOf(who)}`;
    if (oddity === "foreign origin") headers["origin"] = "https://elsewhere.example";
    if (oddity === "known origin") headers["origin"] = "https://dashboard.example";
    if (oddity === "accepts html") headers["accept"] = "text/html";
    return headers;
  }

  /** One token for the same moment and person, good in both worlds. */
  async #tokenOf(who: Exclude<Looker, "nobody">): Promise<string> {
    const now = Math.floor(this.now / 1000);
    // Good for fifty minutes at least: those who listen connect anew before time passes by more.
    const iat = now - (now % 600);
    const key = `${who} ${iat}`;
    const known = this.#tokens.get(key);
    if (known !== undefined) return known;
    const life = who === "expired" ? { iat: iat - 7_200, exp: iat - 3_600 } : { iat, exp: iat + 3_600 };
    const token = await this.#provider.token({ ...lookers[who], ...life });
    this.#tokens.set(key, token);
    return token;
  }
}

/** Tells one who listens of something of old, last of all. @returns the cursor of the event */
async function tellLast({ databases }: OneWorld, { part, stream }: (typeof listeners)[number]): Promise<string> {
  const { rows } = await databases.admin[part].query<{ id: string }>(lastEvent[part], [stream]);
  return rows[0]?.id ?? "";
}

const lastEvent = {
  school: `insert into care.event (stream, kind, subject)
    select $1, 'CHANGED', id from care.signal where school_id = left($1, 6) and status = 'EXPIRED' and practice
    order by raised_at limit 1 returning id`,
  police: `insert into care.event (stream, kind, subject)
    select $1, 'SENT', id from care.sent_signal where organisation = $1 order by ordinal limit 1 returning id`,
} as const;

function bodyOf({ query, variables, oddity }: Look): string {
  switch (oddity) {
    case "get":
    case "empty":
      return "";
    case "not json":
      return "{";
    case "batch":
      return JSON.stringify([{ query }, { query }]);
    case "form":
      return `query=${encodeURIComponent(query)}`;
    default:
      return JSON.stringify({ query, variables });
  }
}
