import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import type { Gateway } from "../../gateway/part.ts";
import { hashOf } from "../../gateway/policy/trusted-documents.ts";
import { makeSubgraph, refusal } from "../../prove/differential/subgraphs.ts";
import { until } from "../until.ts";
import { type Feed, makeFeed } from "./feed.ts";
import { type OpenHouse, openHouse, post } from "./open-house.ts";

const failing = makeSubgraph({
  name: "failing",
  typeDefs: "type Query { fails(text: String): String }",
  resolvers: {
    Query: {
      fails: () => {
        throw refusal("NOT_TODAY");
      },
    },
  },
});

let house: OpenHouse;
let feed: Feed;
let gateway: Gateway;
beforeAll(async () => {
  feed = makeFeed();
  house = await openHouse([...feed.subgraphs, failing]);
  gateway = await house.start({ OPERATOR_PORT: "0", DEVELOPMENT: "on" });
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
});

const operator = async (path: string, init?: RequestInit) => {
  const response = await fetch(`${gateway.operatorUrl}${path}`, init);
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
};

describe("the operator's door", () => {
  test("counts operations by contract, hash and code, and calls by subgraph and outcome", async () => {
    const query = "query Named { thing { id name } }";
    await post(gateway.url, { query });
    await post(gateway.url, { query: 'query { fails(text: "canary-999990019") }' });
    await post(gateway.url, { query: "{ canaryField }" });
    const { text } = await operator("/metrics");
    const label = (hash: string, code: string) => `contract="everything",operation="${hash}",code="${code}"`;
    expect(text).toContain(`gateway_requests_total{${label(hashOf(query), "OK")}} 1`);
    expect(text).toContain('code="NOT_TODAY"} 1');
    expect(text).toContain(`gateway_requests_total{${label("none", "GRAPHQL_VALIDATION_FAILED")}} 1`);
    expect(text).toContain('gateway_subgraph_calls_total{subgraph="feed",outcome="answered"} 1');
    expect(text).toContain('gateway_subgraph_calls_total{subgraph="names",outcome="answered"} 1');
    expect(text).toContain('gateway_subgraph_calls_total{subgraph="failing",outcome="errors"} 1');
    expect(text).toMatch(/gateway_plan_duration_seconds_count [1-9]/);
  });

  test("counts a text that goes past Apollo Server, as it is known, like the first time", async () => {
    const query = "{ known: ping }";
    for (let nth = 0; nth < 3; nth += 1) await post(gateway.url, { query });
    expect((await operator("/metrics")).text).toContain(`operation="${hashOf(query)}",code="OK"} 3`);
  });

  test("tells operations apart however many others were run before", async () => {
    for (let nth = 0; nth < 210; nth += 1) await post(gateway.url, { query: `{ a${nth}: __typename }` });
    const query = "{ later: __typename }";
    await post(gateway.url, { query });
    const { text } = await operator("/metrics");
    expect(text).toContain(`operation="${hashOf(query)}",code="OK"} 1`);
    expect(text.match(/^gateway_requests_total/gm)?.length).toBeLessThan(210);
  });

  test("tells nothing of what was asked", async () => {
    const { text } = await operator("/metrics");
    expect(text).not.toMatch(/canary|999990019|Named|fails|\bthing/);
  });

  test("counts sockets and subscriptions, up and down", async () => {
    const client = createClient({ url: `${gateway.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket });
    const events = client.iterate({ query: "subscription { changed { thing { id } } }" });
    const first = events.next();
    await feed.listening(1);
    feed.change("1");
    await first;
    const during = await operator("/metrics");
    expect(during.text).toContain("gateway_sockets 1");
    expect(during.text).toContain('gateway_subgraph_subscriptions{subgraph="feed"} 1');
    await events.return?.();
    await client.dispose();
    await feed.listening(0);
    await until("the socket to be gone", async () => (await operator("/metrics")).text.includes("gateway_sockets 0"));
    expect((await operator("/metrics")).text).toContain('gateway_subgraph_subscriptions{subgraph="feed"} 0');
  });

  test("counts each event once, and each client that is told of it", async () => {
    const client = createClient({ url: `${gateway.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket });
    const query = "subscription Told { changed { thing { id } } }";
    const readers = [1, 2, 3].map(() => client.iterate({ query }));
    const told = async () => Number(/^gateway_events_told_total (\d+)$/m.exec((await operator("/metrics")).text)?.[1]);
    const before = await told();
    const first = readers.map((events) => events.next());
    await feed.listening(1);
    // What is asked later on the same socket has been answered: all three have begun.
    await client.iterate({ query: "{ ping }" }).next();
    feed.change("canary-999990019");
    await Promise.all(first);
    const { text } = await operator("/metrics");
    expect(text).toContain(`gateway_events_total{contract="everything",operation="${hashOf(query)}",code="OK"} 1`);
    expect((await told()) - before).toBe(3);
    expect(text).not.toContain("canary");
    await Promise.all(readers.map((events) => events.return?.()));
    await client.dispose();
    await feed.listening(0);
  });

  test("counts who is closed as too slow", async () => {
    const slow = new WebSocket(`${gateway.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    await once(slow, "open");
    slow.send(JSON.stringify({ type: "connection_init" }));
    await once(slow, "message");
    const query = "subscription { changed { thing { id } } }";
    slow.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query } }));
    await feed.listening(1);
    slow.pause();
    const long = "x".repeat(200_000);
    await until("the reader to be closed", async () => {
      feed.change(long);
      return (await operator("/metrics")).text.includes("gateway_slow_readers_closed_total 1");
    });
    slow.terminate();
    await feed.listening(0);
  });

  test("says that the gateway lives and is ready", async () => {
    expect(await operator("/health")).toMatchObject({ status: 200 });
    expect(await operator("/ready")).toMatchObject({ status: 200 });
    expect(await operator("/elsewhere")).toMatchObject({ status: 404 });
  });

  test("is not the clients' door", async () => {
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
    expect((await fetch(`${gateway.url}/plan`)).status).toBe(404);
    expect((await fetch(`${gateway.operatorUrl}/graphql`)).status).toBe(404);
  });
});

describe("in development, a plan is drawn", () => {
  const draw = (query: string) => operator("/plan", { method: "POST", body: new URLSearchParams({ query }) });

  test("as a flowchart, and as mermaid text of the same", async () => {
    expect((await operator("/plan")).text).toContain("<textarea");
    const { text, type } = await draw("{ thing { id name } ping }");
    expect(type).toContain("text/html");
    expect(text).toContain("flowchart TB");
    expect(text).toContain("Fetch feed");
    expect(text).toContain("names at thing");
    expect(text).toContain("n0 --&gt; n1");
    expect(text.match(/<rect /g)).toHaveLength(2);
    expect(text.match(/<path class="arrow"/g)).toHaveLength(1);
  });

  test("of nothing that the contract does not allow, and no markup comes back", async () => {
    const { text } = await draw('{ nope(a: "<script>") }');
    expect(text).toContain("GRAPHQL_VALIDATION_FAILED");
    expect(text).not.toContain("<script>");
  });

  test("and not at all where the setting is off", async () => {
    const plain = await house.start({ OPERATOR_PORT: "0" });
    expect((await fetch(`${plain.operatorUrl}/plan`)).status).toBe(404);
    await plain[Symbol.asyncDispose]();
  });
});

test("without an operator's port there is no such door", async () => {
  const plain = await house.start();
  expect(plain.operatorUrl).toBeUndefined();
  await plain[Symbol.asyncDispose]();
});
