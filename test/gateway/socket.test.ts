import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Client, type ClientOptions, createClient, type ExecutionResult } from "graphql-ws";
import { WebSocket } from "ws";
import { type Feed, makeFeed } from "./feed.ts";
import { type Network, openNetwork } from "./network.ts";

let feed: Feed;
let network: Network;
let clients: Client[];

beforeEach(async () => {
  feed = makeFeed();
  clients = [];
  network = await openNetwork(feed.subgraphs);
});
afterEach(async () => {
  for (const client of clients) await client.dispose();
  await network[Symbol.asyncDispose]();
});

const address = () => `${network.url.replace("http", "ws")}/graphql`;

async function signIn(token?: string, options: Partial<ClientOptions> = {}): Promise<Client> {
  const authorization = `Bearer ${token ?? (await network.provider.token())}`;
  const client = createClient({
    url: address(),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: 0,
    ...options,
  });
  clients.push(client);
  return client;
}

/** The first answer to an operation, or how it failed. */
async function answer(client: Client, query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  for await (const result of client.iterate({ query, variables })) return result;
  return undefined;
}

/** Opens a socket by hand and returns the code with which it is closed. */
async function closeCode(
  open: (socket: WebSocket) => void,
  protocol: string | string[] = "graphql-transport-ws",
): Promise<number> {
  const socket = new WebSocket(address(), protocol);
  socket.once("open", () => open(socket));
  const [code] = await once(socket, "close");
  return code as number;
}

const subscription = "subscription { changed { it: thing { id name } } }";

describe("a subscription", () => {
  test("gets each event in turn, enriched from another subgraph", async () => {
    const events = (await signIn()).iterate({ query: subscription });
    const first = events.next();
    await feed.listening(1);
    feed.change("1");
    feed.change("2");
    const seen: (ExecutionResult | undefined)[] = [(await first).value, (await events.next()).value];
    expect(seen).toEqual(["1", "2"].map((id) => ({ data: { changed: { it: { id, name: `thing ${id}` } } } })));
    await events.return?.();
    await feed.listening(0);
  });

  test("is not disturbed by another on the same socket", async () => {
    const client = await signIn();
    const [one, other] = [client.iterate({ query: subscription }), client.iterate({ query: subscription })];
    const [first, second] = [one.next(), other.next()];
    await feed.listening(1);
    // What is asked later on the same socket has been answered, so both have begun.
    await answer(client, "{ thing { id name } }");
    feed.change("1");
    expect((await first).value).toEqual((await second).value);
    await one.return?.();
    const third = other.next();
    feed.change("2");
    expect((await third).value).toMatchObject({ data: { changed: { it: { id: "2" } } } });
    await other.return?.();
    await feed.listening(0);
  });

  test("ends with a code when its subgraph is lost, so that the client resumes by its cursor", async () => {
    const events = (await signIn()).iterate({ query: subscription });
    const first = events.next();
    await feed.listening(1);
    const ended = expect(first).rejects.toMatchObject([{ extensions: { code: "SUBGRAPH_UNAVAILABLE" } }]);
    await network.subgraphs.get("feed")?.[Symbol.asyncDispose]();
    await ended;
  });

  test("goes on where only what enriches it is lost", async () => {
    await network.subgraphs.get("names")?.[Symbol.asyncDispose]();
    const events = (await signIn()).iterate({
      query: "subscription { changed { kind: __typename thing { id } maybe: thing { name } } }",
    });
    const first = events.next();
    await feed.listening(1);
    feed.change("1");
    expect((await first).value).toMatchObject({ errors: [{ extensions: { code: "SUBGRAPH_UNAVAILABLE" } }] });
  });

  test("passes on the code with which a subgraph refuses it, not the text", async () => {
    const query = 'subscription { changed(after: "lost") { thing { id } } }';
    expect(await answer(await signIn(), query)).toEqual({
      data: { changed: null },
      errors: [
        {
          message: "The cursor is not known. Read the list anew and subscribe without a cursor.",
          path: ["changed"],
          extensions: { code: "CURSOR_UNKNOWN" },
        },
      ],
    });
  });
});

describe("the WebSocket door", () => {
  test("answers queries and mutations too, and refuses as the HTTP door does", async () => {
    const client = await signIn();
    expect(await answer(client, "{ ping __typename }")).toEqual({ data: { ping: "pong", __typename: "Query" } });
    expect(await answer(client, 'mutation { shout(text: "hi") }')).toEqual({ data: { shout: "HI" } });
    expect(await answer(client, "{ pin }")).toMatchObject({
      errors: [{ message: "The document does not fit the schema.", extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }],
    });
    const value = await answer(client, "query($text: String) { echo(text: $text) }", { text: { bsn: "999990019" } });
    expect(JSON.stringify(value)).toContain("BAD_USER_INPUT");
    expect(JSON.stringify(value)).not.toContain("999990019");
    const deep = `{ ${Array.from({ length: 60 }, (_, index) => `a${index}: ping`).join(" ")} }`;
    expect(await answer(client, deep)).toMatchObject({ errors: [{ extensions: { code: "OPERATION_TOO_LARGE" } }] });
    await expect(answer(client, "{ ping")).rejects.toMatchObject([{ extensions: { code: "GRAPHQL_PARSE_FAILED" } }]);
  });

  test("closes with 4403 on a token that is not valid", async () => {
    for (const token of [
      "x.y.z",
      await network.provider.token({ party: "stranger" }),
      await network.provider.token({ iss: "x" }),
    ]) {
      await expect(answer(await signIn(token), "{ ping }")).rejects.toMatchObject({ code: 4403, reason: "Forbidden" });
    }
    expect(await closeCode((socket) => socket.send('{"type":"connection_init"}'))).toBe(4403);
  });

  test("closes with 4403 when the token expires", async () => {
    const client = await signIn(await network.provider.token({}, 2));
    const events = client.iterate({ query: subscription });
    await expect(events.next()).rejects.toMatchObject({ code: 4403, reason: "Forbidden" });
    await feed.listening(0);
  });

  test("speaks no older protocol, and none at all before sign-in", async () => {
    expect(await closeCode(() => undefined, [])).toBe(4406);
    await expect(closeCode(() => undefined, "graphql-ws")).rejects.toThrow("no subprotocol");
    const early = JSON.stringify({ id: "1", type: "subscribe", payload: { query: "{ ping }" } });
    expect(await closeCode((socket) => socket.send(early))).toBe(4401);
  });

  test("takes pages of allowed origins only", async () => {
    const upgrade = async (origin: string) => {
      const socket = new WebSocket(address(), "graphql-transport-ws", { origin });
      const [event] = await Promise.race([
        once(socket, "open").then(() => ["open"]),
        once(socket, "unexpected-response").then(([, response]) => [response.statusCode]),
      ]);
      socket.terminate();
      return event;
    };
    expect(await upgrade("https://app.example")).toBe("open");
    expect(await upgrade("https://evil.example")).toBe(403);
  });

  test("runs no more than fifty operations on a socket", async () => {
    const client = await signIn();
    const running = Array.from({ length: 51 }, () => answer(client, subscription));
    const ends = await Promise.allSettled(running);
    expect(ends[0]).toMatchObject({ status: "rejected", reason: { code: 4429 } });
  });

  test("closes with an answer to all when the gateway stops", async () => {
    const events = (await signIn()).iterate({ query: subscription });
    const first = events.next();
    await feed.listening(1);
    const ended = expect(first).rejects.toMatchObject({ code: 1001 });
    await network.stopGateway();
    await ended;
    await feed.listening(0);
  });
});
