import { request } from "node:http";
import { connect } from "node:net";
import type { GraphQLSchema } from "graphql";
import { WebSocket } from "ws";

/** A server under attack, and what an attacker who has got so far would say to be let in. */
export interface Target {
  readonly name: string;
  /** `http://host:port/graphql` */
  readonly url: string;
  /** What the attacker may ask of it. */
  readonly schema: GraphQLSchema;
  readonly headers: Readonly<Record<string, string>>;
  /** The payload of `connection_init`. */
  readonly init: unknown;
  /** What each operation on a socket carries besides. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface Reply {
  /** 0 where the connection was ended without an answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly milliseconds: number;
}

export interface Sent {
  readonly method?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** How long an answer may take, in milliseconds. */
const patience = 10_000;

/** Sends one HTTP request, however odd. */
export function send({ url, headers }: Target, { method = "POST", query = "", headers: own = {}, body = "" }: Sent) {
  const began = performance.now();
  return new Promise<Reply>((resolve) => {
    const done = (status: number, text: string, got: Reply["headers"] = {}) =>
      resolve({ status, headers: got, text, milliseconds: performance.now() - began });
    const outgoing = request(
      `${url}${query}`,
      {
        method,
        // A connection that the other side is just closing would look like a server that fell, or that answered at once.
        agent: false,
        headers: { "content-type": "application/json", ...headers, ...own, "content-length": Buffer.byteLength(body) },
        timeout: patience,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => done(response.statusCode ?? 0, String(Buffer.concat(chunks)), response.headers));
        response.on("error", () => done(0, ""));
      },
    );
    outgoing.on("error", (error: { code?: string }) => done(0, `no answer: ${error.code}`));
    outgoing.on("timeout", () => outgoing.destroy());
    outgoing.end(body);
  });
}

/** One GraphQL request, as a client would send it. */
export function ask(target: Target, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  return send(target, { headers, body: JSON.stringify(body) });
}

/** Writes bytes to the port, whatever they are. @returns what came back until the other side was done */
export function sendBytes({ url }: Target, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let heard = "";
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("connect", () => socket.end(bytes));
    socket.on("data", (chunk) => {
      heard += chunk;
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(heard));
  });
}

/** What a socket under attack has said until it was closed. */
export interface Heard {
  readonly messages: readonly string[];
  /** Undefined where it was open to the end. */
  readonly code: number | undefined;
}

export interface SocketAttack {
  readonly protocol?: string;
  /** Whether `connection_init` is said, and its answer waited for, before the frames. */
  readonly isSignedIn?: boolean;
  readonly frames: readonly (string | Buffer)[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether what has been heard is enough. Without it, until an operation that is asked after them has been answered. */
  readonly until?: (heard: readonly string[]) => boolean;
}

const last = "the last operation";

/** Says these frames on a socket of their own. */
export function attackSocket(target: Target, attack: SocketAttack): Promise<Heard> {
  const { protocol = "graphql-transport-ws", isSignedIn = true, frames, headers = {}, until } = attack;
  const socket = new WebSocket(target.url.replace("http", "ws"), protocol, { headers: { ...headers } });
  const messages: string[] = [];
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), patience);
    const end = (code: number | undefined) => {
      clearTimeout(timer);
      socket.terminate();
      resolve({ messages, code });
    };
    const say = () => {
      for (const frame of frames) socket.send(frame, { binary: Buffer.isBuffer(frame) });
      const payload = { query: "{ __typename }", extensions: target.extensions };
      if (until === undefined) socket.send(JSON.stringify({ id: last, type: "subscribe", payload }));
    };
    socket.on("open", () => {
      if (isSignedIn) socket.send(JSON.stringify({ type: "connection_init", payload: target.init }));
      else say();
    });
    socket.on("message", (message) => {
      const text = String(message);
      messages.push(text);
      if (text.includes('"connection_ack"')) say();
      else if (until === undefined ? text.includes(last) : until(messages)) end(undefined);
    });
    socket.on("close", (code) => end(code));
    socket.on("error", () => undefined);
  });
}

/** One operation on a socket. @returns its answer, or the code with which the socket was closed */
export async function askSocket(target: Target, payload: Readonly<Record<string, unknown>>): Promise<string> {
  const { messages, code } = await attackSocket(target, {
    frames: [JSON.stringify({ id: "1", type: "subscribe", payload: { ...payload, extensions: target.extensions } })],
    until: (heard) => /"type":"(next|error|complete)"/.test(heard.at(-1) ?? ""),
  });
  return code === undefined ? (messages.at(-1) ?? "") : `closed ${code}`;
}
