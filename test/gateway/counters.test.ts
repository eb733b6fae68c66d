import { expect, test } from "@jest/globals";
import { Registry } from "prom-client";
import { Counters } from "../../gateway/operation/counters.ts";

test("what happens besides operations is counted, and what is at the moment is told when it is asked", async () => {
  const registry = new Registry();
  const counters = new Counters(registry);
  const circuits = new Map([
    ["one", false],
    ["other", true],
  ]);
  let size = 3;
  const sockets = {
    get size() {
      return size;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  counters.show({ sockets, circuits: () => circuits });
  for (let times = 0; times < 5; times += 1) counters.told();
  counters.closedAsSlow();
  counters.retried("one");
  counters.reloaded("served");
  counters.reloaded("refused");
  counters.reloaded("refused");
  const lines = (await registry.metrics()).split("\n");
  for (const line of [
    "gateway_events_told_total 5",
    "gateway_slow_readers_closed_total 1",
    'gateway_subgraph_retries_total{subgraph="one"} 1',
    'gateway_reloads_total{outcome="served"} 1',
    'gateway_reloads_total{outcome="refused"} 2',
    'gateway_subgraph_circuit_open{subgraph="one"} 0',
    'gateway_subgraph_circuit_open{subgraph="other"} 1',
    "gateway_sockets 3",
  ]) {
    expect(lines).toContain(line);
  }
  // A new supergraph knows another by another name.
  circuits.delete("other");
  size = 0;
  const text = await registry.metrics();
  expect(text).not.toContain('subgraph="other"');
  expect(text).toContain("gateway_sockets 0");
});
