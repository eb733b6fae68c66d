import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { buildSchema, parse, validate } from "graphql";
import { root } from "../../system/root.ts";

const folder = join(root, "dashboard", "operations");
/** A folder of two parties' common operations names both, with a plus. */
const files = readdirSync(folder).flatMap((parties) =>
  readdirSync(join(folder, parties)).flatMap((name) =>
    parties.split("+").map((party) => [party, join(parties, name)] as const),
  ),
);

describe("the pages' operations", () => {
  test.each(files)("of %s are in its contract: %s", (party, name) => {
    const schema = buildSchema(readFileSync(join(root, "schema", "contracts", `${party}.graphql`), "utf8"));
    expect(validate(schema, parse(readFileSync(join(folder, name), "utf8")))).toEqual([]);
  });

  test("are there for every party that has an explorer", () => {
    const contracts = JSON.parse(readFileSync(join(root, "schema", "contracts.json"), "utf8"));
    // The parts' own contract is for nobody who looks around.
    const parties = Object.keys(contracts).filter((party) => party !== "service");
    expect([...new Set(files.map(([party]) => party))]).toEqual(expect.arrayContaining(parties));
  });

  test("of one party are not in another's", () => {
    const schema = buildSchema(readFileSync(join(root, "schema", "contracts", "operator.graphql"), "utf8"));
    expect(validate(schema, parse(readFileSync(join(folder, "school", "inbox.graphql"), "utf8")))).not.toEqual([]);
  });

  test("of the list ask for nothing that names a pupil", () => {
    for (const name of ["inbox.graphql", "inbox-events.graphql"]) {
      expect(readFileSync(join(folder, "school", name), "utf8")).not.toMatch(/pupil|displayName|group|message/);
    }
  });
});
