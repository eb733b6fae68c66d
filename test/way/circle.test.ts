import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { withClient } from "../../system/databases.ts";
import type { Json } from "../subgraph.ts";
import {
  circles,
  endGuidance,
  guidance,
  inWeeks,
  recordConsent,
  shelterFamily,
  startGuidance,
  supporter,
  withdrawConsent,
} from "./circle-family.ts";
import { startWay, type WaySystem } from "./way-system.ts";

let way: WaySystem;
let cast: Json;

beforeAll(async () => {
  [way, cast] = await Promise.all([
    startWay(),
    readFile(new URL("../../demo/cast.json", import.meta.url), "utf8").then((text) => JSON.parse(text)),
  ]);
}, 60_000);

afterAll(async () => {
  await way[Symbol.asyncDispose]();
});

async function asShelter(query: string, variables: Record<string, unknown>): Promise<Json> {
  const { data, errors } = await way.ask("shelter-worker", query, variables);
  expect(errors).toBeUndefined();
  return Object.values(data)[0];
}

/** Begins the guidance of a family with these children. */
async function guided(...children: Json[]): Promise<Json> {
  const { family, parent } = await shelterFamily(way, children);
  const { guidance: begun } = await asShelter(startGuidance, { input: { familyId: family, supporter } });
  const isFirst = (child: Json) => child.name.startsWith(children[0].name.givenName);
  return { ...begun, children: begun.children.toSorted((a: Json) => (isFirst(a) ? -1 : 1)), parent };
}

async function consented({ id, parent, children }: Json, change: Json = {}): Promise<Json> {
  const input = { guidanceId: id, childId: children[0].id, parentId: parent, validUntil: inWeeks(8), ...change };
  return asShelter(recordConsent, { input });
}

async function circlesAtSchool(): Promise<Json[]> {
  const { data, errors } = await way.ask("school-contact", circles);
  expect(errors).toBeUndefined();
  return data.supportCircles;
}

/** Waits until the supporter sees a school, or none. */
async function schoolOf({ id, children }: Json, isTheOne: (school: Json) => boolean): Promise<Json> {
  for (;;) {
    const now = await asShelter(guidance, { id });
    const { school } = now.children.find((child: Json) => child.id === children[0].id);
    if (isTheOne(school)) return school;
  }
}

async function end({ id }: Json): Promise<void> {
  expect((await asShelter(endGuidance, { id })).__typename).toBe("GuidanceEnded");
}

/** What stands in a part's table, as the superuser, whom row-level security does not hold. */
async function rowsOf(part: string, sql: string, values: unknown[] = []): Promise<Json[]> {
  return withClient(way.databases.get(part)?.adminUrl ?? "", async (admin) => (await admin.query(sql, values)).rows);
}

describe("guidance", () => {
  test("begins with the family's children and tells no school of it", async () => {
    const begun = await guided(cast.matched);
    expect(begun).toMatchObject({
      supporter,
      parents: [{ name: "Aylin Kaya" }],
      children: [{ name: expect.stringContaining("Noor"), consents: [], school: null }],
    });
    expect(await circlesAtSchool()).toEqual([]);
    expect(await rowsOf("leerplicht", "select from care.circle_search")).toEqual([]);
    await end(begun);
  });

  test("begins by a row that the shelter's own system writes, and a second start gives the same one", async () => {
    const { family } = await shelterFamily(way, [cast.matched]);
    await withClient(way.databases.get("shelter")?.registryUrl ?? "", (registry) =>
      registry.query("insert into registry.begeleiding (gezin_uid, begeleider) values ($1, 'Bo Maas')", [family]),
    );
    const again = await asShelter(startGuidance, { input: { familyId: family, supporter } });
    expect(again.guidance.supporter).toEqual({ name: "Bo Maas", telephone: null, email: null });
    await end(again.guidance);
  });

  test("started ten times at once is one guidance", async () => {
    const { family } = await shelterFamily(way, [cast.matched]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => asShelter(startGuidance, { input: { familyId: family, supporter } })),
    );
    expect(new Set(answers.map((answer) => answer.guidance.id)).size).toBe(1);
    await end(answers[0].guidance);
  });

  test("raises no signal", async () => {
    expect(await rowsOf("shelter", "select from care.sent_signal")).toEqual([]);
  });
});

