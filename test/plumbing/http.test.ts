import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { ApolloServer } from "@apollo/server";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import { Fault, maskError } from "../../plumbing/faults.ts";
import { type ListeningServer, openHttpDoor } from "../../plumbing/http.ts";

let door: ListeningServer;
let isReady = true;
/** What stands in the log, from `warn` on. */
const logged: string[] = [];
/** Lets the field `held` answer. */
let letGo = Promise.withResolvers<string>();
let held = Promise.withResolvers<void>();

beforeAll(async () => {
  const server = new ApolloServer({
    typeDefs: "type Query { hello: String held: String }",
    resolvers: {
      Query: {
        hello: () => "there",
        held: () => {
          held.resolve();
          return letGo.promise;
        },
      },
    },
    formatError: maskError,
    nodeEnv: "production",
    stopOnTerminationSignals: false,
  });
  await server.start();
  door = await openHttpDoor(
    { host: "127.0.0.1", port: 0 },
    {
      log: pino({ level: "warn" }, { write: (line: string) => logged.push(line) }),
      ready: async () => isReady,
      allowsOrigin: (origin) => origin === "https://app.example",
      async admit({ headers }) {
        if (headers.authorization === undefined) throw new Fault("UNAUTHENTICATED");
        if (headers.authorization === "later") throw new Fault("SUBGRAPH_UNAVAILABLE");
        return { server, context: {} };
      },
    },
  );
});

afterAll(async () => {
  await door[Symbol.asyncDispose]();
});

function ask(body: string | Uint8Array, headers: Record<string, string> = {}) {
  return fetch(`${door.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "me", ...headers },
    body: body as string,
  });
}

const hello = JSON.stringify({ query: "{ hello }" });

test("a client that hangs up in the middle of its request is answered nothing, and nothing is noted", async () => {
  const socket = connect(Number(new URL(door.url).port), "127.0.0.1");
  const head = "POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: me\r\ncontent-type: application/json\r\n";
  const seen = Promise.withResolvers<void>();
  door.server.once("request", (request) => request.once("close", seen.resolve));
  socket.write(`${head}content-length: 100\r\n\r\n{"query`, () => socket.destroy());
  await seen.promise;
  // What would be noted is noted before the next request is answered.
  expect((await ask(hello)).status).toBe(200);
  expect(logged).toEqual([]);
});

describe("a web page", () => {
  const preflight = (origin: string) =>
    fetch(`${door.url}/graphql`, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });

  test("of an allowed origin may ask, and is told so beforehand", async () => {
    const permission = await preflight("https://app.example");
    expect(permission.status).toBe(204);
    expect(permission.headers.get("access-control-allow-methods")).toBe("POST");
    expect(permission.headers.get("access-control-allow-headers")).toBe("authorization, content-type");
    for (const answer of [permission, await ask(hello, { origin: "https://app.example" })]) {
      expect(answer.ok).toBe(true);
      expect(answer.headers.get("access-control-allow-origin")).toBe("https://app.example");
      expect(answer.headers.get("vary")).toBe("origin");
    }
  });

  test.each(["https://elsewhere.example", "http://app.example", "https://app.example.elsewhere.example", "null"])(
    "of the origin %s is refused before it signs in",
    async (origin) => {
      for (const answer of [await preflight(origin), await ask(hello, { origin })]) {
        expect(answer.status).toBe(403);
        expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      }
    },
  );

  test("cannot be made of any answer, nor be shown in a frame", async () => {
    for (const answer of [await ask(hello), await ask("{"), await fetch(`${door.url}/health`)]) {
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "strict-transport-security": "max-age=31536000",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
    }
  });
});

