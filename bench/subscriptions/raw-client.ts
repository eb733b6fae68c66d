import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";

/** A client of graphql-transport-ws that weighs almost nothing, so that the gateway is measured and not it. */
export class RawClient {
  readonly #socket: Socket;
  readonly #onNext: (text: string) => void;
  readonly #query: string;
  readonly #subscribed = Promise.withResolvers<void>();
  #isUpgraded = false;
  #rest: Buffer = Buffer.alloc(0);

  constructor(url: URL, query: string, authorization: string | undefined, onNext: (text: string) => void) {
    this.#onNext = onNext;
    this.#query = query;
    this.#socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    this.#socket.on("data", (chunk) => this.#take(chunk, authorization));
    this.#socket.on("error", (error) => this.#subscribed.reject(error));
    this.#socket.on("close", () => this.#subscribed.reject(new Error("The gateway closed a socket")));
    this.#socket.write(
      [
        `GET ${url.pathname} HTTP/1.1`,
        `Host: ${url.host}`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: graphql-transport-ws",
        "",
        "",
      ].join("\r\n"),
    );
  }

  /** Settles when the subscription has been sent. */
  get subscribed(): Promise<void> {
    return this.#subscribed.promise;
  }

  stopReading(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer, authorization: string | undefined): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (!this.#isUpgraded) {
      const end = bytes.indexOf("\r\n\r\n");
      if (end >= 0) {
        this.#isUpgraded = true;
        this.#send({ type: "connection_init", ...(authorization && { payload: { authorization } }) });
        bytes = bytes.subarray(end + 4);
      }
    }
    while (this.#isUpgraded) {
      const frame = readFrame(bytes);
      if (frame === undefined) break;
      bytes = bytes.subarray(frame.end);
      this.#handle(frame);
    }
    // A part of a larger chunk must not keep all of it.
    this.#rest = bytes.length === 0 ? nothing : Buffer.from(bytes);
  }

  #handle({ opcode, payload }: Frame): void {
    if (opcode === 9) this.#write(10, payload);
    if (opcode !== 1) return;
    const text = payload.toString();
    if (text.includes('"type":"connection_ack"')) {
      this.#send({ id: randomUUID(), type: "subscribe", payload: { query: this.#query } });
      this.#subscribed.resolve();
    } else if (text.includes('"type":"next"')) this.#onNext(text);
    else if (text.includes('"type":"error"')) throw new Error(text);
    else if (text.includes('"type":"ping"')) this.#send({ type: "pong" });
  }

  #send(message: object): void {
    this.#write(1, Buffer.from(JSON.stringify(message)));
  }

  /** Masked with zeros, which is as good as any other mask. */
  #write(opcode: number, payload: Buffer): void {
    const length =
      payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
    this.#socket.write(Buffer.concat([Buffer.from([0x80 | opcode, ...length, 0, 0, 0, 0]), payload]));
  }
}

const nothing: Buffer = Buffer.alloc(0);

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly end: number;
}

function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const opcode = bytes.readUInt8(0) & 0x0f;
  let length = bytes.readUInt8(1) & 0x7f;
  let start = 2;
  if (length === 126) {
    if (bytes.length < 4) return undefined;
    length = bytes.readUInt16BE(2);
    start = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return undefined;
    length = Number(bytes.readBigUInt64BE(2));
    start = 10;
  }
  const end = start + length;
  return bytes.length < end ? undefined : { opcode, payload: bytes.subarray(start, end), end };
}
