import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { root } from "../../system/root.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");

/** What a part's code can write to its processing log. */
function activitiesOf(part: string): string[] {
  const [, union = ""] = /export type Activity =([^;]*);/.exec(read(`subgraphs/${part}/store/processing.ts`)) ?? [];
  return [...union.matchAll(/"([\w.]+)"/g)].map(([, name]) => `${part} ${name}`);
}

test("each activity of a processing log is described, and no other", () => {
  const page = read("docs/processing-log.md");
  const described = [...page.matchAll(/^\| (\w+) \| `([\w.]+)` \| /gm)].map(([, part, name]) => `${part} ${name}`);
  const known = readdirSync(join(root, "subgraphs")).filter((part) =>
    existsSync(join(root, "subgraphs", part, "store/processing.ts")),
  );
  expect(known.toSorted()).toEqual(["agency", "leerplicht", "school", "shelter"]);
  const possible = [...known.flatMap(activitiesOf), "each log.access", "each log.export"];
  expect(described.toSorted()).toEqual(possible.toSorted());
});
