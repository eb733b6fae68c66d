import { Counter, Gauge, type Registry } from "prom-client";
import type { OpenSockets } from "../../plumbing/websocket.ts";
import type { SocketCounts } from "../doors/socket.ts";
import type { CallCounts } from "../upstream/http-calls.ts";
import type { ReloadOutcome } from "./reload.ts";

/** Of the gateway itself, what is true at the moment of asking. */
export interface Present {
  /** WebSockets of clients. */
  readonly sockets: OpenSockets;
  /** Whether the circuit of each subgraph is open, by its name. */
  circuits(): ReadonlyMap<string, boolean>;
}

/** Counts for Prometheus of what happens besides operations and calls. They are by subgraph or by nothing. */
export class Counters implements SocketCounts, CallCounts {
  readonly #registry: Registry;
  readonly #told: Counter;
  readonly #slow: Counter;
  readonly #retries: Counter<"subgraph">;
  readonly #reloads: Counter<"outcome">;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#registry = registry;
    this.#told = new Counter({
      name: "gateway_events_told_total",
      help: "Events by the clients that each was sent to.",
      registers,
    });
    this.#slow = new Counter({
      name: "gateway_slow_readers_closed_total",
      help: "WebSockets that were closed as too much waited for them.",
      registers,
    });
    this.#retries = new Counter({
      name: "gateway_subgraph_retries_total",
      help: "Queries that were sent once more as the connection was lost.",
      labelNames: ["subgraph"],
      registers,
    });
    this.#reloads = new Counter({
      name: "gateway_reloads_total",
      help: "Changed files by what came of them: served, refused.",
      labelNames: ["outcome"],
      registers,
    });
  }

  told(): void {
    this.#told.inc();
  }

  closedAsSlow(): void {
    this.#slow.inc();
  }

  retried(subgraph: string): void {
    this.#retries.inc({ subgraph });
  }

  reloaded(outcome: ReloadOutcome): void {
    this.#reloads.inc({ outcome });
  }

  /** From now on, tells what is at the moment of asking. */
  show({ sockets, circuits }: Present): void {
    new Gauge({
      name: "gateway_sockets",
      help: "WebSockets of clients that are open.",
      registers: [this.#registry],
      collect() {
        this.set(sockets.size);
      },
    });
    new Gauge({
      name: "gateway_subgraph_circuit_open",
      help: "1 while a subgraph is not called, as calls to it have failed in a row.",
      labelNames: ["subgraph"],
      registers: [this.#registry],
      collect() {
        // Subgraphs come and go with the supergraph.
        this.reset();
        for (const [subgraph, isOpen] of circuits()) this.set({ subgraph }, isOpen ? 1 : 0);
      },
    });
  }
}
