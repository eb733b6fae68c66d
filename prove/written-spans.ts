import { NodeTracerProvider, NoopSpanProcessor, type ReadableSpan } from "@opentelemetry/sdk-trace-node";

/** Registers OpenTelemetry's SDK in this process, and has each span written as a line, to be searched as a log is. */
export function writeSpans(write: (line: string) => void): void {
  new NodeTracerProvider({ spanProcessors: [new SpanLines(write)] }).register();
}

class SpanLines extends NoopSpanProcessor {
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    super();
    this.#write = write;
  }

  // All that an SDK is told. Ids and times are of its own making: their digits are a BSN's now and then.
  override onEnd(span: ReadableSpan): void {
    const { name, attributes, status } = span;
    const state = span.spanContext().traceState?.serialize();
    const events = span.events.map((event) => [event.name, event.attributes]);
    const links = span.links.map((link) => [link.context.traceState?.serialize(), link.attributes]);
    this.#write(JSON.stringify({ span: name, attributes, status, state, events, links }));
  }
}
