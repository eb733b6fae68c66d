import { createClient } from "graphql-ws";
import type { Session } from "../session/session.ts";

/** How often the gateway is asked whether it is there, and how long it may take to say so; milliseconds. */
const askEvery = 10_000;
const patience = 5_000;

/** What is told of one subscription. */
export interface Listener<Answer> {
  /** The connection is there. */
  onConnected(): void;
  /** The gateway has read the subscription. */
  onRead(): void;
  onNext(answer: Answer): void;
}

interface Payload {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/**
 * Runs a subscription until it or the connection has ended, or it is stopped.
 * @returns why it ended: errors, what the connection ended with, or undefined.
 */
type Subscribe = <Answer>(payload: Payload, listener: Listener<Answer>, stop: AbortSignal) => Promise<unknown>;

/**
 * The page's one WebSocket: made with the first subscription, shared by all, and closed with the last. It is given up
 * where the gateway does not answer: a connection that is cut without a word looks like one on which nothing happens.
 */
export function pageSocket(session: Session): Subscribe {
  /** Once the gateway has accepted it. */
  let accepted: WebSocket | undefined;
  let overdue: ReturnType<typeof setTimeout> | undefined;
  const expectAnswer = () => {
    clearTimeout(overdue);
    overdue = setTimeout(() => client.terminate(), patience);
  };
  const client = createClient({
    url: `${location.origin.replace(/^http/, "ws")}/graphql`,
    connectionParams: async () => ({ authorization: `Bearer ${await session.token()}` }),
    retryAttempts: 0,
    keepAlive: askEvery,
    on: {
      connecting: expectAnswer,
      connected: (socket) => {
        clearTimeout(overdue);
        accepted = socket as WebSocket;
      },
      ping: (isTheirs) => void (isTheirs || expectAnswer()),
      pong: (isTheirs) => void (isTheirs && clearTimeout(overdue)),
      closed: () => {
        clearTimeout(overdue);
        accepted = undefined;
      },
    },
  });
  addEventListener("offline", () => client.terminate());

  return async <Answer>(payload: Payload, listener: Listener<Answer>, stop: AbortSignal) => {
    const mark = crypto.randomUUID();
    const onConnected = () => {
      listener.onConnected();
      // Behind the subscription: the answer says that the gateway has read it.
      setTimeout(() => accepted?.send(JSON.stringify({ type: "ping", payload: { mark } })));
    };
    const ended = Promise.withResolvers<unknown>();
    const listening = [
      client.on("connected", onConnected),
      client.on("pong", (isTheirs, payload) => void (isTheirs && payload?.["mark"] === mark && listener.onRead())),
      client.subscribe<Answer>(payload, {
        next: ({ data, errors }) => (data ? listener.onNext(data) : ended.resolve(errors)),
        error: ended.resolve,
        complete: () => ended.resolve(undefined),
      }),
    ];
    stop.addEventListener("abort", () => ended.resolve(undefined), { once: true });
    if (accepted !== undefined) onConnected();
    const reason = await ended.promise;
    for (const end of listening) end();
    return reason;
  };
}
