import { describe, expect, test } from "@jest/globals";
import type { GivenReport } from "../../../../subgraphs/agency/decisions/incident-report.ts";
import { reportDigest } from "../../../../subgraphs/agency/decisions/report-digest.ts";

const key = Buffer.alloc(32, 1).toString("base64");
const given: GivenReport = {
  idempotencyKey: "key",
  occurredAt: new Date("2026-11-23T08:00:00Z"),
  category: "CHILD_ABUSE",
  children: [{ bsn: "999990019" }],
};

describe("the digest of a report", () => {
  test("is the same for an absent field and an explicit null, and under another key of the client", () => {
    const same = { ...given, idempotencyKey: "other", reference: null, children: [{ bsn: "999990019", name: null }] };
    expect(reportDigest(same, key)).toEqual(reportDigest(given, key));
  });

  test.each<[string, Partial<GivenReport>]>([
    ["reference", { reference: "1" }],
    ["moment", { occurredAt: new Date("2026-11-23T08:00:01Z") }],
    ["category", { category: "OTHER" }],
    ["child", { children: [{ bsn: "999993653" }] }],
    ["number of children", { children: [{ bsn: "999990019" }, {}] }],
  ])("is another for another %s", (_, changes) => {
    expect(reportDigest({ ...given, ...changes }, key)).not.toEqual(reportDigest(given, key));
  });

  test("cannot be made without the key", () => {
    expect(reportDigest(given, Buffer.alloc(32, 2).toString("base64"))).not.toEqual(reportDigest(given, key));
  });
});
