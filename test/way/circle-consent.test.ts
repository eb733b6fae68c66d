import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Json } from "../subgraph.ts";
import { guidance, supporter, withdrawConsent } from "./circle-family.ts";
import { type CircleSteps, startCircleSteps } from "./circle-steps.ts";

let steps: CircleSteps;

beforeAll(async () => {
  steps = await startCircleSteps();
}, 180_000);

afterAll(async () => steps[Symbol.asyncDispose]());

describe("with a parent's consent", () => {
  test("supporter and school's contact see each other, and after it is withdrawn at once nothing", async () => {
    const begun = await steps.guided(steps.cast.matched);
    const follower = await steps.way.follow(
      "school-contact",
      "subscription { supportCircleEvents { kind circleId circle { supporter { name } } } }",
    );
    const { guidance: recorded } = await steps.consented(begun);
    const [consent] = recorded.children[0].consents;
    expect(consent).toEqual({ id: expect.any(String), state: "GIVEN", givenBy: { name: "Aylin Kaya" } });
    const school = await steps.schoolOf(begun, (one) => one !== null);
    expect(school).toEqual({
      name: "De Wilgenhoek",
      city: null,
      contacts: expect.arrayContaining([{ name: expect.any(String), email: expect.anything() }]),
    });
    const [circle] = await steps.circlesAtSchool();
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

    const withdrawn = await steps.asShelter(withdrawConsent, { id: consent.id });
    expect(withdrawn.guidance.children[0]).toMatchObject({ consents: [{ state: "WITHDRAWN" }], school: null });
    expect(await steps.circlesAtSchool()).toEqual([]);
    expect(await steps.asShelter(withdrawConsent, { id: consent.id })).toEqual(withdrawn);
    const closed = await follower.next(({ kind }) => kind === "CLOSED");
    expect(closed).toEqual({ kind: "CLOSED", circleId: circle.id, circle: null });
    await steps.forgottenEverywhere();
    await steps.end(begun);
  });

  test("for one child nothing is known of another of the family", async () => {
    const begun = await steps.guided(steps.cast.matched, steps.cast.twoEnrolments);
    await steps.consented(begun);
    await steps.schoolOf(begun, (one) => one !== null);
    expect(await steps.circlesAtSchool()).toHaveLength(1);
    const { children } = await steps.asShelter(guidance, { id: begun.id });
    const sibling = children.find(({ id }: Json) => id === begun.children[1].id);
    expect(sibling).toMatchObject({ consents: [], school: null });
    await steps.end(begun);
    expect(await steps.circlesAtSchool()).toEqual([]);
    await steps.forgottenEverywhere();
  });

  test("that is withdrawn before anybody has looked for a school, nobody is told", async () => {
    await steps.way.stop("leerplicht");
    const begun = await steps.guided(steps.cast.matched);
    const { guidance: recorded } = await steps.consented(begun);
    await steps.asShelter(withdrawConsent, { id: recorded.children[0].consents[0].id });
    await steps.way.start("leerplicht");
    await steps.forgottenEverywhere();
    expect(await steps.circlesAtSchool()).toEqual([]);
    await steps.end(begun);
  });

  test("a child whose school no machine can tell is an officer's task of its own kind, who opens the circle", async () => {
    const begun = await steps.guided(steps.cast.twoEnrolments);
    await steps.consented(begun);
    const task = await steps.taskOf(steps.cast.twoEnrolments.name.familyName);
    expect(task).toMatchObject({ reason: "CIRCLE_SCHOOL_UNKNOWN", closedAt: null });
    const [{ id: candidateId, school }] = task.candidates;
    const { data } = await steps.way.ask(
      "leerplicht-officer",
      "mutation ($input: RouteToSchoolInput!) { routeToSchool(input: $input) { __typename } }",
      { input: { taskId: task.id, schoolId: school.id, candidateId } },
    );
    expect(data.routeToSchool.__typename).toBe("SignalRouted");
    expect((await steps.schoolOf(begun, (one) => one !== null)).name).toBe(school.name);
    await steps.end(begun);
    await steps.forgottenEverywhere();
  });

  test("a child who changes school is in a circle with the new one, and no more with the old", async () => {
    const begun = await steps.guided(steps.cast.matched);
    await steps.consented(begun);
    await steps.schoolOf(begun, (one) => one !== null);
    const [old] = await steps.circlesAtSchool();
    await moveToAnotherSchool();
    await night();
    expect(
      (await steps.schoolOf(begun, (one) => one !== null && one.name !== null && one.name !== "De Wilgenhoek"))
        .contacts,
    ).not.toEqual([]);
    expect(await steps.circlesAtSchool()).toEqual([]);
    const [{ pupils: left }] = await steps.rowsOf(
      "school",
      "select count(pupil)::int as pupils from care.circle_pupil where school_id = '99AA00'",
    );
    expect(left).toBe(0);
    expect(old.id).toEqual(expect.any(String));
    await steps.end(begun);
    await moveBack();
    await steps.forgottenEverywhere();
  });

  test("a child who comes from another school is in a circle with the new one, whose contact sees nothing of before", async () => {
    await moveToAnotherSchool();
    const begun = await steps.guided(steps.cast.matched);
    const { guidance: recorded } = await steps.consented(begun);
    await steps.schoolOf(begun, (one) => one !== null);
    const [{ id: consentId }] = recorded.children[0].consents;
    const { conversation } = await steps.asShelter(
      "mutation ($id: ID!) { callForTalk(input: { circleId: $id }) { ... on ConversationChanged { conversation { id } } } }",
      { id: consentId },
    );
    const moments = [new Date(Date.now() + 7 * 24 * 3_600_000).toISOString()];
    await steps.asShelter("mutation ($input: ProposeMomentsInput!) { proposeMoments(input: $input) { __typename } }", {
      input: { conversationId: conversation.id, moments, place: "De Steiger" },
    });
    await steps.asShelter("mutation ($id: ID!) { cancelTalk(input: { conversationId: $id }) { __typename } }", {
      id: conversation.id,
    });
    expect(await steps.circlesAtSchool()).toEqual([]);
    const follower = await steps.way.follow("school-contact", "subscription { supportCircleEvents { kind circleId } }");

    await moveBack();
    await night();
    const { circleId } = await follower.next(({ kind }) => kind === "OPENED");
    expect(await steps.circlesAtSchool()).toMatchObject([
      { supporter, pupil: { displayName: "Noor van der Linden", supportCircle: { id: circleId } } },
    ]);
    const { data } = await steps.way.ask(
      "school-contact",
      "{ conversations { id } over: conversations(over: true) { id } }",
    );
    expect(data).toEqual({ conversations: [], over: [] });
    await steps.end(begun);
    await steps.forgottenEverywhere();
  });
});

