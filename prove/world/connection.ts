import { connect, type Socket } from "node:net";

/** Which way bytes go. */
export type Direction = "to the server" | "to the client";

export const directions: readonly Direction[] = ["to the server", "to the client"];

/** Makes of what the server says to one client what that client hears. */
export type Spoil = (chunk: Buffer) => Buffer;

/** One connection through the way, from a client to a server. */
export class Connection {
  /** Settles once neither side is open any more. */
  readonly ended: Promise<void>;
  readonly #sides: Readonly<Record<Direction, { readonly from: Socket; readonly to: Socket }>>;
  readonly #dark = new Set<Direction>();

  constructor(client: Socket, server: Socket, delay: () => number, spoil?: Spoil) {
    this.#sides = {
      "to the server": { from: client, to: server },
      "to the client": { from: server, to: client },
    };
    this.ended = Promise.all([client, server].map(closed)).then(() => undefined);
    for (const direction of directions)
      this.#carry(direction, delay, direction === "to the client" ? spoil : undefined);
  }

  /** Reads no more from either side, and ends neither. */
  stall(): void {
    for (const { from } of Object.values(this.#sides)) {
      from.removeAllListeners("data");
      from.pause();
    }
  }

  /** Loses what goes in a direction from now on, its end included; neither side is told. */
  darken(direction: Direction): void {
    this.#dark.add(direction);
  }

  end(): void {
    for (const { from } of Object.values(this.#sides)) from.destroy();
  }

  #carry(direction: Direction, delay: () => number, spoil: Spoil = (chunk) => chunk): void {
    const { from, to } = this.#sides[direction];
    const isDark = () => this.#dark.has(direction);
    from.setNoDelay(true);
    from.on("data", (chunk) => {
      if (isDark()) return;
      const heard = spoil(chunk);
      const pass = () => {
        if (to.writable && !to.write(heard)) {
          from.pause();
          to.once("drain", () => from.resume());
        }
      };
      if (delay() === 0) pass();
      else setTimeout(pass, delay());
    });
    from.on("end", () => setTimeout(() => isDark() || to.end(), delay()));
    from.on("error", () => isDark() || to.destroy());
    from.on("close", () => isDark() || to.destroy());
  }
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once("close", () => resolve()));
}

/** @returns undefined where nobody listens there. */
export function connected(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", () => resolve(undefined));
  });
}
