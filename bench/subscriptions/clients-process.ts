import { RawClient } from "./raw-client.ts";
import { SseClient } from "./sse-client.ts";
import { answerParent, sharedNow } from "./worker.ts";

/* The clients of the bench of subscriptions, all in one process of their own. */

const clients: { readonly subscribed: Promise<void> }[] = [];
/** When each client had the event that is expected, in the order in which they had it. */
let times: number[] = [];
let all = Promise.withResolvers<void>();

/** How many connections are opened at once. */
const atOnce = 100;

interface Opening {
  readonly url: string;
  readonly query: string;
  readonly count: number;
  readonly transport: "websocket" | "sse";
}

function note(): void {
  times.push(sharedNow());
  if (times.length === clients.length) all.resolve();
}

answerParent({
  async open({ url, query, count, transport }: Opening) {
    const address = new URL(url);
    const open = () =>
      transport === "sse" ? new SseClient(address, query, note) : new RawClient(address, query, undefined, note);
    for (let opened = 0; opened < count; opened += atOnce) {
      const some = Array.from({ length: Math.min(atOnce, count - opened) }, open);
      await Promise.all(some.map((client) => client.subscribed));
      clients.push(...some);
    }
  },
  expect() {
    times = [];
    all = Promise.withResolvers();
  },
  /** Waits, so many milliseconds at most, until each client has had the one event that was expected. */
  async received({ within }: { readonly within: number }) {
    const timer = setTimeout(() => all.resolve(), within);
    await all.promise;
    clearTimeout(timer);
    return { times, missing: clients.length - times.length };
  },
});
