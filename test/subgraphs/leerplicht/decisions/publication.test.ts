import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decidePublication, type MeasuredSignal } from "../../../../subgraphs/leerplicht/decisions/publication.ts";
import { attack } from "../figures-attack.ts";
import { histories, modelLedger, type Step, watch } from "../figures-history.ts";

const now = new Date("2026-12-20T10:00:00Z");
const published = (signals: readonly MeasuredSignal[]) => decidePublication(signals, now);

const of = (movement: Step["movement"], which: number, { month = 1, municipality = 1 } = {}): Step => ({
  month,
  municipality,
  movement,
  which,
  minutes: 10 * (1 + which),
});
const came = (count: number, cell: { month?: number; municipality?: number } = {}) =>
  Array.from({ length: count }, (_, which) => of("came", which, cell));

describe("an operator who asks after every movement and for every range", () => {
  test("finds out nothing about fewer than five signals", async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        expect(attack(await watch(steps, modelLedger(published)))).toEqual([]);
      }),
      { numRuns: 1_000, endOnFailure: true },
    );
  }, 120_000);

  test("sees the rest of a month change a minute after the fifth signal of it came, whatever moves meanwhile", async () => {
    const november = (municipality: number, count: number) => came(count, { month: 0, municipality });
    // Gathered with the fifth and told with the sixth; the next five are gathered with the tenth, and told with a movement
    // of another month.
    const five = [...november(2, 2), ...november(3, 2), ...november(4, 1)];
    const steps = [...five, ...november(1, 3), ...november(2, 2), of("came", 10)];
    const history = await watch(steps, modelLedger(published));
    const rest = history.map(({ answers }) =>
      answers.get("november")?.months.find((one) => one.municipality === "rest"),
    );
    expect(rest.map((one) => one?.signals ?? 0)).toEqual([0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 10]);
    expect(attack(history)).toEqual([]);
  });

  test.each([
    [
      "figures are told as they are",
      (signals: readonly MeasuredSignal[]) => signals.map((signal) => ({ ...signal, ...tellableOf(signal) })),
      /signals at two times differ by 1/,
    ],
    [
      "a cell of which five are told tells each further one",
      (signals: readonly MeasuredSignal[]) => {
        const told = published(signals);
        const isOpen = signals.some(({ minutesToSeen }) => minutesToSeen !== null);
        return isOpen ? signals.map((signal) => ({ ...signal, ...tellableOf(signal) })) : told;
      },
      /^p90MinutesToSeen changed, for which \d+ signals must have moved, after \d+ had/,
    ],
  ])("finds out about single signals where %s", async (_, publish, finding) => {
    const all = Array.from({ length: 12 }, (_, which) => which);
    const steps = [...came(12), ...all.map((which) => of("supported", which))];
    expect((await watch(steps, modelLedger(publish)).then(attack)).filter((one) => finding.test(one))).not.toEqual([]);
  });
});

/** All that could be told of a signal, whatever of the others. */
function tellableOf(signal: MeasuredSignal): Partial<MeasuredSignal> {
  const five = Array.from({ length: 5 }, (_, place) => ({ ...signal, id: `${signal.id} ${place}` }));
  const [told] = decidePublication(five, now);
  return told === undefined ? {} : { ...told, id: signal.id };
}
