import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server that can be cut, plugged and mended. */
export interface Proxy extends AsyncDisposable {
  /** The server's URL, by this way. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection, and refuses new ones until the way is mended. */
  cut(): void;
  /** Takes what is sent, either way, and hands none of it on: no end of a connection learns that it has ended. */
  swallow(): void;
  mend(): void;
  /** Lets nothing through on any present connection any more, not even that the other end is gone; new ones work. */
  darken(): void;
  /** Resolves once so many connections have been refused since the last cut. */
  refused(count: number): Promise<void>;
}

/** Opens a TCP proxy on a free port before the server that a URL names. @param target asked anew by each connection */
export async function openProxy(target: string | (() => string)): Promise<Proxy> {
  const server = () => new URL(typeof target === "string" ? target : target());
  const sockets = new Set<Socket>();
  const refusals = new EventTarget();
  let refused: number | undefined;
  let isSwallowing = false;
  const dark = new WeakSet<Socket>();
  const isSilent = (socket: Socket) => isSwallowing || dark.has(socket);
  const listener = createServer((client) => {
    if (refused !== undefined) {
      refused += 1;
      client.destroy();
      refusals.dispatchEvent(new Event("refused"));
      return;
    }
    const { hostname, port } = server();
    const upstream = connect(Number(port), hostname);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on("data", (bytes) => isSilent(one) || other.write(bytes));
      one.on("end", () => isSilent(one) || other.end());
      one.on("error", () => isSilent(one) || other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        if (!isSilent(one)) other.destroy();
      });
    }
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  return {
    port,
    get url() {
      return Object.assign(server(), { port: String(port) }).href;
    },
    cut() {
      refused = 0;
      for (const socket of sockets) socket.destroy();
    },
    swallow() {
      isSwallowing = true;
    },
    mend() {
      refused = undefined;
      isSwallowing = false;
    },
    darken() {
      for (const socket of sockets) dark.add(socket);
    },
    async refused(count) {
      while (refused !== undefined && refused < count) await once(refusals, "refused");
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, "close");
    },
  };
}
