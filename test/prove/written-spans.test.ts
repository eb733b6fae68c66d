import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import {
  context,
  createTraceState,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { writeSpans } from "../../prove/written-spans.ts";

const lines: string[] = [];

beforeAll(() => writeSpans((line) => void lines.push(line)));
afterAll(() => {
  context.disable();
  trace.disable();
  propagation.disable();
});
beforeEach(() => {
  lines.length = 0;
});

const elsewhere = { traceId: "1".repeat(32), spanId: "1".repeat(16), traceFlags: 1 };
const ofClient = { ...elsewhere, traceState: createTraceState("client=canary") };

test.each<[string, (span: Span) => void]>([
  ["name", (span) => span.updateName("canary")],
  ["attribute", (span) => span.setAttribute("child", "canary")],
  ["event", (span) => span.addEvent("canary")],
  ["event's attribute", (span) => span.addEvent("read", { child: "canary" })],
  ["exception", (span) => span.recordException(new Error("canary"))],
  ["status", (span) => span.setStatus({ code: SpanStatusCode.ERROR, message: "canary" })],
  ["link's attribute", (span) => span.addLink({ context: elsewhere, attributes: { child: "canary" } })],
  ["link's trace state", (span) => span.addLink({ context: ofClient })],
])("what a span's %s tells stands in its line, which is written once it ends", (_, tell) => {
  const span = trace.getTracer("test").startSpan("read");
  tell(span);
  expect(lines).toEqual([]);
  span.end();
  expect(lines).toEqual([expect.stringMatching(/^\{"span":.*canary.*\}$/)]);
});

test("so does the trace state that a span goes on with", () => {
  trace.getTracer("test").startSpan("read", {}, trace.setSpanContext(ROOT_CONTEXT, ofClient)).end();
  expect(lines).toEqual([expect.stringContaining("client=canary")]);
});
