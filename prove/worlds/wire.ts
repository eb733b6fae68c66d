import { connect, type Socket } from "node:net";

/** How long an answer may take, in milliseconds. */
const patience = 60_000;

/** The one thing in an answer that goes by the clock on the wall. */
const wallClock = /^(date:).*$/im;

/** What somebody asks over HTTP. */
export interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Connections to one server that are kept, as a client's are; the order in which they are used tells nothing. */
export class Wires implements Disposable {
  readonly #host: string;
  readonly #path: string;
  readonly #port: number;
  readonly #idle: Wire[] = [];

  constructor(url: string) {
    const { host, port, pathname } = new URL(url);
    this.#host = host;
    this.#port = Number(port);
    this.#path = pathname;
  }

  /** Sends one request. @returns every byte of the answer that came, but for the value of `Date` */
  async ask({ method, headers, body }: Asked): Promise<string> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const length = `content-length: ${Buffer.byteLength(body)}\r\n`;
    const request = `${method} ${this.#path} HTTP/1.1\r\nhost: ${this.#host}\r\n${lines.join("")}${length}\r\n${body}`;
    for (;;) {
      const kept = this.#idle.pop();
      const wire = kept ?? new Wire(this.#port);
      const answer = await wire.exchange(request);
      // A kept connection that was just being closed: on a busy machine that comes in one world and not in the other.
      if (answer === "" && kept !== undefined) continue;
      if (wire.isOpen) this.#idle.push(wire);
      const end = answer.indexOf("\r\n\r\n");
      if (end === -1) return answer;
      return answer.slice(0, end).replace(wallClock, "$1") + answer.slice(end);
    }
  }

  [Symbol.dispose](): void {
    for (const wire of this.#idle.splice(0)) wire.close();
  }
}

/** One connection: what is said on it, to the byte. */
class Wire {
  readonly #socket: Socket;
  #heard = "";
  #answer: PromiseWithResolvers<string> | undefined;
  isOpen = true;

  constructor(port: number) {
    this.#socket = connect({ host: "127.0.0.1", port, noDelay: true });
    this.#socket.setEncoding("latin1");
    this.#socket.on("data", (text: string) => {
      this.#heard += text;
      if (isWhole(this.#heard)) this.#settle();
    });
    this.#socket.on("error", () => undefined);
    this.#socket.on("close", () => {
      this.isOpen = false;
      this.#settle();
    });
  }

  /** @returns what came, or nothing where the other side had closed the connection before */
  async exchange(request: string): Promise<string> {
    if (!this.isOpen) return "";
    const answer = Promise.withResolvers<string>();
    this.#heard = "";
    this.#answer = answer;
    const timer = setTimeout(() => answer.reject(new Error("No answer came")), patience);
    this.#socket.write(request);
    try {
      return await answer.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #settle(): void {
    this.#answer?.resolve(this.#heard);
    this.#answer = undefined;
  }
}

/** Whether an answer has come to its end. One that says no length ends with the connection. */
function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return false;
  const head = text.slice(0, end);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return text.length - end - 4 >= Number(length);
  return /^transfer-encoding: *chunked/im.test(head) && text.endsWith("0\r\n\r\n");
}
