import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "@jest/globals";
import { Credentials } from "../../gateway/upstream/credentials.ts";
import { type Deadlines, HttpCalls } from "../../gateway/upstream/http-calls.ts";
import { systemClock } from "../../plumbing/clock.ts";
import { caller } from "../../prove/differential/subgraphs.ts";
import { closed, listening } from "./network.ts";

const query = '{"query":"{ here }","variables":{}}';
const mutation = '{"query":"mutation{ here }","variables":{}}';

type Answer = (response: ServerResponse, request: IncomingMessage, nth: number) => void;

const stack: AsyncDisposable[] = [];

afterEach(async () => {
  for (const one of stack.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

/** Calls to a subgraph that answers as the test says, and how many it has got. */
async function subgraph(answer: Answer, deadline: number | Deadlines = 2_000) {
  const got = { calls: 0, retries: 0 };
  const server = createServer((request, response) => {
    request.resume().once("end", () => {
      got.calls += 1;
      answer(response, request, got.calls);
    });
  });
  const url = await listening(server);
  stack.push({ [Symbol.asyncDispose]: () => closed(server) });
  const retried = () => {
    got.retries += 1;
  };
  const calls = new HttpCalls(
    new Map([["one", new URL(`${url}/graphql?a=b`)]]),
    new Credentials(undefined, systemClock),
    { deadline, counts: { retried } },
  );
  stack.push(calls);
  return { got, call: (body: string) => calls.call("one", body, caller), isOpen: () => calls.circuits().get("one") };
}

const well: Answer = (response) => response.end('{"data":{"here":"é\u2028"}}');
const lost: Answer = (response) => response.destroy();
const never: Answer = () => undefined;

describe("a call of a subgraph", () => {
  test("collects an answer that comes in pieces, wherever they are cut", async () => {
    const { call } = await subgraph((response) => {
      const bytes = Buffer.from('{"data":{"here":"é"}}');
      const middle = bytes.indexOf(0xc3) + 1;
      response.write(bytes.subarray(0, middle));
      response.end(bytes.subarray(middle));
    });
    expect(await call(query)).toEqual({ data: { here: "é" } });
  });

  test("is made at the whole of the address, as JSON", async () => {
    let seen: unknown;
    const { call } = await subgraph((response, { url, method, headers }, nth) => {
      seen = [url, method, headers["content-type"]];
      well(response, {} as IncomingMessage, nth);
    });
    await call(query);
    expect(seen).toEqual(["/graphql?a=b", "POST", "application/json"]);
  });

  test("is repeated for a query whose connection is lost, twice at most", async () => {
    const once = await subgraph((response, request, nth) => (nth < 3 ? lost : well)(response, request, nth));
    expect(await once.call(query)).toEqual({ data: { here: "é\u2028" } });
    expect(once.got.retries).toBe(2);
    const dead = await subgraph(lost);
    await expect(dead.call(query)).rejects.toThrow();
    expect(dead.got.calls).toBe(3);
  });

  test("is never repeated for a mutation", async () => {
    const { call, got } = await subgraph(lost);
    await expect(call(mutation)).rejects.toThrow();
    expect(got).toEqual({ calls: 1, retries: 0 });
  });

  test("is never repeated once an answer has begun", async () => {
    const { call, got } = await subgraph((response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{", () => response.destroy());
    });
    await expect(call(query)).rejects.toThrow();
    expect(got.calls).toBe(1);
  });

  test("ends at the deadline of its subgraph, and is not repeated then", async () => {
    const { call, got } = await subgraph(never, { usual: 60_000, bySubgraph: new Map([["one", 100]]) });
    const begun = performance.now();
    await expect(call(query)).rejects.toThrow();
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(got.calls).toBe(1);
  });

  test("ends at the deadline when an answer never comes to its end", async () => {
    const { call } = await subgraph((response) => response.write("{"), 100);
    await expect(call(query)).rejects.toThrow();
  });

  test("is not made while the subgraph is known to be down", async () => {
    const { call, got, isOpen } = await subgraph(lost);
    for (let failures = 0; failures < 10; failures += 1) {
      expect(isOpen()).toBe(false);
      await expect(call(mutation)).rejects.toThrow();
    }
    expect(isOpen()).toBe(true);
    await expect(call(mutation)).rejects.toThrow();
    expect(got.calls).toBe(10);
  });

  test("counts an answer that is no JSON as a failure", async () => {
    const { call, got } = await subgraph((response) => response.end("<html>"));
    for (let failures = 0; failures < 12; failures += 1) await expect(call(query)).rejects.toThrow();
    expect(got.calls).toBe(10);
  });
});
