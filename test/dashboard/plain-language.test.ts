import { describe, expect, test } from "@jest/globals";
import { texts as familyNl } from "../../dashboard/language/family/nl.ts";
import { texts as nl } from "../../dashboard/language/nl.ts";

/*
 * Level B1 asks for more than short sentences, but long ones are never B1: on average ten words, and none over fifteen.
 */

/** A list of one is written as the word in it. */
const word = ["woord"];

/** Every text, by where it stands; one that is made from others with a word in the place of each. */
function textsIn(value: unknown, path = ""): (readonly [path: string, text: string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return textsIn(value(word, word, word), path);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => textsIn(part, `${path}.${name}`));
}

const sentences = [...textsIn(nl), ...textsIn(familyNl)].flatMap(([path, text]) =>
  text
    .split(/(?<=[.?!:])\s+/)
    .filter((sentence) => /\s/.test(sentence))
    .map((sentence) => ({ path, words: sentence.split(/\s+/).length, sentence })),
);

describe("the Dutch", () => {
  test("has no sentence of more than fifteen words", () => {
    expect(sentences.length).toBeGreaterThan(200);
    expect(sentences.filter(({ words }) => words > 15)).toEqual([]);
  });

  test("has sentences of ten words or fewer, taken together", () => {
    const whole = sentences.filter(({ sentence }) => /[.?!]$/.test(sentence));
    expect(whole.reduce((sum, { words }) => sum + words, 0) / whole.length).toBeLessThanOrEqual(10);
  });
});