describe("with a parent's consent", () => {
  test("supporter and school's contact see each other, and after it is withdrawn at once nothing", async () => {
    const begun = await guided(cast.matched);
    const follower = await way.follow(
      "school-contact",
      "subscription { supportCircleEvents { kind circleId circle { supporter { name } } } }",
    );
    const { guidance: recorded } = await consented(begun);
    const [consent] = recorded.children[0].consents;
    expect(consent).toEqual({ id: expect.any(String), state: "GIVEN", givenBy: { name: "Aylin Kaya" } });
    const school = await schoolOf(begun, (one) => one !== null);
    expect(school).toEqual({
      name: "De Wilgenhoek",
      city: null,
      contacts: expect.arrayContaining([{ name: expect.any(String), email: expect.anything() }]),
    });
    const [circle] = await circlesAtSchool();
    expect(circle).toEqual({
      id: expect.any(String),
      since: expect.any(String),
      supporter,
      pupil: {
        displayName: "Noor van der Linden",
        group: { name: expect.any(String) },
        supportCircle: { id: circle.id },
      },
    });

    const withdrawn = await asShelter(withdrawConsent, { id: consent.id });
    expect(withdrawn.guidance.children[0]).toMatchObject({ consents: [{ state: "WITHDRAWN" }], school: null });
    expect(await circlesAtSchool()).toEqual([]);
    expect(await asShelter(withdrawConsent, { id: consent.id })).toEqual(withdrawn);
    const closed = await follower.next(({ kind }) => kind === "CLOSED");
    expect(closed).toEqual({ kind: "CLOSED", circleId: circle.id, circle: null });
    await forgottenEverywhere();
    await end(begun);
  });

  test("for one child nothing is known of another of the family", async () => {
    const begun = await guided(cast.matched, cast.twoEnrolments);
    await consented(begun);
    await schoolOf(begun, (one) => one !== null);
    expect(await circlesAtSchool()).toHaveLength(1);
    const { children } = await asShelter(guidance, { id: begun.id });
    const sibling = children.find(({ id }: Json) => id === begun.children[1].id);
    expect(sibling).toMatchObject({ consents: [], school: null });
    await end(begun);
    expect(await circlesAtSchool()).toEqual([]);
    await forgottenEverywhere();
  });

  test("that is withdrawn before anybody has looked for a school, nobody is told", async () => {
    await way.stop("leerplicht");
    const begun = await guided(cast.matched);
    const { guidance: recorded } = await consented(begun);
    await asShelter(withdrawConsent, { id: recorded.children[0].consents[0].id });
    await way.start("leerplicht");
    await forgottenEverywhere();
    expect(await circlesAtSchool()).toEqual([]);
    await end(begun);
  });

  test("a child whose school no machine can tell is an officer's task of its own kind, who opens the circle", async () => {
    const begun = await guided(cast.twoEnrolments);
    await consented(begun);
    const task = await taskOf(cast.twoEnrolments.name.familyName);
    expect(task).toMatchObject({ reason: "CIRCLE_SCHOOL_UNKNOWN", closedAt: null });
    const [{ id: candidateId, school }] = task.candidates;
    const { data } = await way.ask(
      "leerplicht-officer",
      "mutation ($input: RouteToSchoolInput!) { routeToSchool(input: $input) { __typename } }",
      { input: { taskId: task.id, schoolId: school.id, candidateId } },
    );
    expect(data.routeToSchool.__typename).toBe("SignalRouted");
    expect((await schoolOf(begun, (one) => one !== null)).name).toBe(school.name);
    await end(begun);
    await forgottenEverywhere();
  });

  test("a child who changes school is in a circle with the new one, and no more with the old", async () => {
    const begun = await guided(cast.matched);
    await consented(begun);
    await schoolOf(begun, (one) => one !== null);
    const [old] = await circlesAtSchool();
    await moveToAnotherSchool();
    await night();
    expect(
      (await schoolOf(begun, (one) => one !== null && one.name !== null && one.name !== "De Wilgenhoek")).contacts,
    ).not.toEqual([]);
    expect(await circlesAtSchool()).toEqual([]);
    const [{ pupils: left }] = await rowsOf(
      "school",
      "select count(pupil)::int as pupils from care.circle_pupil where school_id = '99AA00'",
    );
    expect(left).toBe(0);
    expect(old.id).toEqual(expect.any(String));
    await end(begun);
    await moveBack();
    await forgottenEverywhere();
  });

  test("a child who comes from another school is in a circle with the new one, whose contact sees nothing of before", async () => {
    await moveToAnotherSchool();
    const begun = await guided(cast.matched);
    const { guidance: recorded } = await consented(begun);
    await schoolOf(begun, (one) => one !== null);
    const [{ id: circleId }] = recorded.children[0].consents;
    const cancelled = `mutation ($id: ID!) { cancelTalk(input: { conversationId: $id }) { __typename } }`;
    const { conversation } = await asShelter(
      "mutation ($id: ID!) { callForTalk(input: { circleId: $id }) { ... on ConversationChanged { conversation { id } } } }",
      { id: circleId },
    );
    const moments = [new Date(Date.now() + 7 * 24 * 3_600_000).toISOString()];
    await asShelter("mutation ($input: ProposeMomentsInput!) { proposeMoments(input: $input) { __typename } }", {
      input: { conversationId: conversation.id, moments, place: "De Steiger" },
    });
    await asShelter(cancelled, { id: conversation.id });
    expect(await circlesAtSchool()).toEqual([]);
    const follower = await way.follow("school-contact", "subscription { supportCircleEvents { kind circleId } }");

    await moveBack();
    await night();
    expect(await follower.next(({ kind }) => kind === "OPENED")).toEqual({ kind: "OPENED", circleId });
    expect(await circlesAtSchool()).toMatchObject([
      { supporter, pupil: { displayName: "Noor van der Linden", supportCircle: { id: circleId } } },
    ]);
    const { data } = await way.ask("school-contact", "{ conversations { id } over: conversations(over: true) { id } }");
    expect(data).toEqual({ conversations: [], over: [] });
    await end(begun);
    await forgottenEverywhere();
  });
});

