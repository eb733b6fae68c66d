import type { OpenWorld } from "./gateways.ts";
import { lookers } from "./lookers.ts";
import { type Side, sites } from "./region.ts";
import { Listener } from "./socket-listener.ts";

const signalEvents = `subscription ($after: String) { signalEvents(after: $after) { cursor kind
  signal { id status supportOn raisedAt seenAt supportedAt erasesAt practice message
    pupil { id displayName birthDate group { name } } handedTo { id name } } } }`;
const circleEvents = `subscription ($after: String) { supportCircleEvents(after: $after) { cursor kind circleId
  circle { id since supporter { name telephone email } pupil { id displayName } } } }`;
const conversationEvents = `subscription ($after: String) { conversationEvents(after: $after) { cursor conversationId
  conversation { id status moments startsAt place concern { kind raisedBy } participants { role name }
    actions { id what who by keptAt } circle { id } invitation } } }`;
const sentSignalEvents = `subscription ($after: String) { sentSignalEvents(after: $after) { cursor progress
  sentSignal { id progress sentAt dueBy } } }`;

/** The streams of events by which what is heard is known to be all: which part has them, of which kind. */
const streamsOf = { school: "school", circles: "shelter", talks: "shelter", sent: "police" } as const;

/** One operation that somebody listens by. */
interface Followed {
  readonly query: string;
  readonly kind: keyof typeof streamsOf;
  readonly streams: readonly string[];
}

const [site = "", other = ""] = sites;
const agency = String(lookers["agency"]?.claims["organisation"]);

function contactAt(at: string): Followed[] {
  return [
    { query: signalEvents, kind: "school", streams: [at] },
    { query: circleEvents, kind: "circles", streams: [at] },
    { query: conversationEvents, kind: "talks", streams: [`conversation:${at}`] },
  ];
}

/** Who listens, and to what. */
const listeners: readonly { readonly who: string; readonly follows: readonly Followed[] }[] = [
  { who: "contact 0", follows: contactAt(site) },
  { who: "contact 1", follows: contactAt(other) },
  { who: "teacher", follows: [{ query: signalEvents, kind: "school", streams: [`${site}/m2`] }] },
  { who: "vendor", follows: [{ query: signalEvents, kind: "school", streams: sites }] },
  { who: "agency", follows: [{ query: sentSignalEvents, kind: "sent", streams: [agency] }] },
];

/** What listeners ask, by their party. */
export const listenerDocuments = [signalEvents, circleEvents, conversationEvents]
  .map((text) => ({ party: "school", text }))
  .concat({ party: "police", text: sentSignalEvents });

interface Heard {
  listener: Listener;
  read: number;
  /** The last cursor of each operation. */
  cursors: (string | undefined)[];
}

/** Two worlds whose clocks show the same, and whoever compares what is heard in them. */
interface Compared {
  readonly now: number;
  both<T>(work: (world: OpenWorld) => Promise<T>): Promise<T[]>;
  compare(where: () => string, A: string, B: string): void;
}

/** Those who listen in both worlds, and what they have heard. */
export class Hearing {
  readonly #pair: Compared;
  readonly #tokenOf: (who: string) => Promise<string>;
  readonly #heard = new Map<string, Heard>();
  #listens = false;

  constructor(pair: Compared, tokenOf: (who: string) => Promise<string>) {
    this.#pair = pair;
    this.#tokenOf = tokenOf;
  }

