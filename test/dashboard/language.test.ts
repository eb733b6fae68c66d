import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { buildSchema, type GraphQLEnumType } from "graphql";
import { texts as en } from "../../dashboard/language/en.ts";
import { texts as familyEn } from "../../dashboard/language/family/en.ts";
import { texts as familyNl } from "../../dashboard/language/family/nl.ts";
import { texts as nl } from "../../dashboard/language/nl.ts";
import { root } from "../../system/root.ts";

const schemaOf = (party: string) =>
  buildSchema(readFileSync(join(root, "schema", "contracts", `${party}.graphql`), "utf8"));
const valuesOf = (party: string, name: string) =>
  (schemaOf(party).getType(name) as GraphQLEnumType).getValues().map((value) => value.name);

const parties = Object.keys(JSON.parse(readFileSync(join(root, "schema", "contracts.json"), "utf8")));

/** The codes that a refusal's description names, as `CODE`. */
const codesOf = (party: string, type: string) => {
  const { code } = (
    schemaOf(party).getType(type) as never as { getFields(): Record<string, { description: string }> }
  ).getFields();
  return [...(code?.description ?? "").matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name ?? "");
};

describe.each([
  ["Dutch", { ...nl, ...familyNl }],
  ["English", { ...en, ...familyEn }],
])("in %s", (_, texts) => {
  test.each([
    ["a task's reason", valuesOf("leerplicht", "RoutingReason"), texts.workList.reasons],
    ["what an officer does about it", valuesOf("leerplicht", "RoutingReason"), texts.workList.whatToDo],
    ["why a school is offered", valuesOf("leerplicht", "CandidateReason"), texts.workList.candidateReasons],
    ["how an officer closes a task", valuesOf("leerplicht", "ClosingOutcome"), texts.workList.outcomes],
    ["what the wall calls a party", parties, texts.wall.partyNames],
    ["how a task ended", valuesOf("leerplicht", "RoutingOutcome"), texts.workList.endings],
    ["why a school returned a signal", valuesOf("leerplicht", "ReturnReason"), texts.workList.returnReasons],
    ["why a release desk stops a signal", valuesOf("release", "StopReason"), texts.release.reasons],
    ["a consent that is refused", codesOf("shelter", "ConsentRefused"), texts.guidance.refusals],
    ["violence that cannot be reported", codesOf("shelter", "ViolenceRefused"), texts.violence.refusals],
    ["a gesture on a talk that is refused", codesOf("shelter", "ConversationRefused"), texts.talks.refusals],
    ["an absence that is refused", codesOf("leerplicht", "PupilAbsenceRefused"), texts.pupilAbsences.refusals],
    ["how far a talk about absence is", valuesOf("leerplicht", "TalkStatus"), texts.talks.status],
    ["why a talk is called for", valuesOf("school", "ConcernKind"), texts.talks.concerns],
    ["who calls for a talk", valuesOf("school", "ConversationSide"), texts.talks.sides],
    ["how far a talk is", valuesOf("school", "ConversationStatus"), texts.talks.status],
    ["a parent's code that is refused", codesOf("parent", "ParentViewRefused"), texts.parent.refusals],
    ["hours that are refused", codesOf("school", "InvalidHours"), texts.contactHours.refusals],
    [
      "days that are refused",
      codesOf("school", "InvalidPeriod"),
      { ...texts.absences.refusals, ...texts.ownDays.refusals },
    ],
  ])("there are words for %s, whichever it is", (_what, values, words) => {
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect((words as Record<string, string>)[value]).toMatch(/\S/);
  });

  test("no two texts that one chooses between are the same", () => {
    for (const words of [texts.workList.reasons, texts.workList.outcomes, texts.workList.endings]) {
      expect(new Set(Object.values(words)).size).toBe(Object.keys(words).length);
    }
  });
});