describe("the HTTP door", () => {
  test("answers GraphQL, and nobody may keep the answer", async () => {
    const response = await ask(hello);
    expect(await response.json()).toEqual({ data: { hello: "there" } });
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test.each<[string, number, () => Promise<Response>]>([
    ["a GET", 405, () => fetch(`${door.url}/graphql?query={hello}`)],
    ["a form", 415, () => ask("query={hello}", { "content-type": "application/x-www-form-urlencoded" })],
    ["text", 415, () => ask(hello, { "content-type": "text/plain" })],
    ["an odd charset", 415, () => ask(hello, { "content-type": "application/json; charset=utf-7" })],
    ["a batch", 400, () => ask(`[${hello}]`)],
    ["half of JSON", 400, () => ask('{"query":')],
    ["bytes that are no UTF-8", 400, () => ask(Buffer.from([0x7b, 0xff, 0x7d]))],
    ["nothing", 400, () => ask("")],
    ["more than 256 KiB", 413, () => ask(JSON.stringify({ query: " ".repeat(256 * 1024) }))],
    ["nobody's request", 401, () => fetch(`${door.url}/graphql`, { method: "POST", headers: json, body: hello })],
    ["a request that cannot be judged now", 503, () => ask(hello, { authorization: "later" })],
    ["another path", 404, () => fetch(`${door.url}/other`)],
  ])("answers %s with %i, as problem details", async (_, status, request) => {
    const response = await request();
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status, code: expect.stringMatching(/^[A-Z_]+$/) });
  });

  test.each<[string, string, Record<string, string>]>([
    ["GraphQL", hello, {}],
    ["GraphQL that does not fit", '{"query":"{ other }"}', {}],
    ["a batch", `[${hello}]`, {}],
    ["half of JSON", '{"query":', {}],
    ["more than 256 KiB", JSON.stringify({ query: " ".repeat(256 * 1024) }), {}],
    ["a request that cannot be judged now", hello, { authorization: "later" }],
    ["an answer in parts", hello, { accept: "multipart/mixed" }],
    ["an answer as a stream of events", hello, { accept: "text/event-stream" }],
  ])("answers %s from within the process as it does over the network", async (_, body, headers) => {
    const response = await ask(body, headers);
    const { status, text } = await door.post({ authorization: "me", ...headers }, body);
    expect({ status, text }).toEqual({ status: response.status, text: await response.text() });
  });

  test("lets nobody in from within the process whom it does not over the network", async () => {
    expect(await door.post({}, hello)).toMatchObject({ status: 401, text: expect.stringContaining("UNAUTHENTICATED") });
  });

  test("takes a body of just under its limit, in pieces", async () => {
    const padded = JSON.stringify({ query: `{ hello }${" ".repeat(255 * 1024)}` });
    const pieces = new ReadableStream({
      start(controller) {
        for (let at = 0; at < padded.length; at += 10_000) {
          controller.enqueue(new TextEncoder().encode(padded.slice(at, at + 10_000)));
        }
        controller.close();
      },
    });
    const response = await fetch(`${door.url}/graphql`, {
      method: "POST",
      headers: { ...json, authorization: "me" },
      body: pieces,
      duplex: "half",
    } as RequestInit);
    expect(await response.json()).toEqual({ data: { hello: "there" } });
  });

  test("says whether the part lives, and whether it can work", async () => {
    isReady = false;
    expect((await fetch(`${door.url}/health`)).status).toBe(200);
    expect((await fetch(`${door.url}/ready`)).status).toBe(503);
    isReady = true;
    expect((await fetch(`${door.url}/ready`)).status).toBe(200);
  });

  test("is not upset by a client that hangs up in the middle", async () => {
    const { hostname, port } = new URL(door.url);
    const socket = connect(Number(port), hostname);
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.write("POST /graphql HTTP/1.1\r\nhost: a\r\nauthorization: me\r\ncontent-type: application/json\r\n");
    socket.write("content-length: 100\r\n\r\n{");
    socket.destroy();
    await closed;
    expect((await ask(hello)).status).toBe(200);
  });

  test("answers what is under way before it closes, also one behind another, and takes nothing new", async () => {
    letGo = Promise.withResolvers();
    held = Promise.withResolvers();
    const toBeHeld = JSON.stringify({ query: "{ held }" });
    const answer = ask(toBeHeld);
    await held.promise;
    held = Promise.withResolvers();
    const within = door.post({ authorization: "me" }, toBeHeld);
    await held.promise;
    const { hostname, port } = new URL(door.url);
    const socket = connect(Number(port), hostname);
    const pipelined = text(socket);
    for (const _ of ["first", "second"]) {
      held = Promise.withResolvers();
      socket.write(`POST /graphql HTTP/1.1\r\nhost: a\r\nauthorization: me\r\ncontent-type: application/json\r\n`);
      socket.write(`content-length: ${toBeHeld.length}\r\n\r\n${toBeHeld}`);
      await held.promise;
    }
    const closing = door[Symbol.asyncDispose]();
    let hasClosed = false;
    const watched = closing.then(() => {
      hasClosed = true;
    });
    await expect(ask(hello)).rejects.toThrow();
    await expect(door.post({ authorization: "me" }, hello)).rejects.toThrow("The door is closed");
    expect(hasClosed).toBe(false);
    letGo.resolve("answered");
    expect(await (await answer).json()).toEqual({ data: { held: "answered" } });
    expect(JSON.parse((await within).text)).toEqual({ data: { held: "answered" } });
    const answers = (await pipelined).split("HTTP/1.1 200 OK").slice(1);
    expect(answers.map((one) => /^connection: (.*)$/im.exec(one)?.[1])).toEqual(["keep-alive", "close"]);
    await watched;
  });
});

const json = { "content-type": "application/json" };