describe("a talk", () => {
  const talk = "conversation { id status concern { kind } moments startsAt child { name school { name } } }";
  const atSchool = "conversation { id status concern { kind } circle { supporter { name } pupil { displayName } } }";

  test("is called for by the school and planned with the shelter, each with what it knows of the child", async () => {
    const begun = await guided(cast.matched);
    await consented(begun);
    await schoolOf(begun, (one) => one !== null);
    const [{ id: circleId }] = await circlesAtSchool();
    const follower = await way.follow("shelter-worker", `subscription { conversationEvents { ${talk} } }`);
    const { data } = await way.ask(
      "school-contact",
      `mutation ($id: ID!) { callForTalk(input: { circleId: $id }) { ... on ConversationChanged { ${atSchool} } } }`,
      { id: circleId },
    );
    const { conversation } = data.callForTalk;
    expect(conversation).toEqual({
      id: expect.any(String),
      status: "CALLED",
      concern: { kind: "OTHER" },
      circle: { supporter: { name: supporter.name }, pupil: { displayName: "Noor van der Linden" } },
    });
    const moments = [new Date(Date.now() + 7 * 24 * 3_600_000).toISOString()];
    await asShelter(
      `mutation ($input: ProposeMomentsInput!) { proposeMoments(input: $input) { ... on ConversationChanged { ${talk} } } }`,
      { input: { conversationId: conversation.id, moments, place: "De Steiger" } },
    );
    const event = await follower.next(({ conversation: known }) => known?.status === "PROPOSED");
    expect(event.conversation).toMatchObject({
      id: conversation.id,
      concern: null,
      moments,
      child: { name: "Noor van der Linden", school: { name: "De Wilgenhoek" } },
    });
    await end(begun);
    expect((await way.ask("school-contact", "{ conversations(over: true) { id } }")).data.conversations).toEqual([]);
    await forgottenEverywhere();
  });
});

