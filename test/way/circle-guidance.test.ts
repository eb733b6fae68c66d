import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { withClient } from "../../system/databases.ts";
import type { Json } from "../subgraph.ts";
import {
  endGuidance,
  guidance,
  inWeeks,
  shelterFamily,
  startGuidance,
  supporter,
  withdrawConsent,
} from "./circle-family.ts";
import { type CircleSteps, startCircleSteps } from "./circle-steps.ts";

let steps: CircleSteps;

beforeAll(async () => {
  steps = await startCircleSteps();
}, 180_000);

afterAll(async () => steps[Symbol.asyncDispose]());

describe("guidance", () => {
  test("begins with the family's children and tells no school of it", async () => {
    const begun = await steps.guided(steps.cast.matched);
    expect(begun).toMatchObject({
      supporter,
      parents: [{ name: "Aylin Kaya" }],
      children: [{ name: expect.stringContaining("Noor"), consents: [], school: null }],
    });
    expect(await steps.circlesAtSchool()).toEqual([]);
    expect(await steps.rowsOf("leerplicht", "select from care.circle_search")).toEqual([]);
    await steps.end(begun);
  });

  test("begins by a row that the shelter's own system writes, and a second start gives the same one", async () => {
    const { family } = await shelterFamily(steps.way, [steps.cast.matched]);
    await withClient(steps.way.databases.get("shelter")?.registryUrl ?? "", (registry) =>
      registry.query("insert into registry.begeleiding (gezin_uid, begeleider) values ($1, 'Bo Maas')", [family]),
    );
    const again = await steps.asShelter(startGuidance, { input: { familyId: family, supporter } });
    expect(again.guidance.supporter).toEqual({ name: "Bo Maas", telephone: null, email: null });
    await steps.end(again.guidance);
  });

  test("started ten times at once is one guidance", async () => {
    const { family } = await shelterFamily(steps.way, [steps.cast.matched]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => steps.asShelter(startGuidance, { input: { familyId: family, supporter } })),
    );
    expect(new Set(answers.map((answer) => answer.guidance.id)).size).toBe(1);
    await steps.end(answers[0].guidance);
  });

  test("raises no signal", async () => {
    expect(await steps.rowsOf("shelter", "select from care.sent_signal")).toEqual([]);
  });
});

describe("bad input is refused with a code, and stores nothing", () => {
  let begun: Json;
  let other: Json;
  beforeAll(async () => {
    begun = await steps.guided(steps.cast.matched);
    other = await steps.guided(steps.cast.twoEnrolments);
  });
  afterAll(async () => {
    await steps.end(begun);
    await steps.end(other);
  });

  test.each<[string, () => Json, string]>([
    ["a child who is not of the family", () => ({ childId: other.children[0].id }), "CHILD_NOT_IN_FAMILY"],
    ["a child who is none", () => ({ childId: "999990019" }), "CHILD_NOT_IN_FAMILY"],
    ["a parent of the other child", () => ({ parentId: other.parent }), "PARENT_NOT_IN_FAMILY"],
    ["a child as the parent", () => ({ parentId: begun.children[0].id }), "PARENT_NOT_IN_FAMILY"],
    ["a day that is past", () => ({ validUntil: "2020-01-01" }), "VALID_UNTIL_INVALID"],
    ["a day that is years away", () => ({ validUntil: inWeeks(60) }), "VALID_UNTIL_INVALID"],
    ["a guidance that never was", () => ({ guidanceId: randomUUID() }), "GUIDANCE_NOT_FOUND"],
    ["a guidance that is no id", () => ({ guidanceId: "1" }), "GUIDANCE_NOT_FOUND"],
  ])("consent with %s", async (_, change, code) => {
    expect((await steps.consented(begun, change())).code).toBe(code);
    expect(await steps.rowsOf("shelter", "select from care.consent where ended_at is null")).toEqual([]);
  });

  test("consent after the end of guidance", async () => {
    const over = await steps.guided(steps.cast.matched);
    await steps.end(over);
    expect((await steps.consented(over)).code).toBe("GUIDANCE_ENDED");
  });

  test.each([
    ["no name", { ...supporter, name: " " }],
    ["no way to reach them", { name: "Iris" }],
    ["a telephone number that is none", { name: "Iris", telephone: "call me" }],
    ["an address that is none", { name: "Iris", email: "iris" }],
    ["a name that turns the writing", { ...supporter, name: "Iris\u202e" }],
  ])("a supporter with %s", async (_, wrong) => {
    const { family } = await shelterFamily(steps.way, [steps.cast.matched]);
    const answer = await steps.asShelter(startGuidance, { input: { familyId: family, supporter: wrong } });
    expect(answer.code).toBe("INVALID_SUPPORTER");
  });

  test("a family of another shelter, as one that never was", async () => {
    await steps.rowsOf(
      "shelter",
      "insert into registry.opvanglocatie values (2, 'De Brug', 'Heidekant', '00000099000000003100')",
    );
    const { family } = await shelterFamily(steps.way, [steps.cast.matched], 2);
    const foreign = await steps.asShelter(startGuidance, { input: { familyId: family, supporter } });
    expect(foreign).toEqual({ __typename: "FamilyNotFound", code: "FAMILY_NOT_FOUND" });
    expect(await steps.asShelter(startGuidance, { input: { familyId: randomUUID(), supporter } })).toEqual(foreign);
    expect(await steps.asShelter(startGuidance, { input: { familyId: "x", supporter } })).toEqual(foreign);
  });

  test.each(["999990019", randomUUID()])("a consent or guidance to end that is not there: %s", async (id) => {
    expect((await steps.asShelter(withdrawConsent, { id })).code).toBe("CONSENT_NOT_FOUND");
    expect((await steps.asShelter(endGuidance, { id })).code).toBe("GUIDANCE_NOT_FOUND");
    expect(await steps.asShelter(guidance, { id })).toBeNull();
  });
});
