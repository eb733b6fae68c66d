import { RawClient } from "./raw-client.ts";
import { answerParent, sharedNow } from "./worker.ts";

/* The clients of the bench of subscriptions, all in one process of their own. */

const clients: RawClient[] = [];
let received = 0;
let lastAt = 0;
let all = Promise.withResolvers<void>();

/** How many sockets are opened at once. */
const atOnce = 100;

interface Opening {
  readonly url: string;
  readonly query: string;
  readonly count: number;
}

answerParent({
  async open({ url, query, count }: Opening) {
    const note = () => {
      received += 1;
      lastAt = sharedNow();
      if (received === clients.length) all.resolve();
    };
    for (let opened = 0; opened < count; opened += atOnce) {
      const some = Array.from(
        { length: Math.min(atOnce, count - opened) },
        () => new RawClient(new URL(url), query, undefined, note),
      );
      await Promise.all(some.map((client) => client.subscribed));
      clients.push(...some);
    }
  },
  expect() {
    received = 0;
    all = Promise.withResolvers();
  },
  /** Waits, so many milliseconds at most, until each client has had the one event that was expected. */
  async received({ within }: { readonly within: number }) {
    const timer = setTimeout(() => all.resolve(), within);
    await all.promise;
    clearTimeout(timer);
    return { at: lastAt, missing: clients.length - received };
  },
});
