import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { decodeJwt } from "jose";
import { Credentials } from "../../gateway/upstream/credentials.ts";
import { HttpCalls } from "../../gateway/upstream/http-calls.ts";
import { claimsHeader } from "../../plumbing/claims.ts";
import { systemClock } from "../../plumbing/clock.ts";
import type { Post } from "../../plumbing/http.ts";
import { traceHeader } from "../../plumbing/trace-context.ts";
import { library } from "../../prove/differential/library.ts";
import { caller, makeSubgraph } from "../../prove/differential/subgraphs.ts";
import { type Network, openNetwork } from "./network.ts";

/** Lets the field `never` answer after all. */
const end = Promise.withResolvers<null>();

const slow = makeSubgraph({
  name: "slow",
  typeDefs: "type Query { never: Int }",
  resolvers: { Query: { never: () => end.promise } },
});

describe("subgraphs in the gateway's own process", () => {
  let within: Network;
  let over: Network;

  beforeAll(async () => {
    const deadlines = new Map([["slow", 100]]);
    within = await openNetwork([...library, slow], { contracts: "none", isInProcess: true, deadlines });
    over = await openNetwork([...library, slow], { contracts: "none" });
  });

  afterAll(async () => {
    end.resolve(null);
    await Promise.all([within[Symbol.asyncDispose](), over[Symbol.asyncDispose]()]);
  });

  test.each([
    "{ me { name rank works { title } } }",
    "{ people(first: 3) { email rank } works { id ... on Book { postage } } }",
    "{ anything { __typename ... on Person { notes { id } } } }",
    "query($first: Int!) { people(first: $first) { id } }",
  ])("answer as they do over the network, without a connection: %s", async (query) => {
    const variables = { first: 2 };
    const { status, body } = await within.ask(query, { variables });
    expect({ status, body }).toEqual({ status: 200, body: (await over.ask(query, { variables })).body });
    const connections = (network: Network) => [...network.subgraphs.values()].map((one) => one.connections);
    expect(Math.max(...connections(within))).toBe(0);
    expect(Math.max(...connections(over))).toBeGreaterThan(0);
  });

  test("are told who asks by the gateway's statement, and nothing else of the client's", async () => {
    const [subgraph] = [...within.subgraphs.values()];
    subgraph?.requests.splice(0);
    await within.ask("{ me { name } }", { headers: { "x-own": "secret", [claimsHeader]: "forged" } });
    const [headers = {}] = subgraph?.requests ?? [];
    expect(Object.keys(headers).sort()).toEqual(["accept", "content-type", traceHeader, claimsHeader]);
    expect(decodeJwt(String(headers[claimsHeader]))).toMatchObject({ sub: "someone", aud: "persons" });
  });

  test("believe nobody but the gateway", async () => {
    const foreign = over.subgraphs.get("persons");
    await over.ask("{ me { name } }");
    const headers = foreign?.requests.at(-1) ?? {};
    const body = JSON.stringify({ query: "{ me { name } }" });
    expect(await foreign?.post(headers, body)).toMatchObject({ status: 200 });
    expect(await within.subgraphs.get("persons")?.post(headers, body)).toMatchObject({ status: 401 });
    expect(await over.subgraphs.get("opinions")?.post(headers, body)).toMatchObject({ status: 401 });
  });

  test("cost their part of the answer when they are too slow, or stopped", async () => {
    const unavailable = (field: string) => [
      expect.objectContaining({ path: [field], extensions: { code: "SUBGRAPH_UNAVAILABLE" } }),
    ];
    const late = await within.ask("{ never me { name } }");
    expect(late.body).toEqual({ data: { never: null, me: { name: "Ada" } }, errors: unavailable("never") });
    await within.subgraphs.get("opinions")?.[Symbol.asyncDispose]();
    const stopped = await within.ask("{ latest { id } me { name } }");
    expect(stopped.body).toEqual({ data: { latest: null, me: { name: "Ada" } }, errors: unavailable("latest") });
  });
});

describe("a call within the process", () => {
  const query = '{"query":"{ here }","variables":{}}';
  const mutation = '{"query":"mutation{ here }","variables":{}}';

  function callsOf(post: Post): (body: string) => Promise<unknown> {
    const calls = new HttpCalls(
      new Map([["one", new URL("http://127.0.0.1:1/graphql")]]),
      new Credentials(undefined, systemClock),
      { deadline: 2_000, inProcess: new Map([["one", post]]) },
    );
    return (body) => calls.call("one", body, caller);
  }

  test("is repeated for a query that is refused, and never for a mutation", async () => {
    const got: string[] = [];
    const call = callsOf(async (_, body) => {
      got.push(body);
      if (got.length < 3) throw new Error("The door is closed");
      return { status: 200, text: '{"data":{"here":1}}' };
    });
    expect(await call(query)).toEqual({ data: { here: 1 } });
    expect(got).toEqual([query, query, query]);
    got.length = 0;
    await expect(call(mutation)).rejects.toThrow();
    expect(got).toEqual([mutation]);
  });

  test("is not made while the subgraph is known to be down", async () => {
    let got = 0;
    const call = callsOf(async () => {
      got += 1;
      return { status: 503, text: "<html>" };
    });
    for (let failures = 0; failures < 12; failures += 1) await expect(call(mutation)).rejects.toThrow();
    expect(got).toBe(10);
  });
});
