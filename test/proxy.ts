import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server that can be cut and mended. */
export interface Proxy extends AsyncDisposable {
  /** The server's URL, by this way. */
  readonly url: string;
  /** Ends every connection, and refuses new ones until the way is mended. */
  cut(): void;
  mend(): void;
  /** Lets nothing through on any present connection any more, not even that the other end is gone; new ones work. */
  darken(): void;
  /** Resolves once so many connections have been refused since the last cut. */
  refused(count: number): Promise<void>;
}

/** Opens a TCP proxy on a free port before the server that a URL names. */
export async function openProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const refusals = new EventTarget();
  let refused: number | undefined;
  const server = createServer((client) => {
    if (refused !== undefined) {
      refused += 1;
      client.destroy();
      refusals.dispatchEvent(new Event("refused"));
      return;
    }
    const upstream = connect(Number(port), hostname);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut() {
      refused = 0;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      refused = undefined;
    },
    darken() {
      for (const socket of sockets) socket.unpipe().removeAllListeners("close").resume();
    },
    async refused(count) {
      while (refused !== undefined && refused < count) await once(refusals, "refused");
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
