import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";
import { hashOf } from "../../gateway/policy/trusted-documents.ts";
import { root } from "../../system/root.ts";
import { makeFeed } from "./feed.ts";
import { startGatewayProcess } from "./gateway-process.ts";
import { closed, listening } from "./network.ts";
import { openHouse, post } from "./open-house.ts";

const file = join(root, "test", "gateway", "opentelemetry.mjs");
const query = 'query Canary { echo(text: "999990019") }';

/** A span as OTLP writes it in JSON, where kinds are counted from 1. */
interface CollectedSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

interface Export {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly CollectedSpan[] }[] }[];
}

/** Where an operator's spans go: all that it is sent over OTLP. */
async function openCollector() {
  const spans: CollectedSpan[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { resourceSpans }: Export = JSON.parse(body);
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    response.end("{}");
  });
  return { url: await listening(server), spans, [Symbol.asyncDispose]: () => closed(server) };
}

/** What the collector and the subgraph are told of one operation, once the gateway has stopped. */
async function traced(environment: Record<string, string> = {}) {
  await using collector = await openCollector();
  await using house = await openHouse(makeFeed().subgraphs);
  await using gateway = await startGatewayProcess(house.supergraph, {
    TRACES: "on",
    NODE_OPTIONS: `--import=${pathToFileURL(file)}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    ...environment,
  });
  expect((await post(gateway.url, { query })).body).toEqual({ data: { echo: "999990019" } });
  await gateway.stop();
  return { spans: collector.spans, traceparents: house.headers.map(({ traceparent }) => traceparent) };
}

test("an SDK that is loaded into the gateway's process is told of operations and of their calls, to the last", async () => {
  const { spans, traceparents } = await traced();
  const named = (name: string) => spans.filter((span) => span.name === name);
  const [[operation], [plan], [call]] = [named("operation"), named("plan"), named("subgraph call")];
  expect(spans).toHaveLength(3);
  expect(operation).toMatchObject({ kind: 2, status: { code: 0 } });
  expect(operation).not.toHaveProperty("parentSpanId");
  expect(plan).toMatchObject({ kind: 1, traceId: operation?.traceId, parentSpanId: operation?.spanId });
  expect(call).toMatchObject({ kind: 3, traceId: operation?.traceId, parentSpanId: operation?.spanId });
  expect(traceparents).toEqual([`00-${call?.traceId}-${call?.spanId}-01`]);
  expect(JSON.stringify(operation)).toContain(hashOf(query));
  expect(JSON.stringify(spans)).not.toMatch(/Canary|999990019/);
});

test("an operation that is not sampled is told of to nobody, and the subgraphs are told that it is not", async () => {
  const { spans, traceparents } = await traced({ OTEL_TRACES_SAMPLER: "always_off" });
  expect(spans).toEqual([]);
  expect(traceparents).toEqual([expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/)]);
});

test("the file of the guide is the one that is tried here", async () => {
  const guide = await readFile(join(root, "gateway", "README.md"), "utf8");
  const [, example] = /```js\n(.*?)```/s.exec(guide) ?? [];
  expect(example).toBe(await readFile(file, "utf8"));
});