test("a parent sees by a code with whom what was shared, and takes consent back for all", async () => {
  const begun = await guided(cast.matched);
  await consented(begun);
  await schoolOf(begun, (one) => one !== null);
  const invite =
    "mutation ($input: InviteParentInput!) { inviteParent(input: $input) { ... on ParentInvited { code } } }";
  const { code } = await asShelter(invite, { input: { guidanceId: begun.id, parentId: begun.parent } });
  const fields =
    "supporter { name } children { name consents { id state school { name contacts { name } } sharings { until } } }";
  const asParent = async (query: string, variables: Json) => {
    const { data, errors } = await way.ask("parent", query, variables);
    expect(errors).toBeUndefined();
    return Object.values(data)[0] as Json;
  };
  const { key, view } = await asParent(
    `mutation ($code: String!) { openParentView(input: { code: $code }) { ... on ParentViewOpened { key view { ${fields} } } } }`,
    { code },
  );
  const [{ id: consentId, ...consent }] = view.children[0].consents;
  expect(consent).toEqual({
    state: "GIVEN",
    school: { name: "De Wilgenhoek", contacts: expect.arrayContaining([{ name: expect.any(String) }]) },
    sharings: [{ until: null }],
  });
  const after = await asParent(
    `mutation ($input: WithdrawOwnConsentInput!) { withdrawOwnConsent(input: $input) { ... on ParentView { ${fields} } } }`,
    { input: { key, consentId } },
  );
  expect(after.children[0].consents[0]).toMatchObject({ state: "WITHDRAWN", school: null });
  expect(await circlesAtSchool()).toEqual([]);
  await forgottenEverywhere();
  await end(begun);
});

