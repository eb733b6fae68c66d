import { type Attributes, type Exception, type Span, type SpanContext, trace } from "@opentelemetry/api";

/** Has all spans of this process written as lines, so that they can be searched as its log is. */
export function writeSpans(write: (line: string) => void): void {
  trace.setGlobalTracerProvider({
    getTracer: () => ({
      startSpan: (name: string) => new WrittenSpan(name, write),
      startActiveSpan: (name: string, ...rest: unknown[]) =>
        (rest.at(-1) as (span: Span) => never)(new WrittenSpan(name, write)),
    }),
  });
}

class WrittenSpan implements Span {
  readonly #name: string;
  readonly #write: (line: string) => void;
  readonly #noted: unknown[] = [];

  constructor(name: string, write: (line: string) => void) {
    this.#name = name;
    this.#write = write;
  }

  spanContext(): SpanContext {
    return { traceId: "0".repeat(31).concat("1"), spanId: "0".repeat(15).concat("1"), traceFlags: 1 };
  }
  setAttribute(...noted: unknown[]): this {
    return this.#note(noted);
  }
  setAttributes(noted: Attributes): this {
    return this.#note(noted);
  }
  addEvent(...noted: unknown[]): this {
    return this.#note(noted);
  }
  addLink(noted: unknown): this {
    return this.#note(noted);
  }
  addLinks(noted: unknown): this {
    return this.#note(noted);
  }
  setStatus(noted: unknown): this {
    return this.#note(noted);
  }
  updateName(noted: string): this {
    return this.#note(noted);
  }
  recordException(noted: Exception): void {
    this.#note(String(noted));
  }
  isRecording(): boolean {
    return true;
  }
  end(): void {
    this.#write(JSON.stringify({ span: this.#name, noted: this.#noted }));
  }
  #note(noted: unknown): this {
    this.#noted.push(noted);
    return this;
  }
}
