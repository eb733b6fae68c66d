import { Agent, request } from "node:http";
import { WebSocket } from "ws";

/** What somebody asks over HTTP. */
export interface Asked {
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Connections are kept, as a client's are; the order in which they are used tells nothing. */
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** The one thing in an answer that goes by the clock on the wall. */
const wallClock = /^date$/i;

/** Sends one request. @returns every byte of the answer that came, but for the value of `Date` */
export async function lookOver(url: string, asked: Asked): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await sendOver(url, asked);
    } catch (error) {
      // A kept connection that was just being closed: on a busy machine that comes in one world and not in the other.
      if ((error as NodeJS.ErrnoException).code !== "ECONNRESET" || attempt === 5) throw error;
    }
  }
}

function sendOver(url: string, { method = "POST", headers, body }: Asked): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method, agent, headers: { ...headers, "content-length": String(Buffer.byteLength(body)) }, timeout: 20_000 },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const lines = [`HTTP/${answer.httpVersion} ${answer.statusCode} ${answer.statusMessage}`];
          for (let place = 0; place < answer.rawHeaders.length; place += 2) {
            const name = answer.rawHeaders[place] ?? "";
            lines.push(`${name}: ${wallClock.test(name) ? "" : answer.rawHeaders[place + 1]}`);
          }
          resolve(`${lines.join("\r\n")}\r\n\r\n${Buffer.concat(chunks).toString("latin1")}`);
        });
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error("No answer came")));
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

export function stopLooking(): void {
  agent.destroy();
}

/** How long a frame that must come may take, in milliseconds. */
const patience = 20_000;

/** One who listens on a WebSocket, and keeps every frame as it came. */
export class Listener {
  readonly frames: string[] = [];
  /** The code and reason with which it was closed by the other side. */
  closed: string | undefined;
  readonly #socket: WebSocket;
  #wake = Promise.withResolvers<void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (frame, isBinary) => {
      this.frames.push(`${isBinary ? "binary" : "text"} ${(frame as Buffer).toString("latin1")}`);
      this.#ring();
    });
    socket.on("close", (code, reason) => {
      this.closed = `${code} ${reason}`;
      this.#ring();
    });
    socket.on("error", () => undefined);
  }

  /** Opens a socket, signs in, and starts these operations. Settles once they have begun, or the socket has ended. */
  static async open(
    url: string,
    authorization: string,
    operations: readonly { readonly query: string; readonly variables: object }[],
  ): Promise<Listener> {
    const socket = new WebSocket(url.replace("http", "ws"), "graphql-transport-ws");
    const listener = new Listener(socket);
    await new Promise<void>((resolve) => {
      socket.once("open", () => resolve());
      socket.once("close", () => resolve());
    });
    listener.say({ type: "connection_init", payload: { authorization } });
    await listener.until((frame) => frame.includes("connection_ack"));
    operations.forEach((payload, place) => {
      listener.say({ id: `s${place}`, type: "subscribe", payload });
    });
    // What is asked later on the same socket has been answered: what was asked before has begun.
    listener.say({ id: "begun", type: "subscribe", payload: { query: "{ __typename }" } });
    await listener.until((frame) => frame.includes('"begun"') && frame.includes('"complete"'));
    return listener;
  }

  say(message: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Waits for a frame, or for the end. @returns whether it came */
  async until(isTheOne: (frame: string) => boolean): Promise<boolean> {
    for (const end = Date.now() + patience; Date.now() < end; ) {
      if (this.frames.some(isTheOne)) return true;
      if (this.closed !== undefined) return false;
      const timer = setTimeout(() => this.#ring(), end - Date.now());
      await this.#wake.promise;
      clearTimeout(timer);
    }
    return false;
  }

  async leave(): Promise<void> {
    if (this.closed !== undefined) return;
    this.#socket.close(1000);
    while (this.closed === undefined) await this.#wake.promise;
  }

  #ring(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }
}