describe("Leerplicht's concern about absence", () => {
  const today = new Date().toISOString().slice(0, 10);
  const absence = "id firstDay lastDay talk child { name bsn }";
  const taken = { __typename: "PupilAbsenceReported" };
  const conversations = "{ conversations { id status concern { kind raisedBy } } }";

  async function reported(child: Json, change: Json = {}): Promise<Json> {
    const { bsn } = child;
    const { data, errors } = await way.ask(
      "leerplicht-officer",
      `mutation ($input: ReportPupilAbsenceInput!) { reportPupilAbsence(input: $input) {
        __typename ... on PupilAbsenceRefused { code } } }`,
      { input: { child: { bsn }, firstDay: today, lastDay: today, ...change } },
    );
    expect(errors).toBeUndefined();
    return data.reportPupilAbsence;
  }

  /** The talk at the shelter, once the call for it has come. */
  async function called(): Promise<Json> {
    for (;;) {
      const { data } = await way.ask("shelter-worker", conversations);
      if (data.conversations.length > 0) return data.conversations[0];
    }
  }

  test("calls for a talk, of which it learns how far it is, and no more", async () => {
    const begun = await guided(cast.matched);
    expect(await reported(cast.matched)).toEqual(taken);
    await consented(begun, { covers: ["CONCERNS"] });
    await schoolOf(begun, (one) => one !== null);
    const follower = await way.follow(
      "leerplicht-officer",
      `subscription { pupilAbsenceEvents { absence { ${absence} } } }`,
    );
    expect(await reported(cast.matched)).toEqual(taken);
    const talk = await called();
    expect(talk).toMatchObject({ status: "CALLED", concern: { kind: "ABSENCE", raisedBy: "LEERPLICHT" } });
    expect((await way.ask("school-contact", conversations)).data).toEqual({ conversations: [] });
    expect(await reported(cast.matched, { firstDay: "2026-01-05" })).toEqual(taken);
    expect((await way.ask("leerplicht-officer", `{ pupilAbsences { ${absence} } }`)).data.pupilAbsences).toEqual([]);

    const moments = [new Date(Date.now() + 7 * 24 * 3_600_000).toISOString()];
    await asShelter("mutation ($input: ProposeMomentsInput!) { proposeMoments(input: $input) { __typename } }", {
      input: { conversationId: talk.id, moments, place: "De Steiger" },
    });
    const event = await follower.next(({ absence: known }) => known.talk === "PROPOSED");
    const { absence: first } = event;
    expect(first).toEqual({
      id: expect.any(String),
      firstDay: "2026-01-05",
      lastDay: today,
      talk: "PROPOSED",
      child: { name: expect.stringContaining("van der Linden"), bsn: cast.matched.bsn },
    });
    await end(begun);
    const over = await follower.next(({ absence: known }) => known.talk === "CANCELLED");
    expect(over.absence.id).toBe(first.id);
    await forgottenEverywhere();
    const { data } = await way.ask("leerplicht-officer", `{ pupilAbsences { ${absence} } }`);
    expect(data.pupilAbsences).toEqual([{ ...first, talk: "CANCELLED", child: { name: null, bsn: null } }]);
    expect(await reported(cast.matched)).toEqual(taken);
  });

  test("comes by a row of the office's own registry as well, and calls for nothing without consent", async () => {
    const row = `insert into registry.verzuimmelding (jeugdige_id, eerste_dag, laatste_dag, kantoor_oin)
      select jeugdige_id, current_date, current_date, '00000099000000004000' from registry.jeugdige where bsn = $1`;
    const begun = await guided(cast.matched);
    const before = await rowsOf("leerplicht", "select from care.absence");
    await rowsOf("leerplicht", row, [cast.matched.bsn]);
    expect(await rowsOf("leerplicht", "select from care.absence")).toEqual(before);
    await consented(begun);
    await schoolOf(begun, (one) => one !== null);
    await rowsOf("leerplicht", row, [cast.matched.bsn]);
    // The supporter learns why only if the parent agrees.
    expect(await called()).toMatchObject({ status: "CALLED", concern: null });
    await end(begun);
    await forgottenEverywhere();
  });

  test("is refused with a code where input is wrong", async () => {
    expect(await reported({ bsn: "999999990" })).toMatchObject({ code: "CHILD_NOT_FOUND" });
    expect(await reported(cast.matched, { firstDay: "2026-01-06", lastDay: "2026-01-05" })).toMatchObject({
      code: "DAYS_INVALID",
    });
    expect(await reported(cast.matched, { lastDay: "2099-01-01" })).toMatchObject({ code: "DAYS_INVALID" });
  });
});

/** Waits until neither Leerplicht nor the school nor an outbox has anything left that names a child of a circle. */
async function forgottenEverywhere(): Promise<void> {
  const left = async (part: string, sql: string) => (await rowsOf(part, sql)).length;
  for (;;) {
    const counts = await Promise.all([
      left("leerplicht", "select from care.circle_search where sought is not null or school_id is not null"),
      left("school", "select from care.circle_pupil where pupil is not null"),
      left("shelter", "select from care.outbox where acknowledged_at is null"),
      left("leerplicht", "select from care.outbox where acknowledged_at is null"),
    ]);
    if (counts.every((count) => count === 0)) return;
  }
}

async function taskOf(name: string): Promise<Json> {
  const tasks = `{ routingTasks(reason: [CIRCLE_SCHOOL_UNKNOWN]) { edges { node {
    id reason closedAt dueBy child { name } candidates { id school { id name } } } } } }`;
  for (;;) {
    const { data, errors } = await way.ask("leerplicht-officer", tasks);
    expect(errors).toBeUndefined();
    const found = data.routingTasks.edges.find(({ node }: Json) => node.child.name?.includes(name));
    if (found) return found.node;
  }
}

