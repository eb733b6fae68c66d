import { AsyncLocalStorage } from "node:async_hooks";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import {
  type Attributes,
  type Context,
  type ContextManager,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { hashOf } from "../../gateway/policy/trusted-documents.ts";
import { type Feed, makeFeed } from "./feed.ts";
import { type OpenHouse, openHouse, post } from "./open-house.ts";

/** As little of an SDK as it takes to see what an operator's would be told. */

interface Told {
  readonly name: string;
  readonly parent: string | undefined;
  readonly context: SpanContext;
  readonly attributes: Attributes;
  hasEnded: boolean;
}

const spans: Told[] = [];
const active = new AsyncLocalStorage<Context>();
let count = 0;

const contexts: ContextManager = {
  active: () => active.getStore() ?? ROOT_CONTEXT,
  with: (given, run, self, ...rest) => active.run(given, () => run.apply(self as never, rest)),
  bind: (_, target) => target,
  enable: () => contexts,
  disable: () => contexts,
};

function begin(name: string, parent: Context): Span {
  const above = trace.getSpanContext(parent);
  const spanId = String(++count).padStart(16, "0");
  const traceId = above?.traceId ?? String(count).padStart(32, "0");
  const told: Told = {
    name,
    parent: above?.spanId,
    context: { traceId, spanId, traceFlags: TraceFlags.SAMPLED },
    attributes: {},
    hasEnded: false,
  };
  spans.push(told);
  const span = {
    spanContext: () => told.context,
    isRecording: () => true,
    setAttribute: (key: string, value: unknown) => Object.assign(told.attributes, { [key]: value }) && span,
    setAttributes: (given: Attributes) => Object.assign(told.attributes, given) && span,
    setStatus: () => span,
    end: () => {
      told.hasEnded = true;
    },
  } as unknown as Span;
  return span;
}

beforeAll(() => {
  context.setGlobalContextManager(contexts);
  const startActiveSpan = (name: string, ...rest: unknown[]) => {
    const run = rest.pop() as (span: Span) => unknown;
    const parent = rest[1] as Context;
    const span = begin(name, parent);
    return context.with(trace.setSpan(parent, span), () => run(span));
  };
  trace.setGlobalTracerProvider({ getTracer: () => ({ startActiveSpan }) as never });
  propagation.setGlobalPropagator({
    inject: (given, carrier) => {
      const span = trace.getSpanContext(given);
      if (span) Object.assign(carrier as object, { traceparent: `00-${span.traceId}-${span.spanId}-01` });
    },
    extract: (given) => given,
    fields: () => ["traceparent"],
  });
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
    parent: undefined,
    attributes: { "gateway.contract": "everything", "gateway.operation.hash": hashOf(query) },
  });
  expect(below.map(({ name }) => name)).toEqual(["plan", "subgraph call", "subgraph call"]);
  for (const span of spans) expect(span.hasEnded).toBe(true);
  for (const span of below) expect(span.parent).toBe(operation?.context.spanId);
  const calls = below.slice(1).map((span) => `00-${span.context.traceId}-${span.context.spanId}-01`);
  expect(house.headers.map(({ traceparent }) => traceparent)).toEqual(calls);
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
    parent: undefined,
    attributes: { "gateway.contract": "everything", "gateway.operation.hash": hashOf(query) },
  });
  expect(call?.parent).toBe(event?.context.spanId);
  expect(later?.parent).toBeUndefined();
  expect(later?.context.traceId).not.toBe(event?.context.traceId);
  for (const span of spans) expect(span.hasEnded).toBe(true);
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
