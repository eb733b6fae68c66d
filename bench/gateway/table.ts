import type { Measurement } from "./measure.ts";

/** A Markdown table, the fastest first. Ratios are to the best of the peers; that of the CPU hangs less on the machine. */
export function formatTable(title: string, measurements: readonly Measurement[]): string {
  const peers = measurements.filter(({ side }) => side === "peers");
  const fastest = Math.max(...peers.map(({ perSecond }) => perSecond));
  const cheapest = Math.min(...peers.map(({ cpu }) => cpu));
  const rows = [...measurements]
    .sort((one, other) => other.perSecond - one.perSecond)
    .map(({ name, perSecond, cpu, megabytes, p50, p99 }) => [
      name,
      perSecond.toFixed(perSecond < 1_000 ? 1 : 0),
      (perSecond / fastest).toFixed(2),
      cpu.toFixed(cpu < 1 ? 3 : 2),
      (cheapest / cpu).toFixed(2),
      megabytes.toFixed(0),
      p50.toFixed(1),
      p99.toFixed(1),
    ]);
  const head = [title, "requests/s", "× best peer", "CPU ms/request", "× best peer", "MB resident", "p50 ms", "p99 ms"];
  const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
