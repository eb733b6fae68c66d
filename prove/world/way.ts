import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * A way over TCP to the replicas of one part: in turn to each that takes the connection, as a load balancer would.
 * And a network that can be made to fail.
 */
export interface Way extends AsyncDisposable {
  readonly port: number;
  /** Ends every connection, and goes on. */
  drop(): void;
  /** Ends every connection and refuses new ones, until it is mended. */
  cut(): void;
  /** Lets nothing through and ends nothing, until it is mended: what a half-open connection looks like. */
  stall(): void;
  /** Holds up what comes by so many milliseconds, until it is mended. */
  delay(milliseconds: number): void;
  mend(): void;
}

/** @param targets the replicas' ports on 127.0.0.1, which may change. */
export async function openWay(targets: () => readonly number[]): Promise<Way> {
  const connections = new Set<Connection>();
  let isCut = false;
  let isStalled = false;
  let delay = 0;
  let turn = 0;
  const server = createServer(async (client) => {
    client.on("error", () => client.destroy());
    if (isCut) return client.destroy();
    const ports = targets();
    turn += 1;
    for (let tried = 0; tried < ports.length; tried += 1) {
      const upstream = await connected(ports[(turn + tried) % ports.length] as number);
      if (upstream === undefined) continue;
      if (client.destroyed || isCut) return upstream.destroy();
      const connection = new Connection(client, upstream, () => delay);
      connections.add(connection);
      if (isStalled) connection.stall();
      connection.ended.then(() => connections.delete(connection));
      return;
    }
    client.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const endAll = () => {
    for (const connection of connections) connection.end();
  };
  return {
    port: (server.address() as AddressInfo).port,
    drop: endAll,
    cut() {
      isCut = true;
      endAll();
    },
    stall() {
      isStalled = true;
      for (const connection of connections) connection.stall();
    },
    delay(milliseconds) {
      delay = milliseconds;
    },
    mend() {
      // What was stalled is not taken up again: bytes were held back for too long to be of use.
      if (isStalled) endAll();
      isCut = false;
      isStalled = false;
      delay = 0;
    },
    async [Symbol.asyncDispose]() {
      endAll();
      server.close();
      await once(server, "close");
    },
  };
}

class Connection {
  readonly ended: Promise<void>;
  readonly #sides: readonly Socket[];
  readonly #end = Promise.withResolvers<void>();

  constructor(client: Socket, upstream: Socket, delay: () => number) {
    this.ended = this.#end.promise;
    this.#sides = [client, upstream];
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.setNoDelay(true);
      from.on("data", (chunk) => {
        const pass = () => {
          if (to.writable && !to.write(chunk)) {
            from.pause();
            to.once("drain", () => from.resume());
          }
        };
        if (delay() === 0) pass();
        else setTimeout(pass, delay());
      });
      from.on("end", () => setTimeout(() => to.end(), delay()));
      from.on("error", () => this.end());
      from.on("close", () => this.end());
    }
  }

  stall(): void {
    for (const side of this.#sides) {
      side.removeAllListeners("data");
      side.pause();
    }
  }

  end(): void {
    for (const side of this.#sides) side.destroy();
    this.#end.resolve();
  }
}

function connected(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(socket));
    socket.once("error", () => resolve(undefined));
  });
}