  /** Opens the sockets of those who listen, each after what it has heard. */
  async listen(): Promise<void> {
    const tokens = new Map<string, string>();
    for (const { who } of listeners) tokens.set(who, await this.#tokenOf(who));
    await this.#pair.both(async (world) => {
      const first = this.#heard.has(keyOf(world.side, listeners[0]?.who ?? "")) ? undefined : await tellLast(world);
      await Promise.all(
        listeners.map(async ({ who, follows }) => {
          const key = keyOf(world.side, who);
          const cursors =
            this.#heard.get(key)?.cursors ??
            follows.map(({ kind, streams }) => first?.get(kind)?.get(streams.at(-1) ?? ""));
          const operations = follows.map(({ query }, place) => ({ query, variables: { after: cursors[place] } }));
          const listener = await Listener.open(world.urls[doorOf(who)], `Bearer ${tokens.get(who)}`, operations);
          this.#heard.set(key, { listener, read: 0, cursors });
        }),
      );
    });
    this.#listens = true;
  }

  /**
   * Compares what has been heard since the last time; an event that is told last of all shows that it is all.
   * @returns how many frames there were, those of the last events left out
   */
  async hear(): Promise<number> {
    if (!this.#listens) return 0;
    const [inA, inB] = await this.#pair.both(async (world) => {
      const last = await tellLast(world);
      const frames = new Map<string, string[]>();
      for (const { who, follows } of listeners) frames.set(who, await this.#framesOf(world, who, follows, last));
      return frames;
    });
    let compared = 0;
    for (const { who } of listeners) {
      const [A = [], B = []] = [inA?.get(who), inB?.get(who)];
      compared += Math.max(A.length, B.length);
      for (let place = 0; place < Math.max(A.length, B.length); place += 1) {
        const where = () => `${new Date(this.#pair.now).toISOString()} ${who}, frame ${place}`;
        this.#pair.compare(where, A[place] ?? "", B[place] ?? "");
      }
    }
    const marks = listeners.reduce(
      (sum, { follows }) => sum + follows.reduce((all, one) => all + one.streams.length, 0),
      0,
    );
    return Math.max(0, compared - marks);
  }

  async hangUp(): Promise<void> {
    await Promise.all([...this.#heard.values()].map(({ listener }) => listener.leave()));
    this.#listens = false;
  }

  async forget(): Promise<void> {
    await this.hangUp();
    this.#heard.clear();
  }

  /** What one has heard anew, in the order of each operation: between two of them there is none. */
  async #framesOf(world: OpenWorld, who: string, follows: readonly Followed[], last: Last): Promise<string[]> {
    const heard = this.#heard.get(keyOf(world.side, who));
    if (heard === undefined) return [];
    const { listener } = heard;
    for (const [place, { kind, streams }] of follows.entries()) {
      for (const stream of streams) {
        const cursor = last.get(kind)?.get(stream);
        // An agency that has sent nothing has nothing of old that it could be told.
        if (cursor === undefined) continue;
        // Two parts may have given an event of theirs the same cursor: the operation tells which of them it is.
        const isLast = (frame: string) => isOf(place, frame) && frame.includes(cursor);
        if (!(await listener.until(isLast)) && listener.closed === undefined) {
          throw new Error(`What was told last did not come to the ${who}: ${listener.frames.at(-1)?.slice(0, 300)}`);
        }
        heard.cursors[place] = cursor;
      }
    }
    const frames = listener.frames.slice(heard.read);
    heard.read = listener.frames.length;
    const inTurn = follows.flatMap((_, place) => frames.filter((frame) => isOf(place, frame)));
    const others = frames.filter((frame) => !inTurn.includes(frame));
    return [...inTurn, ...others, ...(listener.closed === undefined ? [] : [`closed ${listener.closed}`])];
  }
}

/** Whether a frame belongs to the operation at a place, as `Listener` names them. */
function isOf(place: number, frame: string): boolean {
  return frame.includes(`"id":"s${place}"`);
}

function keyOf(side: Side, who: string): string {
  return `${side} ${who}`;
}

/** Through which gateway somebody listens. */
function doorOf(who: string): "open" | "registered" {
  return who === "contact 1" || who === "agency" ? "registered" : "open";
}

/** The cursors of what was told last, by kind and stream. */
type Last = ReadonlyMap<Followed["kind"], ReadonlyMap<string, string>>;

/** Tells those who listen of something of old, last of all. */
async function tellLast({ databases }: OpenWorld): Promise<Last> {
  const kinds = Object.keys(streamsOf) as Followed["kind"][];
  const all = listeners.flatMap(({ follows }) => follows);
  const told = await Promise.all(
    kinds.map(async (kind) => {
      const streams = [...new Set(all.filter((one) => one.kind === kind).flatMap((one) => one.streams))];
      const { rows } = await databases.admin[streamsOf[kind]].query<{ id: string; stream: string }>(lastEvent[kind], [
        streams,
      ]);
      return [kind, new Map(rows.map(({ id, stream }) => [stream, id]))] as const;
    }),
  );
  return new Map(told);
}

/** What is nobody's: a circle, or a talk, that is over. */
export const gone = "'00000000-0000-4000-8000-00000000dead'";

const lastEvent = {
  school: `insert into care.event (stream, kind, subject)
    select stream, 'CHANGED', signal.id from unnest($1::text[]) with ordinality as followed (stream, place)
    join care.signal on school_id = left(stream, 6) and status = 'EXPIRED' and practice
      and raised_at = (select min(raised_at) from care.signal)
    order by place returning id, stream`,
  circles: `insert into care.event (stream, kind, subject)
    select stream, 'CLOSED', ${gone} from unnest($1::text[]) as stream returning id, stream`,
  talks: `insert into care.event (stream, kind, subject)
    select stream, 'CHANGED', ${gone} from unnest($1::text[]) as stream returning id, stream`,
  sent: `insert into care.event (stream, kind, subject)
    select stream, 'SENT', signal.id from unnest($1::text[]) as stream
    cross join lateral (select id from care.sent_signal where organisation = stream order by ordinal limit 1) as signal
    returning id, stream`,
} as const;