/** The registries of Leerplicht and of another school say that the child goes there from today. */
async function moveToAnotherSchool(): Promise<void> {
  const { bsn } = cast.matched;
  await rowsOf(
    "leerplicht",
    `with left_school as (
      update registry.inschrijving set datum_uit = current_date
      where jeugdige_id = (select jeugdige_id from registry.jeugdige where bsn = $1) and datum_uit is null
      returning jeugdige_id)
    insert into registry.inschrijving (jeugdige_id, brin, vestiging, datum_in)
      select jeugdige_id, '99AB', '00', current_date from left_school`,
    [bsn],
  );
  await rowsOf(
    "school",
    `insert into registry.leerling (brincode, dependancecode, sleutel, achternaam, voorvoegsel, roepnaam, geboortedatum, bsn)
    select '99AB', '00', 'moved', achternaam, voorvoegsel, roepnaam, geboortedatum, bsn from registry.leerling where bsn = $1`,
    [bsn],
  );
}

/** It is night: Leerplicht looks again where the children of circles go to school. */
async function night(): Promise<void> {
  await rowsOf(
    "leerplicht",
    `select graphile_worker.add_job('followEnrolment', json_build_object('id', id), job_key := 'circle search:' || id)
    from care.circle_search where ended_at is null`,
  );
}

async function moveBack(): Promise<void> {
  const { bsn } = cast.matched;
  await rowsOf("school", "delete from registry.leerling where sleutel = 'moved'");
  await rowsOf(
    "leerplicht",
    `with gone as (delete from registry.inschrijving where brin = '99AB' and jeugdige_id =
      (select jeugdige_id from registry.jeugdige where bsn = $1) returning jeugdige_id)
    update registry.inschrijving set datum_uit = null where jeugdige_id in (select jeugdige_id from gone)`,
    [bsn],
  );
}

describe("bad input is refused with a code, and stores nothing", () => {
  let begun: Json;
  let other: Json;
  beforeAll(async () => {
    begun = await guided(cast.matched);
    other = await guided(cast.twoEnrolments);
  });
  afterAll(async () => {
    await end(begun);
    await end(other);
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
    expect((await consented(begun, change())).code).toBe(code);
    expect(await rowsOf("shelter", "select from care.consent where ended_at is null")).toEqual([]);
  });

  test("consent after the end of guidance", async () => {
    const over = await guided(cast.matched);
    await end(over);
    expect((await consented(over)).code).toBe("GUIDANCE_ENDED");
  });

  test.each([
    ["no name", { ...supporter, name: " " }],
    ["no way to reach them", { name: "Iris" }],
    ["a telephone number that is none", { name: "Iris", telephone: "call me" }],
    ["an address that is none", { name: "Iris", email: "iris" }],
    ["a name that turns the writing", { ...supporter, name: "Iris\u202e" }],
  ])("a supporter with %s", async (_, wrong) => {
    const { family } = await shelterFamily(way, [cast.matched]);
    const answer = await asShelter(startGuidance, { input: { familyId: family, supporter: wrong } });
    expect(answer.code).toBe("INVALID_SUPPORTER");
  });

  test("a family of another shelter, as one that never was", async () => {
    await rowsOf(
      "shelter",
      "insert into registry.opvanglocatie values (2, 'De Brug', 'Heidekant', '00000099000000003100')",
    );
    const { family } = await shelterFamily(way, [cast.matched], 2);
    const foreign = await asShelter(startGuidance, { input: { familyId: family, supporter } });
    expect(foreign).toEqual({ __typename: "FamilyNotFound", code: "FAMILY_NOT_FOUND" });
    expect(await asShelter(startGuidance, { input: { familyId: randomUUID(), supporter } })).toEqual(foreign);
    expect(await asShelter(startGuidance, { input: { familyId: "x", supporter } })).toEqual(foreign);
  });

  test.each(["999990019", randomUUID()])("a consent or guidance to end that is not there: %s", async (id) => {
    expect((await asShelter(withdrawConsent, { id })).code).toBe("CONSENT_NOT_FOUND");
    expect((await asShelter(endGuidance, { id })).code).toBe("GUIDANCE_NOT_FOUND");
    expect(await asShelter(guidance, { id })).toBeNull();
  });
});

