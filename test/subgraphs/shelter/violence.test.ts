import { randomUUID } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { endGuidance, withdrawConsent } from "../../way/circle-family.ts";
import { contact, type GuidedShelter, otherShelter, worker } from "./guided-shelter.ts";
import { sharedShelter, start } from "./shared-shelter.ts";
import { type Talks, talksAt } from "./talks.ts";

const violence = `mutation ($input: ReportViolenceInput!) { reportViolence(input: $input) {
  __typename ... on ViolenceReported { replayed incidentId } ... on ViolenceRefused { code } ... on GuidanceNotFound { code } } }`;

let shelter: GuidedShelter;
let talks: Talks;

sharedShelter((begun) => {
  shelter = begun;
  talks = talksAt(shelter);
});

describe("actual violence", () => {
  const report = (guidanceId: string, childIds: string[], change: Json = {}) =>
    shelter.as(worker, violence, {
      input: { idempotencyKey: randomUUID(), guidanceId, childIds, occurredAt: "2026-11-23T08:00:00Z", ...change },
    });
  const signalsOf = async (incidentId: string) => {
    const { data } = await shelter.part.ask(worker, "query ($id: ID!) { incident(id: $id) { signals { id } } }", {
      id: incidentId,
    });
    return data.incident.signals.map(({ id }: Json) => id);
  };

  test("raises the ordinary signal with no trace of guidance in it, and calls for a talk where a circle stands", async () => {
    const { id, input, consent } = await talks.circle();
    const { incidentId } = await report(id, [input.childId]);
    const [signal] = await signalsOf(incidentId);
    const sent = await shelter.part.hops.next(({ input: hop }) => hop.id === signal);
    expect(sent).toEqual({
      id: signal,
      organisation: worker.organisation,
      occurredAt: "2026-11-23T08:00:00.000Z",
      child: { bsn: "999990019", givenName: "Emir", prefix: null, familyName: "Kaya", birthDate: "2018-02-03" },
    });
    const [talk] = (await talks.list(worker)).filter(({ concern }) => concern?.kind === "DOMESTIC_VIOLENCE");
    expect(talk).toMatchObject({ status: "CALLED", concern: { kind: "DOMESTIC_VIOLENCE", raisedBy: "SHELTER" } });
    expect(await talks.seen(contact, talk.id)).toBeNull();
    await shelter.asWorker(withdrawConsent, { id: consent });
  });

  test("without consent raises the same signal, and no talk", async () => {
    const { id, input, consent } = await talks.circle();
    await shelter.asWorker(withdrawConsent, { id: consent });
    const before = await talks.list(worker);
    const { incidentId } = await report(id, [input.childId]);
    expect(await signalsOf(incidentId)).toHaveLength(1);
    expect(await talks.list(worker)).toEqual(before);
  });

  test("in a row that the shelter's own system writes does the same; fear of it does not", async () => {
    const { input, consent } = await talks.circle();
    const [{ registry_key: client }] = await shelter.rows("select registry_key from care.guided_child where id = $1", [
      input.childId,
    ]);
    const write = async (actual: boolean): Promise<string> => {
      const [{ note }] = await shelter.rows(
        `with note as (insert into registry.melding (gezin_uid, soort, feitelijk_geweld, voorgevallen_op)
           select gezin_uid, 10, $2, '2026-11-23T08:00:00Z' from registry.client where client_uid = $1
           returning melding_uid)
         insert into registry.melding_client select melding_uid, $1 from note returning melding_uid as note`,
        [client, actual],
      );
      return note;
    };
    const about = async () =>
      shelter.rows("select kind, status from care.conversation where child = $1", [input.childId]);
    const called = { kind: "DOMESTIC_VIOLENCE", status: "CALLED" };
    const note = await write(false);
    expect(await about()).toEqual([]);
    // Ticked only later.
    await shelter.rows("update registry.melding set feitelijk_geweld = true where melding_uid = $1", [note]);
    await write(true);
    expect(await about()).toEqual([called]);
    const [{ id: conversationId }] = (await talks.list(worker)).filter(({ concern }) => concern?.kind === called.kind);
    await talks.gesture(worker, "cancel", { conversationId });
    // A note that is changed again calls for nothing anew.
    await shelter.rows("update registry.melding set kenmerk = 'x' where melding_uid = $1", [note]);
    expect(await about()).toEqual([{ ...called, status: "CANCELLED" }]);
    await shelter.asWorker(withdrawConsent, { id: consent });
  });

  test("reported again under one key is one report, and another under the same key is refused", async () => {
    const { id, input } = await talks.circle();
    const key = { idempotencyKey: randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => report(id, [input.childId], key)));
    expect(new Set(answers.map(({ incidentId }) => incidentId)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await report(id, [input.childId], { ...key, occurredAt: "2026-11-22T08:00:00Z" })).toMatchObject({
      code: "IDEMPOTENCY_CONFLICT",
    });
  });

  test("is refused with a code where input is wrong", async () => {
    const [mine, other] = [await talks.circle(), await talks.circle()];
    const code = async (...given: Parameters<typeof report>) => (await report(...given)).code;
    const child = mine.input.childId;
    expect(await code(mine.id, [other.input.childId])).toBe("CHILD_NOT_IN_FAMILY");
    expect(await code(mine.id, [child, "x"])).toBe("CHILD_NOT_IN_FAMILY");
    expect(await code(mine.id, [])).toBe("CHILD_NOT_IN_FAMILY");
    expect(await code(randomUUID(), [child])).toBe("GUIDANCE_NOT_FOUND");
    expect(await code("1", [child])).toBe("GUIDANCE_NOT_FOUND");
    expect(await code(mine.id, [child], { occurredAt: "2026-11-24T08:00:00Z" })).toBe("OCCURRED_AT_INVALID");
    expect(await code(mine.id, [child], { occurredAt: "2026-10-01T08:00:00Z" })).toBe("OCCURRED_AT_INVALID");
    expect(await code(mine.id, [child], { idempotencyKey: "" })).toBe("IDEMPOTENCY_KEY_INVALID");
    await shelter.rows(
      `update registry.client set geboren_op = '2007-11-22'
       where client_uid = (select registry_key from care.guided_child where id = $1)`,
      [other.input.childId],
    );
    expect(await code(other.id, [other.input.childId])).toBe("AGE_OUT_OF_RANGE");
    const foreign = { input: { idempotencyKey: "1", guidanceId: mine.id, childIds: [child], occurredAt: start } };
    expect((await shelter.as(otherShelter, violence, foreign)).code).toBe("GUIDANCE_NOT_FOUND");
    await shelter.asWorker(endGuidance, { id: mine.id });
    expect(await code(mine.id, [child])).toBe("GUIDANCE_ENDED");
  });
});
