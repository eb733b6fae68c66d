import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";

const folder = join(import.meta.dirname, "..", "..", "gateway");

const words = /police|shelter|leerplicht|pupil|incident|school|crisis|\bchild(?!_process)/i;

/** The domain's word, not JavaScript's own signals. */
const word = /(?<!Abort|Termination)Signal/;

const isOfDomain = (line: string) => words.test(line) || word.test(line);

describe("the gateway", () => {
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(ts|md)$/.test(name));

  test.each(sources)("knows no word of the domain: %s", (name) => {
    const lines = readFileSync(join(folder, name), "utf8").split("\n");
    expect(lines.filter(isOfDomain)).toEqual([]);
  });

  test("would not pass with one", () => {
    for (const line of ["a Police report", "raiseSignal()", "type Signal {", "schools"])
      expect(isOfDomain(line)).toBe(true);
    expect(isOfDomain("AbortSignal.timeout(1)")).toBe(false);
  });
});