/** The registries of Leerplicht and of another school say that the child goes there from today. */
async function moveToAnotherSchool(): Promise<void> {
  const { bsn } = steps.cast.matched;
  await steps.rowsOf(
    "leerplicht",
    `with left_school as (
      update registry.inschrijving set datum_uit = current_date
      where jeugdige_id = (select jeugdige_id from registry.jeugdige where bsn = $1) and datum_uit is null
      returning jeugdige_id)
    insert into registry.inschrijving (jeugdige_id, brin, vestiging, datum_in)
      select jeugdige_id, '99AB', '00', current_date from left_school`,
    [bsn],
  );
  await steps.rowsOf(
    "school",
    `insert into registry.leerling (brincode, dependancecode, sleutel, achternaam, voorvoegsel, roepnaam, geboortedatum, bsn)
    select '99AB', '00', 'moved', achternaam, voorvoegsel, roepnaam, geboortedatum, bsn from registry.leerling where bsn = $1`,
    [bsn],
  );
}

/** It is night: Leerplicht looks again where the children of circles go to school. */
async function night(): Promise<void> {
  await steps.rowsOf(
    "leerplicht",
    `select graphile_worker.add_job('followEnrolment', json_build_object('id', id), job_key := 'circle search:' || id)
    from care.circle_search where ended_at is null`,
  );
}

async function moveBack(): Promise<void> {
  const { bsn } = steps.cast.matched;
  await steps.rowsOf("school", "delete from registry.leerling where sleutel = 'moved'");
  await steps.rowsOf(
    "leerplicht",
    `with gone as (delete from registry.inschrijving where brin = '99AB' and jeugdige_id =
      (select jeugdige_id from registry.jeugdige where bsn = $1) returning jeugdige_id)
    update registry.inschrijving set datum_uit = null where jeugdige_id in (select jeugdige_id from gone)`,
    [bsn],
  );
}
