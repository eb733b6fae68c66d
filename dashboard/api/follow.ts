import { type Client, createClient } from "graphql-ws";
import { type Session, SessionEnded } from "../session/session.ts";
import type { Operation } from "./ask.ts";
import { isCursorUnknown, pauseBefore } from "./reconnection.ts";

/** How often the gateway is asked whether it is there, and how long it may take to say so; milliseconds. */
const askEvery = 10_000;
const patience = 5_000;

/** How long a connection must have lasted for the next to be tried at once, in milliseconds. */
const enduring = 2_000;

/**
 * How long after the gateway has the subscription the list is read again, where it began without a cursor: nothing says
 * when events begin to come, and what happened between the list and the first of them would be in neither. Milliseconds.
 */
const settling = [500, 5_000];

export interface Followed {
  readonly cursor: string;
}

export interface Follower<Event> {
  onEvent(event: Event): void;
  /** What the screen shows is to be read again: the connection is there, anew or for the first time. */
  onLive(): void;
  /** The connection is not there. Said once it could not be made again at the first try. */
  onLost(): void;
}

/**
 * Follows a subscription for as long as the session lasts, from connection to connection: each begins after the last
 * event that came, so that none is missed and none comes twice. graphql-ws would begin each with the first cursor.
 * @param eventOf where the event stands in an answer.
 * @returns what stops it.
 */
export function follow<Answer, Event extends Followed>(
  session: Session,
  operation: Operation<Answer, { after: string | null }>,
  eventOf: (answer: Answer) => Event,
  follower: Follower<Event>,
): () => void {
  const stop = new AbortController();
  void run();
  return () => stop.abort();

  async function run(): Promise<void> {
    let cursor: string | null = null;
    for (let failures = 0; !stop.signal.aborted; ) {
      const began = performance.now();
      const ended = await connection(cursor, {
        onLive: follower.onLive,
        onEvent(event) {
          cursor = event.cursor;
          follower.onEvent(event);
        },
      });
      if (stop.signal.aborted || ended instanceof SessionEnded) return;
      if (isCursorUnknown(ended)) cursor = null;
      // One that ends as soon as it is there, because the subscription is refused, is no better than none.
      failures = performance.now() - began > enduring ? 0 : failures + 1;
      if (failures > 0 || !navigator.onLine) follower.onLost();
      await pause(pauseBefore(failures, Math.random()), stop.signal);
    }
  }

  /** @returns why the connection has ended. */
  async function connection(after: string | null, on: Pick<Follower<Event>, "onEvent" | "onLive">): Promise<unknown> {
    let authorization: string;
    try {
      authorization = `Bearer ${await session.token()}`;
    } catch (error) {
      return error;
    }
    let overdue: ReturnType<typeof setTimeout> | undefined;
    let isArrived = false;
    const settled: ReturnType<typeof setTimeout>[] = [];
    const client: Client = createClient({
      url: `${location.origin.replace(/^http/, "ws")}/graphql`,
      connectionParams: { authorization },
      retryAttempts: 0,
      keepAlive: askEvery,
      on: {
        connected: (socket) => {
          on.onLive();
          // Behind the subscription: the answer says that the gateway has it.
          if (after === null) setTimeout(() => (socket as WebSocket).send(JSON.stringify({ type: "ping" })));
        },
        // A connection that is cut without a word looks like one on which nothing happens.
        ping: (received) => {
          if (!received) overdue = setTimeout(() => client.terminate(), patience);
        },
        pong: (received) => {
          if (!received) return;
          clearTimeout(overdue);
          if (after === null && !isArrived) settled.push(...settling.map((time) => setTimeout(on.onLive, time)));
          isArrived = true;
        },
      },
    });
    const listening = new AbortController();
    addEventListener("offline", () => client.terminate(), { signal: listening.signal });
    const ended = new Promise<unknown>((resolve) => {
      client.subscribe<Answer>(
        { query: operation.text, variables: { after } },
        {
          next: ({ data, errors }) => {
            if (data) on.onEvent(eventOf(data));
            else resolve(errors);
          },
          error: resolve,
          complete: () => resolve(undefined),
        },
      );
      stop.signal.addEventListener("abort", resolve, { signal: listening.signal });
    });
    const reason = await ended;
    listening.abort();
    clearTimeout(overdue);
    for (const timer of settled) clearTimeout(timer);
    await client.dispose();
    // 4403: the right that the socket was opened with has ended.
    if (reason instanceof CloseEvent && reason.code === 4403) await session.renew().catch(() => undefined);
    return reason;
  }
}

/** Ends early when the network is back. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}
