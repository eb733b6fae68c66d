import { TerminatedCloseEvent } from "graphql-ws";
import { type Session, SessionEnded } from "../session/session.ts";
import type { Operation } from "./ask.ts";
import { type Listener, pageSocket } from "./page-socket.ts";
import { isCursorUnknown, pauseBefore } from "./reconnection.ts";

/** How long a subscription must have lasted for the next to be tried at once, in milliseconds. */
const enduring = 2_000;

/**
 * How long after the gateway has the subscription the list is read again, where it began without a cursor: nothing says
 * when events begin to come, and what happened between the list and the first of them would be in neither. Milliseconds.
 */
const settling = [500, 5_000];

export interface Followed {
  /** Left out where a subscription cannot go on after an event: what was missed is to be read. */
  readonly cursor?: string;
}

export interface Follower<Event> {
  onEvent(event: Event): void;
  /** What the screen shows is to be read again: the connection is there, anew or for the first time. */
  onLive(): void;
  /** The connection is not there: nothing was heard on it any more, or it could not be made again at the first try. */
  onLost(): void;
}

/** Of a subscription, besides `after`: the last event's cursor. */
type Variables = Readonly<Record<string, unknown>>;

/**
 * Follows a subscription for as long as the session lasts, from connection to connection: each begins after the last
 * event that came, so that none is missed and none comes twice. graphql-ws would begin each with the first cursor.
 * @param eventOf where the event stands in an answer.
 * @returns what stops it.
 */
export type Follow = <Answer, Event extends Followed>(
  operation: Operation<Answer, never>,
  variables: Variables,
  eventOf: (answer: Answer) => Event,
  follower: Follower<Event>,
) => () => void;

/** Follows on behalf of whoever has signed in, over one connection however much there is to follow. */
export function followAs(session: Session): Follow {
  const subscribe = pageSocket(session);
  return (operation, variables, eventOf, follower) => {
    const stop = new AbortController();
    void followUntil(stop.signal);
    return () => stop.abort();

    async function followUntil(stopped: AbortSignal): Promise<void> {
      let cursor: string | null = null;
      for (let failures = 0; !stopped.aborted; ) {
        const { reason, lasted } = await followOnce(cursor, stopped, (event) => {
          cursor = event.cursor ?? null;
          follower.onEvent(event);
        });
        if (stopped.aborted || reason instanceof SessionEnded) return;
        if (isCursorUnknown(reason)) cursor = null;
        // One that ends as soon as it is there, because the subscription is refused, is no better than none.
        failures = lasted > enduring ? 0 : failures + 1;
        if (failures > 0 || reason instanceof TerminatedCloseEvent || !navigator.onLine) follower.onLost();
        await pause(pauseBefore(failures, Math.random()), stopped);
      }
    }

    /** @returns why it has ended, and how long it had a connection, in milliseconds. */
    async function followOnce(after: string | null, stopped: AbortSignal, onEvent: typeof follower.onEvent) {
      let since = Number.POSITIVE_INFINITY;
      const settled: ReturnType<typeof setTimeout>[] = [];
      const reason = await session.token().then(
        // Whoever stopped meanwhile must not leave a connection behind.
        () =>
          stopped.aborted ||
          subscribe(
            { query: operation.text, variables: after === null ? variables : { ...variables, after } },
            listener(),
            stopped,
          ),
        (failure: unknown) => failure,
      );
      for (const timer of settled) clearTimeout(timer);
      // 4403: the right that the socket was opened with has ended.
      if (reason instanceof CloseEvent && reason.code === 4403) await session.renew().catch(() => undefined);
      return { reason, lasted: Math.max(0, performance.now() - since) };

      function listener(): Listener<Parameters<typeof eventOf>[0]> {
        return {
          onConnected() {
            since = performance.now();
            follower.onLive();
          },
          onRead() {
            if (after === null) settled.push(...settling.map((time) => setTimeout(follower.onLive, time)));
          },
          onNext: (answer) => onEvent(eventOf(answer)),
        };
      }
    }
  };
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
