import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { decodeJwt, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { makeFeed } from "./feed.ts";
import { type Asked, closed, listening, type Network, openNetwork, openProvider } from "./network.ts";

const { subgraphs } = makeFeed();
let network: Network;

beforeAll(async () => {
  network = await openNetwork(subgraphs, {
    contracts: {
      everyone: { tags: ["everyone"], graphs: ["feed", "names"] },
      nobody: { tags: ["everyone"], graphs: ["feed"] },
    },
  });
});
afterAll(async () => {
  await network[Symbol.asyncDispose]();
});

const problem = (status: number, code: string) => ({ status, body: { type: "about:blank", status, code } });

describe("an access token", () => {
  test("that is valid opens the party's contract", async () => {
    expect(await network.ask("{ ping }")).toMatchObject({ status: 200, body: { data: { ping: "pong" } } });
    expect(await network.ask('{ __type(name: "Thing") { fields { name } } }')).toMatchObject({
      body: { data: { __type: { fields: [{ name: "id" }, { name: "name" }] } } },
    });
    expect(await network.ask('{ __type(name: "Thing") { fields { name } } }', { party: "nobody" })).toMatchObject({
      body: { data: { __type: { fields: [{ name: "id" }] } } },
    });
  });

  const now = Math.floor(Date.now() / 1000);
  const payload = () => ({
    iss: network.provider.issuer,
    aud: "https://gateway.example",
    sub: "x",
    party: "everyone",
    iat: now,
    exp: now + 60,
  });
  const refused: [string, () => Promise<string>][] = [
    ["has expired", () => network.provider.token({ iat: now - 120, exp: now - 60 })],
    ["is of another issuer", () => network.provider.token({ iss: "https://elsewhere.example" })],
    ["is for another audience", () => network.provider.token({ aud: "https://elsewhere.example" })],
    ["lives longer than an hour", () => network.provider.token({}, 3_601)],
    ["never expires", () => network.provider.token({ exp: undefined as never })],
    ["does not say since when it holds", () => network.provider.token({ iat: undefined as never })],
    ["names no party", () => network.provider.token({ party: 1 })],
    ["is unsigned", async () => new UnsecuredJWT(payload()).encode()],
    [
      "is signed with a key of somebody else",
      async () =>
        new SignJWT(payload())
          .setProtectedHeader({ alg: "ES256", kid: "one" })
          .sign((await generateKeyPair("ES256")).privateKey),
    ],
    [
      "is signed with a secret",
      async () =>
        new SignJWT(payload())
          .setProtectedHeader({ alg: "HS256", kid: "one" })
          .sign(new TextEncoder().encode("x".repeat(32))),
    ],
    ["is no token", async () => "x.y.z"],
    ["is empty", async () => ""],
  ];

  test.each(refused)("that %s is refused", async (_, token) => {
    const answer = await network.ask("{ ping }", { token: await token() });
    expect(answer).toMatchObject(problem(401, "UNAUTHENTICATED"));
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  test("of a party without a contract is refused", async () => {
    expect(await network.ask("{ ping }", { party: "constructor" })).toMatchObject(problem(403, "FORBIDDEN"));
  });

  test("cannot be verified while its provider is away", async () => {
    const provider = await openProvider();
    const token = await provider.token();
    await provider[Symbol.asyncDispose]();
    await using cut = await openNetwork(subgraphs, { provider });
    expect(await cut.ask("{ ping }", { token })).toMatchObject(problem(503, "SUBGRAPH_UNAVAILABLE"));
    expect((await fetch(`${cut.url}/ready`)).status).toBe(503);
    expect((await fetch(`${cut.url}/health`)).status).toBe(200);
  });

  test("is verified with known keys when its provider has gone away", async () => {
    const provider = await openProvider();
    await using cut = await openNetwork(subgraphs, { provider });
    expect((await cut.ask("{ ping }")).status).toBe(200);
    const token = await provider.token({ sub: "another" });
    await provider[Symbol.asyncDispose]();
    expect((await cut.ask("{ ping }", { token })).status).toBe(200);
  });
});

describe("a subgraph", () => {
  test("gets the gateway's statement, never the client's own, nor any other header of the client", async () => {
    const headers = { "x-gateway-claims": "forged", cookie: "a=b", "x-forwarded-for": "1.2.3.4" };
    const token = await network.provider.token({ scope: "read", jti: "1" });
    expect((await network.ask("{ ping }", { headers, token })).status).toBe(200);
    const sent = network.subgraphs.get("feed")?.requests.at(-1) ?? {};
    expect(Object.keys(sent).sort()).toEqual([
      "accept",
      "connection",
      "content-length",
      "content-type",
      "host",
      "traceparent",
      "x-gateway-claims",
    ]);
    const claims = decodeJwt(String(sent["x-gateway-claims"]));
    expect(claims).toMatchObject({ iss: "gateway", aud: "feed", sub: "someone", party: "everyone", scope: "read" });
    expect(claims).not.toHaveProperty("jti");
  });

  test("is called in a trace of its own each time, which no client chose", async () => {
    const foreign = "4bf92f3577b34da6a3ce929d0e0e4736";
    const headers = { traceparent: `00-${foreign}-00f067aa0ba902b7-01` };
    for (let turn = 0; turn < 2; turn += 1) expect((await network.ask("{ ping }", { headers })).status).toBe(200);
    const sent = network.subgraphs.get("feed")?.requests.slice(-2) ?? [];
    const traces = sent.map(({ traceparent }) => String(traceparent));
    expect(new Set(traces).size).toBe(2);
    for (const one of traces) expect(one).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(traces.join()).not.toContain(foreign);
  });

  test("gets the same statement again for the same token", async () => {
    const token = await network.provider.token();
    const statements = new Set<unknown>();
    for (const text of ["a", "b"]) {
      await network.ask("query($text: String) { echo(text: $text) }", { token, variables: { text } });
      statements.add(network.subgraphs.get("feed")?.requests.at(-1)?.["x-gateway-claims"]);
    }
    expect(statements.size).toBe(1);
  });

  const ill: [string, (ended: () => void) => Parameters<typeof createServer>[1]][] = [
    ["does not answer in time", () => () => undefined],
    ["breaks off", () => (_, response) => response.destroy()],
    ["does not speak JSON", () => (_, response) => response.end("<html>")],
  ];

  test.each(ill)("that %s costs its own part of the answer", async (_, handler) => {
    const server = createServer(handler(() => undefined));
    const url = `${await listening(server)}/graphql`;
    // The other one answers in time, however busy the machine is.
    await using cut = await openNetwork(subgraphs, { urls: { names: url }, deadlines: new Map([["names", 100]]) });
    const query = 'mutation { shout(text: "hi") }';
    expect(await cut.ask(query)).toMatchObject({ body: { data: { shout: "HI" } } });
    expect(await cut.ask("{ ping thing { id name } }")).toMatchObject({
      status: 200,
      body: {
        data: { ping: "pong", thing: null },
        errors: [{ path: ["thing", "name"], extensions: { code: "SUBGRAPH_UNAVAILABLE" } }],
      },
    });
    await closed(server);
  });
});

describe("the HTTP door", () => {
  const codes = ({ body }: Asked) =>
    body.errors.map((error: { extensions: { code: string } }) => error.extensions.code);

  test("answers a request that is not run with a status of 400", async () => {
    for (const [query, code] of [
      ["{ pinh }", "GRAPHQL_VALIDATION_FAILED"],
      ["{ ping", "GRAPHQL_PARSE_FAILED"],
      ["subscription { changed { thing { id } } }", "BAD_REQUEST"],
      ["query A { ping } query B { ping }", "OPERATION_RESOLUTION_FAILURE"],
    ] as const) {
      const answer = await network.ask(query);
      expect([answer.status, codes(answer)]).toEqual([400, [code]]);
    }
  });

  test("promises neither answers in parts nor streams of events", async () => {
    const deferred = await network.ask("{ thing { id ... @defer { name } } }");
    expect([deferred.status, codes(deferred)]).toEqual([400, ["GRAPHQL_VALIDATION_FAILED"]]);
    expect((await network.ask("{ __schema { directives { name } } }")).body.data.__schema.directives).toEqual(
      ["include", "skip", "deprecated", "specifiedBy", "oneOf"].map((name) => ({ name })),
    );
    for (const accept of ["text/event-stream", "multipart/mixed"]) {
      for (const query of ["{ ping }", "subscription { changed { thing { id } } }"]) {
        expect((await network.ask(query, { headers: { accept } })).status).toBe(406);
      }
    }
  });

  test("does not say a value that it refuses", async () => {
    const answer = await network.ask("query($text: String) { echo(text: $text) }", {
      variables: { text: { bsn: "999990019" } },
    });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toContain("999990019");
  });

  test("answers under an alias that is no good name for a property", async () => {
    const { body } = await network.ask("{ __proto__: ping constructor: ping }");
    expect(JSON.stringify(body)).toBe('{"data":{"__proto__":"pong","constructor":"pong"}}');
  });

  test("takes neither a GET, nor a form, nor a batch", async () => {
    const token = await network.provider.token();
    const send = (init: RequestInit) => fetch(`${network.url}/graphql?query={ping}`, init).then(({ status }) => status);
    const authorization = `Bearer ${token}`;
    expect(await send({ headers: { authorization } })).toBe(405);
    const form = { authorization, "content-type": "application/x-www-form-urlencoded" };
    expect(await send({ method: "POST", headers: form, body: "query={ping}" })).toBe(415);
    const json = { authorization, "content-type": "application/json" };
    expect(await send({ method: "POST", headers: json, body: '[{"query":"{ping}"}]' })).toBe(400);
  });
});