describe("two worlds look alike to a school", () => {
  const report = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename } }`;
  const inbox = `{ signals(status: [RAISED]) { edges { node { id message status supportOn erasesAt seenAt
    pupil { id displayName birthDate group { name } supportCircle { id supporter { name } } } } } }
    supportCircles { id pupil { displayName } } conversations { id } over: conversations(over: true) { id } }`;

  /** All bytes of an answer but what is random, or the moment of the answer. */
  async function observed(): Promise<Json> {
    for (;;) {
      const answer = await way.ask("school-contact", inbox);
      const [edge] = answer.data.signals.edges;
      if (edge === undefined) continue;
      const confirm = `mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { __typename } }`;
      await way.ask("school-contact", confirm, { id: edge.node.id });
      return JSON.stringify(answer).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID");
    }
  }

  async function signalFrom(persona: string): Promise<Json> {
    const { bsn } = cast.matched;
    const input = {
      idempotencyKey: randomUUID(),
      occurredAt: new Date().toISOString(),
      category: "DOMESTIC_VIOLENCE",
      children: [{ bsn }],
    };
    const { data } = await way.ask(persona, report, { input });
    expect(data.reportIncident.__typename).toBe("IncidentReported");
    return observed();
  }

  /** The shelter reports violence in a family that it guides. */
  async function violenceIn({ id, children }: Json): Promise<Json> {
    const input = {
      idempotencyKey: randomUUID(),
      guidanceId: id,
      childIds: [children[0].id],
      occurredAt: new Date().toISOString(),
    };
    const violence = "mutation ($input: ReportViolenceInput!) { reportViolence(input: $input) { __typename } }";
    expect((await asShelter(violence, { input })).__typename).toBe("ViolenceReported");
    return observed();
  }

  /** What the subscribers of the school have been told by the shelter's part: in all, since the test began. */
  async function told(): Promise<string[]> {
    const events = await rowsOf(
      "shelter",
      "select stream, kind from care.event where stream like '%99AA00' order by position",
    );
    return events.slice(before).map(({ stream, kind }) => `${stream} ${kind}`);
  }
  let before = 0;

  test("a child in guidance without consent, or whose consent is withdrawn, and one who is not; whoever signals", async () => {
    before = (await told()).length;
    const plain = await signalFrom("police-integrator");
    expect(plain).toContain('"supportCircle":null');
    expect(await signalFrom("shelter-worker")).toBe(plain);
    expect(await signalFrom("crisis-worker")).toBe(plain);

    const begun = await guided(cast.matched);
    expect(await signalFrom("police-integrator")).toBe(plain);
    expect(await signalFrom("shelter-worker")).toBe(plain);
    expect(await violenceIn(begun)).toBe(plain);
    expect(await told()).toEqual([]);

    const { guidance: recorded } = await consented(begun);
    await schoolOf(begun, (one) => one !== null);
    // The control: with consent, the worlds differ, by the circle alone.
    const open = await signalFrom("shelter-worker");
    expect(open).not.toBe(plain);
    expect(JSON.parse(open).data.signals).toEqual(JSON.parse(plain).data.signals);
    // Nor does a signal tell that it came from the supporter, who calls for a talk at the same moment.
    expect(await violenceIn(begun)).toBe(open);
    expect(await told()).toEqual(["99AA00 OPENED"]);

    await asShelter(withdrawConsent, { id: recorded.children[0].consents[0].id });
    expect(await signalFrom("police-integrator")).toBe(plain);
    expect(await signalFrom("shelter-worker")).toBe(plain);
    expect(await violenceIn(begun)).toBe(plain);
    await end(begun);
    expect(await signalFrom("shelter-worker")).toBe(plain);
    expect(await told()).toEqual(["99AA00 OPENED", "99AA00 CLOSED"]);
  });
});
