import type { EntityManager } from "typeorm";
import type { Claims } from "./claims.ts";
import type { Database } from "./database.ts";
import { Fault } from "./faults.ts";
import { type LastWrite, writeLast } from "./last-writes.ts";
import type { Listener } from "./listener.ts";
import { isUuid } from "./uuid.ts";

/** One thing that happened, as subscribers are told of it. */
export interface EventRow {
  /** The cursor that clients see: random, so that it tells neither volume nor time. */
  readonly id: string;
  /** The order in which events were committed. Never leaves the part. */
  readonly position: string;
  readonly kind: string;
  /** The id of what it happened to. */
  readonly subject: string;
}

export interface NewEvent {
  /** Whose event it is: a site id or an organisation. */
  readonly stream: string;
  readonly kind: string;
  readonly subject: string;
}

/** Tells subscribers, once the transaction commits. It is written at the end of the transaction, whenever this is called. */
export function recordEvent(rows: EntityManager, event: NewEvent): void {
  writeLast(rows, newEvents, [event]);
}

const newEvents: LastWrite<NewEvent> = {
  turn: 2,
  async write(rows, events) {
    await rows.query(
      `insert into care.event (stream, kind, subject)
       select stream, kind, subject from jsonb_to_recordset($1) as event (stream text, kind text, subject uuid)`,
      [JSON.stringify(events)],
    );
  },
};

/** The streams that a caller may follow. Rows are guarded besides: a stream too many tells nothing. */
export type StreamsOf = (claims: Claims) => readonly string[];

const pageSize = 100;

/** The cursor before whatever happens first. No event's id is this. */
const beginning = "00000000-0000-0000-0000-000000000000";

/** Of each stream the last event: one look into an index, however many events others have. */
const lastOfEach = `
  unnest($1::text[]) as own cross join lateral (
    select id, position from care.event where stream = own order by position desc limit 1
  ) as last`;

/** Reads events from the rows; notifications only say that there may be some. */
export class Events {
  readonly #database: Database;
  readonly #listener: Listener;
  readonly #streamsOf: StreamsOf;

  constructor(database: Database, listener: Listener, streamsOf: StreamsOf) {
    this.#database = database;
    this.#listener = listener;
    this.#streamsOf = streamsOf;
  }

  /**
   * What happens in these streams: first what came after the cursor, then live, without gap or repeat.
   * Without a cursor it begins with what is committed after this call.
   * @throws Fault CURSOR_UNKNOWN where the caller may not read, or nobody wrote, that cursor.
   */
  async follow(claims: Claims, streams: readonly string[], after?: string): Promise<AsyncIterableIterator<EventRow>> {
    // Listening begins before the first read, so nothing falls between the backlog and the live events.
    const bell = new Bell();
    const unlisten = this.#listener.listen("care_event", (stream) => {
      if (stream === "" || streams.includes(stream)) bell.ring();
    });
    const read = this.#pages(claims, streams, bell, unlisten);
    try {
      const start = await this.#position(claims, streams, after);
      const events = read(start);
      const end = async (): Promise<IteratorResult<EventRow>> => {
        unlisten();
        bell.stop();
        return events.return(undefined);
      };
      const iterator: AsyncIterableIterator<EventRow> = {
        [Symbol.asyncIterator]: () => iterator,
        next: () => events.next(),
        return: end,
        throw: end,
      };
      return iterator;
    } catch (error) {
      unlisten();
      throw error;
    }
  }

  /**
   * The cursor of what was committed last in any of the caller's streams, or that of their beginning. Who follows after it
   * is told of all that is committed after this call.
   */
  last(claims: Claims): Promise<string> {
    return this.#database.transaction(claims, async (rows) => {
      const [last] = await rows.query<Pick<EventRow, "id">[]>(
        `select id from ${lastOfEach} order by position desc limit 1`,
        [this.#streamsOf(claims)],
      );
      return last?.id ?? beginning;
    });
  }

  #pages(claims: Claims, streams: readonly string[], bell: Bell, unlisten: () => void) {
    const database = this.#database;
    return async function* (start: string): AsyncGenerator<EventRow, void, void> {
      let position = start;
      try {
        while (!bell.stopped) {
          const heard = bell.heard();
          const page = await database.transaction(claims, (rows) =>
            rows.query<EventRow[]>(
              `select id, position, kind, subject from care.event
               where stream = any ($1) and position > $2 order by position limit ${pageSize}`,
              [streams, position],
            ),
          );
          for (const event of page) {
            position = event.position;
            yield event;
          }
          if (page.length < pageSize) await heard;
        }
      } finally {
        // Also where a page cannot be read: whoever reads calls no `return` once `next` has failed.
        unlisten();
      }
    };
  }

  #position(claims: Claims, streams: readonly string[], after: string | undefined): Promise<string> {
    return this.#database.transaction(claims, async (rows) => {
      if (after === beginning) return "0";
      if (after === undefined) {
        const [last] = await rows.query<{ position: string }[]>(
          `select coalesce(max(position), 0) as position from ${lastOfEach}`,
          [streams],
        );
        return last?.position ?? "0";
      }
      if (!isUuid(after)) throw new Fault("CURSOR_UNKNOWN");
      const [known] = await rows.query<{ position: string }[]>("select position from care.event where id = $1", [
        after,
      ]);
      if (known === undefined) throw new Fault("CURSOR_UNKNOWN");
      return known.position;
    });
  }
}

/** Rings while nobody waits are remembered as one; a stopped bell lets every waiter go. */
class Bell {
  stopped = false;
  #next = Promise.withResolvers<void>();

  /** Resolves at the next ring after this call. */
  heard(): Promise<void> {
    return this.#next.promise;
  }

  ring(): void {
    const { resolve } = this.#next;
    if (!this.stopped) this.#next = Promise.withResolvers<void>();
    resolve();
  }

  stop(): void {
    this.stopped = true;
    this.ring();
  }
}
