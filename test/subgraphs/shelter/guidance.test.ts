import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { endGuidance, guidance, recordConsent, withdrawConsent } from "../../way/circle-family.ts";
import {
  contact,
  type GuidedShelter,
  otherShelter,
  ownFields,
  router,
  startGuidedShelter,
  worker,
} from "./guided-shelter.ts";

const circles = "{ supportCircles { id supporter { name } } }";

const start = new Date("2026-11-23T10:00:00Z");
let shelter: GuidedShelter;

beforeAll(async () => {
  shelter = await startGuidedShelter();
});

afterAll(async () => shelter[Symbol.asyncDispose]());

const consented = (validUntil: string) => shelter.consented({ validUntil });
const found: GuidedShelter["found"] = (...news) => shelter.found(...news);
const rows: GuidedShelter["rows"] = (sql, values) => shelter.rows(sql, values);

async function circleIds(claims: Json = contact): Promise<string[]> {
  const { data, errors } = await shelter.part.ask(claims, circles);
  expect(errors).toBeUndefined();
  return data.supportCircles.map(({ id }: Json) => id);
}

describe("a support circle", () => {
  test("is there for the contact persons of the child's school alone, until its last day is over", async () => {
    shelter.now = start;
    const { id, circle } = await consented("2026-11-30");
    expect(await shelter.part.hops.next(({ input }) => input.id === circle)).toMatchObject({
      child: { bsn: "999990019", givenName: "Emir", familyName: "Kaya", birthDate: "2018-02-03" },
    });
    await found(circle, 1, "99AA00");
    expect(await circleIds()).toContain(circle);
    expect(await circleIds({ ...contact, schools: ["99AB00"] })).toEqual([]);
    expect(await circleIds({ ...contact, role: "teacher" })).toEqual([]);
    shelter.now = new Date("2026-11-30T22:59:59Z");
    expect(await circleIds()).toContain(circle);
    shelter.now = new Date("2026-11-30T23:00:00Z");
    expect(await circleIds()).toEqual([]);
    const { children } = await shelter.asWorker(guidance, { id });
    expect(children[0]).toMatchObject({ consents: [{ state: "EXPIRED" }], school: null });
  });

  test("goes by the latest news of the school, in whatever order news comes", async () => {
    shelter.now = start;
    const { circle } = await consented("2026-12-30");
    await found(circle, 3, "99AA00");
    await found(circle, 2, null);
    await found(circle, 1, "99AB00");
    expect(await circleIds()).toContain(circle);
    expect(await circleIds({ ...contact, schools: ["99AB00"] })).toEqual([]);
    await found(circle, 4, null);
    expect(await circleIds()).not.toContain(circle);
  });

  test("is not opened by news that comes after the consent is withdrawn", async () => {
    const { circle, consent } = await consented("2026-12-30");
    await shelter.asWorker(withdrawConsent, { id: consent });
    await found(circle, 1, "99AA00");
    expect(await circleIds()).not.toContain(circle);
    expect(await rows("select from care.circle where id = $1", [circle])).toEqual([]);
  });

  test("is moved by no other part than Leerplicht, and by no client", async () => {
    const { circle } = await consented("2026-12-30");
    for (const claims of [{ ...router, organisation: "school" }, worker, contact]) {
      expect((await found(circle, 1, "99AA00", claims)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    }
    expect(await circleIds()).not.toContain(circle);
  });

  test("is seen by nobody without the scope, nor from another shelter", async () => {
    const { id, consent, input } = await consented("2026-12-30");
    const { errors } = await shelter.part.ask({ ...contact, scope: "signals:read" }, circles);
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const foreign = async (query: string, variables: Json) =>
      Object.values((await shelter.part.ask(otherShelter, ownFields(query), variables)).data)[0];
    expect(await foreign(guidance, { id })).toBeNull();
    expect(await foreign(withdrawConsent, { id: consent })).toMatchObject({ code: "CONSENT_NOT_FOUND" });
    expect(await foreign(recordConsent, { input })).toMatchObject({ code: "GUIDANCE_NOT_FOUND" });
    expect(await foreign(endGuidance, { id })).toMatchObject({ code: "GUIDANCE_NOT_FOUND" });
  });
});

test("what happens to a family its own shelter is told from a cursor on, and no other one", async () => {
  shelter.now = start;
  const { id, consent } = await consented("2026-12-30");
  const [{ id: after }] = await rows("select id from care.event where stream like 'guidance:%' and subject = $1", [id]);
  const subscription = `subscription ($after: String) { guidanceEvents(after: $after) {
    cursor guidance { id endedAt children { consents { state } } } } }`;
  const events = await shelter.part.subscribe(worker, subscription, { after });
  const told = async (isTheOne: (guidance: Json) => boolean): Promise<Json> => {
    for (;;) {
      const { guidance: known } = (await events.next()).value.data.guidanceEvents;
      if (known.id === id && isTheOne(known)) return known;
    }
  };
  await shelter.asWorker(withdrawConsent, { id: consent });
  expect(await told(({ children }) => children[0].consents[0].state !== "GIVEN")).toEqual({
    id,
    endedAt: null,
    children: [{ consents: [{ state: "WITHDRAWN" }] }],
  });
  await shelter.asWorker(endGuidance, { id });
  expect((await told(({ endedAt }) => endedAt !== null)).endedAt).toBe(start.toISOString());
  await events.return(undefined);
  const foreign = await shelter.part.subscribe(otherShelter, subscription, { after });
  expect((await foreign.next()).value.errors[0].extensions.code).toBe("CURSOR_UNKNOWN");
});

test("guidance that has ended is told with its consents over, in the answer itself", async () => {
  shelter.now = start;
  const { id } = await consented("2026-12-30");
  const { guidance: ended } = await shelter.asWorker(endGuidance, { id });
  expect(ended.children[0].consents.map(({ state }: Json) => state)).toEqual(["EXPIRED"]);
});

describe("consent", () => {
  test("given anew after its last day is another one, whether or not its job has come", async () => {
    shelter.now = start;
    const { input } = await consented("2026-11-24");
    shelter.now = new Date("2026-11-26T10:00:00Z");
    const { guidance: again } = await shelter.asWorker(recordConsent, {
      input: { ...input, validUntil: "2026-12-30" },
    });
    expect(again.children[0].consents.map(({ state }: Json) => state)).toEqual(["GIVEN", "EXPIRED"]);
  });
});
