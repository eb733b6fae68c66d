import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { RecentMap } from "../recent.ts";
import { Counters } from "./counters.ts";
import type { Observed, Observer } from "./observer.ts";

/** How many different operations are told apart: who sends ever new documents must not fill the memory. */
const operationsKept = 200;

/** Bounds of the durations' buckets, in seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Codes of requests that were not run: their documents are not told apart. */
const unrun = /^(GRAPHQL_|OPERATION_|BAD_REQUEST$)/;

/** The labels of one count of requests. */
interface Series {
  readonly contract: string;
  readonly operation: string;
  readonly code: string;
}

/** Counts and durations for Prometheus, without content: an operation is known by its hash. */
export class Metrics implements Observer {
  readonly #registry = new Registry();
  /** The operations that are told apart, with the series that each has. */
  readonly #operations = new RecentMap<Map<string, Series>>(operationsKept, (series) => {
    for (const one of series.values()) {
      this.#requests.remove(one);
      this.#events.remove(one);
      this.#requestDuration.remove({ contract: one.contract, operation: one.operation });
    }
  });
  readonly #requests = new Counter({
    name: "gateway_requests_total",
    help: "Operations by contract, hash and the code of their first error, OK where there is none.",
    labelNames: ["contract", "operation", "code"],
    registers: [this.#registry],
  });
  readonly #requestDuration = new Histogram({
    name: "gateway_request_duration_seconds",
    help: "From the executor's start to its answer.",
    labelNames: ["contract", "operation"],
    buckets,
    registers: [this.#registry],
  });
  readonly #events = new Counter({
    name: "gateway_events_total",
    help: "Events of subscriptions by contract, hash and the code of their first error; each counts once, whoever is told.",
    labelNames: ["contract", "operation", "code"],
    registers: [this.#registry],
  });
  readonly #planDuration = new Histogram({
    name: "gateway_plan_duration_seconds",
    help: "Planning of operations that were not known yet.",
    buckets,
    registers: [this.#registry],
  });
  readonly #calls = new Counter({
    name: "gateway_subgraph_calls_total",
    help: "Calls by subgraph and outcome: answered, errors (an answer with errors), failed (no answer).",
    labelNames: ["subgraph", "outcome"],
    registers: [this.#registry],
  });
  readonly #callDuration = new Histogram({
    name: "gateway_subgraph_call_duration_seconds",
    help: "From the call to its answer or failure.",
    labelNames: ["subgraph"],
    buckets,
    registers: [this.#registry],
  });
  readonly #subscriptions = new Gauge({
    name: "gateway_subgraph_subscriptions",
    help: "Subscriptions that are open at a subgraph; clients that ask the same share one.",
    labelNames: ["subgraph"],
    registers: [this.#registry],
  });

  /** Of all else that happens. */
  readonly counters = new Counters(this.#registry);

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** The format in which `print` writes. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  print(): Promise<string> {
    return this.#registry.metrics();
  }

  async operation<T>(observed: Observed, run: () => Promise<T>, codesOf: (answer: T) => readonly string[]): Promise<T> {
    const start = performance.now();
    const answer = await run();
    const { contract } = observed;
    const code = codesOf(answer)[0] ?? "OK";
    const operation = unrun.test(code) ? "none" : observed.hash();
    const series = { contract, operation, code };
    if (operation !== "none") this.#keep(series);
    this.#requests.inc(series);
    this.#requestDuration.observe({ contract, operation }, secondsSince(start));
    return answer;
  }

  async event<T>(observed: Observed, run: () => Promise<T>, codesOf: (answer: T) => readonly string[]): Promise<T> {
    const answer = await run();
    const series = { contract: observed.contract, operation: observed.hash(), code: codesOf(answer)[0] ?? "OK" };
    this.#keep(series);
    this.#events.inc(series);
    return answer;
  }

  async plan<T>(run: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await run();
    } finally {
      this.#planDuration.observe(secondsSince(start));
    }
  }

  async call<T>(subgraph: string, run: () => Promise<T>): Promise<T> {
    const start = performance.now();
    let outcome = "failed";
    try {
      const answer = await run();
      outcome = hasErrors(answer) ? "errors" : "answered";
      return answer;
    } finally {
      this.#calls.inc({ subgraph, outcome });
      this.#callDuration.observe({ subgraph }, secondsSince(start));
    }
  }

  subscription(subgraph: string): () => void {
    this.#subscriptions.inc({ subgraph });
    return () => this.#subscriptions.dec({ subgraph });
  }

  /** Who sends ever new documents takes the place of what has not been run for long, and of nothing else. */
  #keep(series: Series): void {
    const known = this.#operations.get(series.operation);
    const kept = known ?? new Map<string, Series>();
    kept.set(`${series.contract} ${series.code}`, series);
    if (known === undefined) this.#operations.set(series.operation, kept);
  }
}

function hasErrors(answer: unknown): boolean {
  const { errors } = (answer ?? {}) as { errors?: unknown };
  return Array.isArray(errors) && errors.length > 0;
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
