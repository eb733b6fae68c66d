import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Json } from "../subgraph.ts";
import { until } from "../until.ts";
import { type CircleSteps, startCircleSteps } from "./circle-steps.ts";

let steps: CircleSteps;

beforeAll(async () => {
  steps = await startCircleSteps();
}, 180_000);

afterAll(async () => steps[Symbol.asyncDispose]());

describe("Leerplicht's concern about absence", () => {
  const today = new Date().toISOString().slice(0, 10);
  const absence = "id firstDay lastDay talk child { name bsn }";
  const taken = { __typename: "PupilAbsenceReported" };
  const conversations = "{ conversations { id status concern { kind raisedBy } } }";

  async function reported(child: Json, change: Json = {}): Promise<Json> {
    const { bsn } = child;
    const { data, errors } = await steps.way.ask(
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
    return until("the call", async () => (await steps.way.ask("shelter-worker", conversations)).data.conversations[0]);
  }

  test("calls for a talk, of which it learns how far it is, and no more", async () => {
    const begun = await steps.guided(steps.cast.matched);
    expect(await reported(steps.cast.matched)).toEqual(taken);
    await steps.consented(begun, { covers: ["CONCERNS"] });
    await steps.schoolOf(begun, (one) => one !== null);
    const follower = await steps.way.follow(
      "leerplicht-officer",
      `subscription { pupilAbsenceEvents { absence { ${absence} } } }`,
    );
    expect(await reported(steps.cast.matched)).toEqual(taken);
    const talk = await called();
    expect(talk).toMatchObject({ status: "CALLED", concern: { kind: "ABSENCE", raisedBy: "LEERPLICHT" } });
    expect((await steps.way.ask("school-contact", conversations)).data).toEqual({ conversations: [] });
    expect(await reported(steps.cast.matched, { firstDay: "2026-01-05" })).toEqual(taken);
    const seen = await steps.way.ask("leerplicht-officer", `{ pupilAbsences { ${absence} } }`);
    expect(seen.data.pupilAbsences).toEqual([]);

    const moments = [new Date(Date.now() + 7 * 24 * 3_600_000).toISOString()];
    await steps.asShelter("mutation ($input: ProposeMomentsInput!) { proposeMoments(input: $input) { __typename } }", {
      input: { conversationId: talk.id, moments, place: "De Steiger" },
    });
    const event = await follower.next(({ absence: known }) => known.talk === "PROPOSED");
    const { absence: first } = event;
    expect(first).toEqual({
      id: expect.any(String),
      firstDay: "2026-01-05",
      lastDay: today,
      talk: "PROPOSED",
      child: { name: expect.stringContaining("van der Linden"), bsn: steps.cast.matched.bsn },
    });
    await steps.end(begun);
    const over = await follower.next(({ absence: known }) => known.talk === "CANCELLED");
    expect(over.absence.id).toBe(first.id);
    await steps.forgottenEverywhere();
    const { data } = await steps.way.ask("leerplicht-officer", `{ pupilAbsences { ${absence} } }`);
    expect(data.pupilAbsences).toEqual([{ ...first, talk: "CANCELLED", child: { name: null, bsn: null } }]);
    expect(await reported(steps.cast.matched)).toEqual(taken);
  });

  test("comes by a row of the office's own registry as well, and calls for nothing without consent", async () => {
    const row = `insert into registry.verzuimmelding (jeugdige_id, eerste_dag, laatste_dag, kantoor_oin)
      select jeugdige_id, current_date, current_date, '00000099000000004000' from registry.jeugdige where bsn = $1`;
    const begun = await steps.guided(steps.cast.matched);
    const before = await steps.rowsOf("leerplicht", "select from care.absence");
    await steps.rowsOf("leerplicht", row, [steps.cast.matched.bsn]);
    expect(await steps.rowsOf("leerplicht", "select from care.absence")).toEqual(before);
    await steps.consented(begun);
    await steps.schoolOf(begun, (one) => one !== null);
    await steps.rowsOf("leerplicht", row, [steps.cast.matched.bsn]);
    // The supporter learns why only if the parent agrees.
    expect(await called()).toMatchObject({ status: "CALLED", concern: null });
    await steps.end(begun);
    await steps.forgottenEverywhere();
  });

  test("is refused with a code where input is wrong", async () => {
    expect(await reported({ bsn: "999999990" })).toMatchObject({ code: "CHILD_NOT_FOUND" });
    expect(await reported(steps.cast.matched, { firstDay: "2026-01-06", lastDay: "2026-01-05" })).toMatchObject({
      code: "DAYS_INVALID",
    });
    expect(await reported(steps.cast.matched, { lastDay: "2099-01-01" })).toMatchObject({ code: "DAYS_INVALID" });
  });
});
