import { quantile } from "../own-system.ts";
import type { Measured } from "./measure.ts";

export interface Row extends Measured {
  readonly name: string;
}

/** How the figures were taken. */
export const method = [
  "Bytes a client: resident memory of the gateway's process (process.memoryUsage.rss) with all clients idle, less the same",
  "with the first 100, by the number of the others; after four collections of all that can be had, as it stands before",
  "them, and after all events. An event is told by one subgraph and enriched by another: to each client, of all events",
  "together, and to the last client of each event. Ratios are to the first row.",
].join("\n");

const columns = [
  "bytes a client",
  "×",
  "as it stands",
  "heap",
  "after events",
  "each client p50 ms",
  "p99",
  "max",
  "last client p50 ms",
  "×",
  "p99",
  "max",
  "upstream",
];

/** A Markdown table. */
export function tableOf(clients: number, rows: readonly Row[]): string {
  const head = [`${clients.toLocaleString("en")} clients, ${rows[0]?.fanOuts.length ?? 0} events`, ...columns];
  const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
  const cells = rows.map((row) => cellsOf(row, rows[0] ?? row));
  return [head, rule, ...cells].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function cellsOf(row: Row, first: Row): readonly string[] {
  const bytes = (value: number) => Math.round(value).toLocaleString("en");
  const quantiles = (values: readonly number[]) => [0.5, 0.99, 1].map((share) => quantile(values, share).toFixed(1));
  const [eachMedian = "", ...eachRest] = quantiles(row.deliveries);
  const [lastMedian = "", ...lastRest] = quantiles(row.fanOuts);
  const ratio = (quantity: (one: Row) => number) => (quantity(row) / quantity(first)).toFixed(1);
  return [
    row.name,
    bytes(row.resident),
    ratio(({ resident }) => resident),
    bytes(row.standing),
    bytes(row.heap),
    bytes(row.residentLater),
    eachMedian,
    ...eachRest,
    lastMedian,
    ratio(({ fanOuts }) => quantile(fanOuts, 0.5)),
    ...lastRest,
    String(row.upstream),
  ];
}
