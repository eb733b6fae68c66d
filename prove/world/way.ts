import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { Connection, connected, type Direction, directions, type Spoil } from "./connection.ts";

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
  /** Lets nothing through and ends nothing, until it is mended, when what was stalled ends. */
  stall(): void;
  /** Loses what goes in one direction, also of new connections, until it is mended, when these end. */
  halve(lost: Direction): void;
  /**
   * Lets nothing through on any connection that there is, for ever: neither end is told, not even when it is mended or
   * the other end goes. New connections work. What a firewall does that forgot them, or an address that has moved.
   */
  halfOpen(): void;
  /** Holds up what comes by so many milliseconds, until it is mended. */
  delay(milliseconds: number): void;
  mend(): void;
}

/**
 * @param targets the replicas' ports on 127.0.0.1, which may change.
 * @param spoils for each new connection, what becomes of what the server says; undefined where nothing does.
 */
export async function openWay(
  targets: () => readonly number[],
  spoils: () => Spoil | undefined = () => undefined,
): Promise<Way> {
  const connections = new Set<Connection>();
  const forgotten = new Set<Connection>();
  let isCut = false;
  let isStalled = false;
  let lost: Direction | undefined;
  let delay = 0;
  let turn = 0;
  const server = createServer({ allowHalfOpen: true }, async (client) => {
    client.on("error", () => client.destroy());
    if (isCut) return client.destroy();
    const ports = targets();
    turn += 1;
    for (let tried = 0; tried < ports.length; tried += 1) {
      const upstream = await connected(ports[(turn + tried) % ports.length] as number);
      if (upstream === undefined) continue;
      if (client.destroyed || isCut) {
        upstream.destroy();
        return client.destroy();
      }
      const connection = new Connection(client, upstream, () => delay, spoils());
      connections.add(connection);
      if (isStalled) connection.stall();
      if (lost !== undefined) connection.darken(lost);
      void connection.ended.then(() => connections.delete(connection) || forgotten.delete(connection));
      return;
    }
    client.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const endAll = (all = connections) => {
    for (const connection of all) connection.end();
  };
  return {
    port: (server.address() as AddressInfo).port,
    drop: () => endAll(),
    cut() {
      isCut = true;
      endAll();
    },
    stall() {
      isStalled = true;
      for (const connection of connections) connection.stall();
    },
    halve(direction) {
      lost = direction;
      for (const connection of connections) connection.darken(direction);
    },
    halfOpen() {
      for (const connection of connections) {
        for (const direction of directions) connection.darken(direction);
        forgotten.add(connection);
      }
      connections.clear();
    },
    delay(milliseconds) {
      delay = milliseconds;
    },
    mend() {
      // What was held back or lost is missing from these streams: they are of no use any more.
      if (isStalled || lost !== undefined) endAll();
      isCut = false;
      isStalled = false;
      lost = undefined;
      delay = 0;
    },
    async [Symbol.asyncDispose]() {
      endAll();
      endAll(forgotten);
      server.close();
      await once(server, "close");
    },
  };
}
