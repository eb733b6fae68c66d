import { setTimeout as pause } from "node:timers/promises";
import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TracerProvider,
  trace,
} from "@opentelemetry/api";
import type { Observed, Observer } from "./observer.ts";

/*
 * Spans by OpenTelemetry's interface alone: the operator loads the SDK and says where they go (node
 * --import). Without an SDK they come to nothing. A client's own traceparent is not taken over: a
 * trace id that goes through us would link what must not be linked, and anybody could choose it.
 */

const tracer = trace.getTracer("gateway");

/** How long the SDK may take to hand over its last spans, in milliseconds. */
const flushWithin = 2_000;

/** What OpenTelemetry asks of every SDK, and its interface for JavaScript leaves out. */
interface SdkProvider extends TracerProvider {
  forceFlush?(): Promise<void>;
  /** The interface keeps a provider of its own before the SDK's. */
  getDelegate?(): SdkProvider;
}

/** Traces operations, planning and calls, without content: an operation is known by its hash. */
export const traces: Observer = {
  operation: (observed, run, codesOf) =>
    inSpan("operation", SpanKind.SERVER, (span) => answered(span, observed, run, codesOf)),
  // Whoever subscribed first is not who it happens to: each event begins a trace.
  event: (observed, run, codesOf) =>
    inSpan("event", SpanKind.CONSUMER, (span) => answered(span, observed, run, codesOf)),
  // What is planned at the start belongs to no operation.
  plan: (run) => (trace.getActiveSpan() ? inSpan("plan", SpanKind.INTERNAL, run) : run()),
  call: (subgraph, run) =>
    inSpan("subgraph call", SpanKind.CLIENT, (span) => {
      span.setAttribute("gateway.subgraph", subgraph);
      return run();
    }),
  subscription: () => () => undefined,
};

/** Where a call belongs in a trace, as the W3C's `traceparent` header or whatever the SDK writes. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** Has the SDK hand over the spans that it still holds. Never rejects, and waits two seconds at most. */
export async function flushSpans(): Promise<void> {
  // The SDK tells by itself of a collector that it cannot reach.
  const flushed = flush().catch(() => undefined);
  await Promise.race([flushed, pause(flushWithin, undefined, { ref: false })]);
}

async function flush(): Promise<void> {
  const provider: SdkProvider = trace.getTracerProvider();
  await (provider.getDelegate?.() ?? provider).forceFlush?.();
}

function inSpan<T>(name: string, kind: SpanKind, run: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { kind }, parentOf(kind), async (span) => {
    try {
      return await run(span);
    } catch (error) {
      // The error's text stays out of it.
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

async function answered<T>(
  span: Span,
  { contract, hash }: Observed,
  run: () => Promise<T>,
  codesOf: (answer: T) => readonly string[],
): Promise<T> {
  const answer = await run();
  if (!span.isRecording()) return answer;
  const [code] = codesOf(answer);
  span.setAttributes({ "gateway.contract": contract, "gateway.operation.hash": hash() });
  if (code !== undefined) span.setAttribute("gateway.code", code).setStatus({ code: SpanStatusCode.ERROR });
  return answer;
}

/**
 * An operation and an event begin a trace, all else belongs to one. They begin with nothing: an SDK that looks into
 * requests by itself has put around them what the client says, its baggage too, which would go on to the subgraphs.
 */
function parentOf(kind: SpanKind): Context {
  const begins = kind === SpanKind.SERVER || kind === SpanKind.CONSUMER;
  return begins ? ROOT_CONTEXT : context.active();
}
