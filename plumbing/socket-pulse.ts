import type { DoorSocket } from "./door-socket.ts";

/** In how many turns a round goes over all sockets, so that no turn takes long. */
const beats = 20;

/** Asks all sockets in turn whether they are still there, by one timer. */
export class SocketPulse {
  readonly #rounds: readonly Set<DoorSocket>[] = Array.from({ length: beats }, () => new Set());
  readonly #timer: NodeJS.Timeout;
  #turn = 0;
  #size = 0;
  #emptied: (() => void) | undefined;

  /** @param interval after which a socket is asked, and then given up, in milliseconds. */
  constructor(interval: number) {
    this.#timer = setInterval(() => this.#beat(), interval / beats);
    this.#timer.unref();
  }

  /** How many sockets there are. */
  get size(): number {
    return this.#size;
  }

  add(socket: DoorSocket): void {
    // New ones are asked a whole round from now, whenever they come.
    socket.beat = this.#turn;
    this.#rounds[socket.beat]?.add(socket);
    this.#size += 1;
  }

  delete(socket: DoorSocket): void {
    if (!this.#rounds[socket.beat]?.delete(socket)) return;
    this.#size -= 1;
    if (this.#size === 0) this.#emptied?.();
  }

  /**
   * Bids farewell to each socket and waits until they have gone.
   * @param patience after which those that are still there are cut off, in milliseconds.
   */
  async stop(patience: number, farewell: (socket: DoorSocket) => void): Promise<void> {
    clearInterval(this.#timer);
    for (const socket of this.#all()) farewell(socket);
    if (this.#size === 0) return;
    const emptied = new Promise<void>((resolve) => {
      this.#emptied = resolve;
    });
    const deadline = setTimeout(() => {
      for (const socket of this.#all()) socket.terminate();
    }, patience);
    await emptied;
    clearTimeout(deadline);
  }

  #beat(): void {
    this.#turn = (this.#turn + 1) % beats;
    for (const socket of this.#rounds[this.#turn] ?? []) {
      if (!socket.isAlive) {
        socket.terminate();
        continue;
      }
      socket.isAlive = false;
      if (socket.readyState === socket.OPEN) socket.ping();
    }
  }

  #all(): DoorSocket[] {
    return this.#rounds.flatMap((round) => [...round]);
  }
}
