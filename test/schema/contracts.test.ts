import { readFile } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import { getIntrospectionQuery, graphqlSync, type IntrospectionQuery, parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { readContractDefinitions } from "../../gateway/contracts/definition.ts";

const file = (name: string) => readFile(new URL(`../../schema/${name}`, import.meta.url), "utf8");
const supergraph = parse(await file("supergraph.graphql"));
const definitions = readContractDefinitions(await file("contracts.json"));

/** What a party finds when it asks its schema for all that there is. */
function introspect(party: string): { readonly types: string[]; readonly fields: string[]; readonly text: string } {
  const definition = definitions.get(party);
  if (definition === undefined) throw new Error(`No contract ${party}`);
  const { schema } = deriveContract(party, supergraph, definition);
  const { data } = graphqlSync({ schema, source: getIntrospectionQuery({ directiveIsRepeatable: true }) });
  const { __schema: found } = data as unknown as IntrospectionQuery;
  const types = found.types.filter(({ name }) => !name.startsWith("__"));
  const fields = types.flatMap((type) => [
    ...("fields" in type ? (type.fields ?? []).map(({ name }) => `${type.name}.${name}`) : []),
    ...("inputFields" in type ? (type.inputFields ?? []).map(({ name }) => `${type.name}.${name}`) : []),
  ]);
  return { types: types.map(({ name }) => name), fields, text: JSON.stringify(data) };
}

function rootFields(party: string): string[] {
  return introspect(party)
    .fields.filter((name) => /^(Query|Mutation|Subscription)\./.test(name))
    .sort();
}

/** The parties that report incidents. */
const agencies = [...definitions].filter(([, { tags }]) => tags?.includes("agency")).map(([party]) => party);

const agencyDoors = [
  "Mutation.reportIncident",
  "Mutation.withdrawSignal",
  "Query.incident",
  "Query.incidents",
  "Query.sentSignals",
  "Subscription.sentSignalEvents",
];

/** What shelter and school do together, where a parent agrees. */
const conversationDoors = [
  "Mutation.callForTalk",
  "Mutation.cancelTalk",
  "Mutation.chooseMoment",
  "Mutation.confirmAction",
  "Mutation.proposeMoments",
  "Mutation.recordTalk",
  "Query.conversation",
  "Query.conversations",
  "Subscription.conversationEvents",
];

/** What a shelter can do besides, for families who take part. */
const guidanceDoors = [
  "Mutation.reportViolence",
  "Mutation.changeSupporter",
  "Mutation.endGuidance",
  "Mutation.inviteParent",
  "Mutation.recordConsent",
  "Mutation.startGuidance",
  "Mutation.withdrawConsent",
  "Query.guidance",
  "Query.guidances",
  "Subscription.guidanceEvents",
];

/** The one thing that a shelter learns of a school, and that by a parent's consent. */
const byConsent =
  /^CircleSchool(\.(name|city|contacts))?$|^GuidedChild\.school$|^(Consent|RecordConsentInput)\.schoolId$/;

describe("each party finds the doors that were promised to it, and no other", () => {
  test.each([
    ...agencies.map((party): [string, string[]] => [
      party,
      (party === "shelter" ? [...agencyDoors, ...guidanceDoors, ...conversationDoors] : agencyDoors).toSorted(),
    ]),
    [
      "school",
      [
        "Mutation.acknowledgeSignal",
        "Mutation.cancelAbsence",
        "Mutation.confirmSupport",
        "Mutation.handOverSignal",
        "Mutation.recordAbsence",
        "Mutation.removeSchoolDays",
        "Mutation.returnSignal",
        "Mutation.sendPracticeSignal",
        "Mutation.setContactHours",
        "Mutation.setSchoolDays",
        ...conversationDoors,
        "Query.me",
        "Query.school",
        "Query.schools",
        "Query.signal",
        "Query.signals",
        "Query.supportCircles",
        "Subscription.signalEvents",
        "Subscription.supportCircleEvents",
      ].toSorted(),
    ],
    [
      "leerplicht",
      [
        "Mutation.claimRoutingTask",
        "Mutation.closeRoutingTask",
        "Mutation.releaseRoutingTask",
        "Mutation.reportPupilAbsence",
        "Mutation.routeToSchool",
        "Query.contactGaps",
        "Query.pupilAbsences",
        "Query.routingTask",
        "Query.routingTasks",
        "Subscription.pupilAbsenceEvents",
        "Subscription.routingTaskEvents",
      ],
    ],
    [
      "release",
      ["Mutation.releaseSignal", "Mutation.stopSignal", "Query.releaseTasks", "Subscription.releaseTaskEvents"],
    ],
    [
      "parent",
      ["Mutation.openParentView", "Mutation.withdrawOwnConsent", "Query.parentView", "Subscription.parentViewEvents"],
    ],
    ["operator", ["Query.guidanceFigures", "Query.statistics"]],
    [
      "service",
      [
        "Mutation.closeCircle",
        "Mutation.deliverSignal",
        "Mutation.endSearch",
        "Mutation.findSchool",
        "Mutation.openCircle",
        "Mutation.raiseAbsence",
        "Mutation.remindContacts",
        "Mutation.reportTalk",
        ...agencies.map((party) => `Mutation.record${party.charAt(0).toUpperCase()}${party.slice(1)}Progress`).sort(),
        "Mutation.reportContactGap",
        "Mutation.reportAppearance",
        "Mutation.reportProgress",
        "Mutation.submitSignal",
        "Mutation.withdrawDelivery",
        "Mutation.withdrawSubmission",
        "Mutation.recordSchool",
        "Query.heartbeat",
      ].sort(),
    ],
  ])("%s", (party, doors) => {
    expect(rootFields(party)).toEqual(doors);
  });
});

describe("what a party must not learn has no place in its schema", () => {
  const told = /incident|categor|occurred|dueBy|sender|sentSignal|bsn|routing|police|shelter|violence|abuse/i;
  test("a school: no incident, no sender, no deadline, no count, no BSN", () => {
    const { types, fields } = introspect("school");
    expect([...types, ...fields].filter((name) => told.test(name))).toEqual([]);
    expect(fields.filter((name) => /count|total|number/i.test(name))).toEqual([]);
  });

  test.each(agencies)("%s: no school, pupil, enrolment, or routing", (party) => {
    const { types, fields } = introspect(party);
    const names = [...types, ...fields].filter((name) =>
      /school|pupil|enrol|candidate|routing|match|seenAt/i.test(name),
    );
    expect(names.filter((name) => party !== "shelter" || !byConsent.test(name))).toEqual([]);
  });

  test("shelter, school and parent: not the key that joins a circle", () => {
    for (const party of ["shelter", "school", "parent"]) expect(introspect(party).text).not.toContain("circleKey");
  });

  test.each(["leerplicht", "release"])("%s: not what happened, nor who said so", (party) => {
    const { types, fields } = introspect(party);
    const names = [...types, ...fields].filter((name) =>
      /incident|categor|occurred|sender|sent|police|shelter/i.test(name),
    );
    expect(names).toEqual([]);
  });

  test("a release desk: no school, no routing", () => {
    const { types, fields } = introspect("release");
    const names = [...types, ...fields].filter((name) =>
      /school|pupil|enrol|candidate|routing|match|dueBy/i.test(name),
    );
    expect(names).toEqual([]);
  });

  test("a parent: no incident, no signal, no pupil of the school's", () => {
    const { types, fields } = introspect("parent");
    expect([...types, ...fields].filter((name) => /signal|incident|pupil|routing|enrol/i.test(name))).toEqual([]);
  });

  test("an operator: figures alone", () => {
    expect(introspect("operator").types.sort()).toEqual([
      "Boolean",
      "Date",
      "Float",
      "GuidanceFigures",
      "Int",
      "MonthStatistics",
      "Query",
      "ReasonCount",
      "RoutingReason",
      "Statistics",
      "String",
    ]);
  });

  test("nobody: the machinery of the federation", () => {
    for (const party of definitions.keys()) {
      const { text } = introspect(party);
      expect(text).not.toMatch(/join__|link__|inaccessible|_entities|_service|_Any/);
    }
  });
});

test("no party can see two of sender's, router's and receiver's view of one signal", () => {
  for (const party of definitions.keys()) {
    const views = introspect(party).types.filter((name) =>
      ["SentSignal", "ReleaseTask", "RoutingTask", "Signal"].includes(name),
    );
    expect(views.length).toBeLessThanOrEqual(1);
  }
});
