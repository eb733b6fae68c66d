import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Json } from "../subgraph.ts";
import { report, sent } from "./agency-operations.ts";
import { startWay, type WaySystem } from "./way-system.ts";

let way: WaySystem;

beforeAll(async () => {
  way = await startWay();
}, 180_000);

afterAll(async () => way[Symbol.asyncDispose]());

describe("bad input", () => {
  const good = () => ({
    idempotencyKey: randomUUID(),
    occurredAt: new Date().toISOString(),
    category: "DOMESTIC_VIOLENCE",
    children: [{ bsn: "999990019" }] as Json[],
  });

  test.each([
    ["a BSN that fails the test", { children: [{ bsn: "133456785" }] }, "children[0].bsn", "BSN_INVALID"],
    ["an occurrence in the future", { occurredAt: "2099-01-01T00:00:00Z" }, "occurredAt", "OCCURRED_IN_FUTURE"],
    [
      "21 children",
      { children: Array.from({ length: 21 }, () => ({ bsn: "999990019" })) },
      "children",
      "CHILDREN_COUNT",
    ],
  ])("such as %s gets a clear answer that does not repeat it, and nothing is stored", async (_, change, path, code) => {
    const before = (await way.ask("police-integrator", sent)).data.sentSignals.edges.length;
    const { data } = await way.ask("police-integrator", report, { input: { ...good(), ...change } });
    expect(data.reportIncident.problems).toContainEqual({ path, code });
    expect(JSON.stringify(data)).not.toContain("133456785");
    expect((await way.ask("police-integrator", sent)).data.sentSignals.edges).toHaveLength(before);
  });

  test("such as an unknown field or a variable of the wrong kind has a code and repeats nothing", async () => {
    const unknown = await way.ask("police-integrator", "{ inbox { id } }");
    expect(unknown.errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    const wrong = await way.ask("police-integrator", report, {
      input: { ...good(), children: [{ bsn: { number: "999990019" } }] },
    });
    expect(wrong.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(JSON.stringify(wrong)).not.toContain("999990019");
  });

  test("such as an unknown school is no school", async () => {
    const { data } = await way.ask("school-contact", '{ school(id: "12ZZ99") { name } }');
    expect(data.school).toBeNull();
  });

  test("such as a field of another party does not exist, and no name is suggested", async () => {
    const answer = await way.ask("school-contact", "{ sentSignal { id } }");
    expect(answer.errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    expect(JSON.stringify(answer)).not.toContain("Did you mean");
  });
});
