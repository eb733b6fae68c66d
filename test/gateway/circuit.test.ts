import { describe, expect, test } from "@jest/globals";
import { Circuit } from "../../gateway/upstream/circuit.ts";

function broken() {
  let now = 0;
  const circuit = new Circuit(() => now);
  for (let failures = 0; failures < 10; failures += 1) {
    expect(circuit.admit()).toBe(true);
    circuit.fail();
  }
  return { circuit, pass: (milliseconds: number) => (now += milliseconds) };
}

describe("a circuit", () => {
  test("opens after ten failures in a row", () => {
    expect(broken().circuit.admit()).toBe(false);
  });

  test("stays closed while a success comes in between", () => {
    const circuit = new Circuit(() => 0);
    for (let calls = 0; calls < 100; calls += 1) {
      if (calls % 9 === 0) circuit.succeed();
      else circuit.fail();
    }
    expect(circuit.admit()).toBe(true);
  });

  test("lets one call through after a second, and all once that has succeeded", () => {
    const { circuit, pass } = broken();
    pass(999);
    expect(circuit.admit()).toBe(false);
    pass(1);
    expect([circuit.admit(), circuit.admit()]).toEqual([true, false]);
    circuit.succeed();
    expect([circuit.admit(), circuit.admit()]).toEqual([true, true]);
  });

  test("waits anew when the one call fails", () => {
    const { circuit, pass } = broken();
    pass(1_000);
    expect(circuit.admit()).toBe(true);
    circuit.fail();
    pass(999);
    expect(circuit.admit()).toBe(false);
    pass(1);
    expect(circuit.admit()).toBe(true);
  });
});
