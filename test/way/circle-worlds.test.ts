import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Json } from "../subgraph.ts";
import { until } from "../until.ts";
import { withdrawConsent } from "./circle-family.ts";
import { type CircleSteps, startCircleSteps } from "./circle-steps.ts";

let steps: CircleSteps;

beforeAll(async () => {
  steps = await startCircleSteps();
}, 180_000);

afterAll(async () => steps[Symbol.asyncDispose]());

describe("two worlds look alike to a school", () => {
  const report = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename } }`;
  const inbox = `{ signals(status: [RAISED]) { edges { node { id message status supportOn erasesAt seenAt
    pupil { id displayName birthDate group { name } supportCircle { id supporter { name } } } } } }
    supportCircles { id pupil { displayName } } conversations { id } over: conversations(over: true) { id } }`;

  /** All bytes of an answer but what is random, or the moment of the answer. */
  async function observed(): Promise<Json> {
    const answer = await until("a signal", async () => {
      const asked = await steps.way.ask("school-contact", inbox);
      return asked.data.signals.edges.length > 0 ? asked : undefined;
    });
    const [{ node }] = answer.data.signals.edges;
    const confirm = `mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { __typename } }`;
    await steps.way.ask("school-contact", confirm, { id: node.id });
    return JSON.stringify(answer).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID");
  }

  async function signalFrom(persona: string): Promise<Json> {
    const { bsn } = steps.cast.matched;
    const input = {
      idempotencyKey: randomUUID(),
      occurredAt: new Date().toISOString(),
      category: "DOMESTIC_VIOLENCE",
      children: [{ bsn }],
    };
    const { data } = await steps.way.ask(persona, report, { input });
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
    expect((await steps.asShelter(violence, { input })).__typename).toBe("ViolenceReported");
    return observed();
  }

  /** What the subscribers of the school have been told by the shelter's part: in all, since the test began. */
  async function told(): Promise<string[]> {
    const events = await steps.rowsOf(
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

    const begun = await steps.guided(steps.cast.matched);
    expect(await signalFrom("police-integrator")).toBe(plain);
    expect(await signalFrom("shelter-worker")).toBe(plain);
    expect(await violenceIn(begun)).toBe(plain);
    expect(await told()).toEqual([]);

    const { guidance: recorded } = await steps.consented(begun);
    await steps.schoolOf(begun, (one) => one !== null);
    // The control: with consent, the worlds differ, by the circle alone.
    const open = await signalFrom("shelter-worker");
    expect(open).not.toBe(plain);
    expect(JSON.parse(open).data.signals).toEqual(JSON.parse(plain).data.signals);
    // Nor does a signal tell that it came from the supporter, who calls for a talk at the same moment.
    expect(await violenceIn(begun)).toBe(open);
    expect(await told()).toEqual(["99AA00 OPENED"]);

    await steps.asShelter(withdrawConsent, { id: recorded.children[0].consents[0].id });
    expect(await signalFrom("police-integrator")).toBe(plain);
    expect(await signalFrom("shelter-worker")).toBe(plain);
    expect(await violenceIn(begun)).toBe(plain);
    await steps.end(begun);
    expect(await signalFrom("shelter-worker")).toBe(plain);
    expect(await told()).toEqual(["99AA00 OPENED", "99AA00 CLOSED"]);
  });
});
