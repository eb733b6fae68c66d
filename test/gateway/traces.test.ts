import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from "@opentelemetry/api";
import { NodeTracerProvider, NoopSpanProcessor, type Span } from "@opentelemetry/sdk-trace-node";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { traceHeaders, traces } from "../../gateway/operation/traces.ts";
import { hashOf } from "../../gateway/policy/trusted-documents.ts";
import { type Feed, makeFeed } from "./feed.ts";
import { type OpenHouse, openHouse, post } from "./open-house.ts";

/** In the order in which they were begun, so that one that never ends is seen as well. */
const spans: Span[] = [];

let flush: () => Promise<void>;

class SpansBegun extends NoopSpanProcessor {
  override onStart(span: Span): void {
    spans.push(span);
  }
  override forceFlush(): Promise<void> {
    return flush();
  }
}

beforeAll(() => {
  new NodeTracerProvider({ spanProcessors: [new SpansBegun()] }).register();
});
afterAll(() => {
  context.disable();
  trace.disable();
  propagation.disable();
});

let feed: Feed;
let house: OpenHouse;
beforeEach(async () => {
  spans.length = 0;
  flush = async () => undefined;
  feed = makeFeed();
  house = await openHouse(feed.subgraphs);
});
afterEach(async () => {
  await house[Symbol.asyncDispose]();
});

test("an operation is one trace of planning and calls, which goes on at the subgraphs", async () => {
  const { url } = await house.start({ TRACES: "on" });
  const query = 'query Canary { thing { id name } echo(text: "999990019") }';
  await post(url, { query });
  const [operation, ...below] = spans;
  expect(operation).toMatchObject({
    name: "operation",
    kind: SpanKind.SERVER,
    parentSpanContext: undefined,
    attributes: { "gateway.contract": "everything", "gateway.operation.hash": hashOf(query) },
  });
  expect(below.map(({ name }) => name)).toEqual(["plan", "subgraph call", "subgraph call"]);
  for (const span of spans) expect(span.ended).toBe(true);
  for (const span of below) expect(span.parentSpanContext).toEqual(operation?.spanContext());
  const calls = below.slice(1).map((span) => span.spanContext());
  expect(house.headers.map(({ traceparent }) => traceparent)).toEqual(
    calls.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`),
  );
  expect(JSON.stringify(spans)).not.toMatch(/Canary|999990019|\bthing/);
});

test("each event of a subscription is a trace of its own, with the calls that it takes", async () => {
  const { url } = await house.start({ TRACES: "on" });
  const client = createClient({ url: `${url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket });
  const query = "subscription Canary { changed { thing { id name } } }";
  const events = client.iterate({ query });
  const first = events.next();
  await feed.listening(1);
  spans.length = 0;
  feed.change("999990019");
  await first;
  feed.change("1");
  await events.next();
  expect(spans.map(({ name }) => name)).toEqual(["event", "subgraph call", "event", "subgraph call"]);
  const [event, call, later] = spans;
  expect(event).toMatchObject({
    kind: SpanKind.CONSUMER,
    parentSpanContext: undefined,
    attributes: { "gateway.contract": "everything", "gateway.operation.hash": hashOf(query) },
  });
  expect(call?.parentSpanContext).toEqual(event?.spanContext());
  expect(later?.parentSpanContext).toBeUndefined();
  expect(later?.spanContext().traceId).not.toBe(event?.spanContext().traceId);
  for (const span of spans) expect(span.ended).toBe(true);
  expect(JSON.stringify(spans)).not.toMatch(/Canary|999990019|\bthing/);
  await events.return?.();
  await client.dispose();
});

test("a client cannot choose the trace", async () => {
  const { url } = await house.start({ TRACES: "on" });
  const foreign = "4bf92f3577b34da6a3ce929d0e0e4736";
  await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", traceparent: `00-${foreign}-00f067aa0ba902b7-01` },
    body: JSON.stringify({ query: "{ ping }" }),
  });
  expect(spans.length).toBeGreaterThan(0);
  expect(JSON.stringify([spans, house.headers])).not.toContain(foreign);
});

test("nor does anything else go on that an SDK has read from a client's headers", async () => {
  const foreign = "4bf92f3577b34da6a3ce929d0e0e4736";
  const carrier = { traceparent: `00-${foreign}-00f067aa0ba902b7-01`, tracestate: "canary=1", baggage: "canary=1" };
  const observed = { contract: "everything", hash: () => "" };
  const toSubgraph = await context.with(propagation.extract(ROOT_CONTEXT, carrier), () =>
    traces.operation(
      observed,
      async () => traceHeaders(),
      () => [],
    ),
  );
  const [{ traceId, spanId } = {}] = spans.map((span) => span.spanContext());
  expect(toSubgraph).toEqual({ traceparent: `00-${traceId}-${spanId}-01` });
  expect(traceId).not.toBe(foreign);
});

test("a gateway stops where its last spans cannot be handed over", async () => {
  const gateway = await house.start({ TRACES: "on" });
  flush = () => Promise.reject(new Error("No collector"));
  await gateway[Symbol.asyncDispose]();
});

test("a gateway does not wait for a collector that does not answer", async () => {
  const gateway = await house.start({ TRACES: "on" });
  const answer = Promise.withResolvers<void>();
  flush = () => answer.promise;
  await gateway[Symbol.asyncDispose]();
  answer.resolve();
});

test("without the setting nothing is traced, and where nothing is stated no trace is begun", async () => {
  const { url } = await house.start();
  await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    },
    body: JSON.stringify({ query: "{ ping }" }),
  });
  expect(spans).toEqual([]);
  expect(house.headers.map(({ traceparent }) => traceparent)).toEqual([undefined]);
});
