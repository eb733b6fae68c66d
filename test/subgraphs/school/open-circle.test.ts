import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { daan, noor, router, type SchoolUnderTest, site, startSchool } from "./school-under-test.ts";

let school: SchoolUnderTest;

beforeAll(async () => {
  school = await startSchool(new Date("2026-11-23T10:00:00Z"));
});

afterAll(async () => school[Symbol.asyncDispose]());

async function opened(child: Json, id: string = randomUUID()): Promise<{ id: string; answer: Json }> {
  const { data } = await school.ask(
    router,
    `mutation ($input: OpenCircleInput!) { openCircle(input: $input) {
      __typename ... on CircleOpened { circleKey } ... on CircleNotOpened { code } } }`,
    { input: { id, schoolId: site, child } },
  );
  return { id, answer: data.openCircle };
}

const entries = (object: string) =>
  school.sql(
    "select activity, organisation, subject is not null as found from care.processing where object = $1 order by position",
    [object],
  );

test("a circle is opened once, and that a pupil was looked for stands in the processing log", async () => {
  const { id, answer } = await opened(noor);
  expect(answer).toEqual({ __typename: "CircleOpened", circleKey: expect.any(String) });
  expect((await opened(noor, id)).answer).toEqual(answer);
  expect(await entries(id)).toEqual([{ activity: "circle.open", organisation: "leerplicht", found: true }]);
});

test("that it is closed again, and that a talk is to be reminded of, stand there as well", async () => {
  const { id, answer } = await opened(noor);
  const shelter = { party: "service", organisation: "shelter" };
  const reminding = { id: randomUUID(), circleKey: answer.circleKey, day: "2026-12-01" };
  await school.ask(shelter, "mutation ($input: RemindContactsInput!) { remindContacts(input: $input) { accepted } }", {
    input: reminding,
  });
  for (const _ of ["once", "and again"])
    await school.ask(router, `mutation { closeCircle(input: { id: "${id}" }) { accepted } }`);
  expect(await entries(id)).toEqual([
    { activity: "circle.open", organisation: "leerplicht", found: true },
    { activity: "talk.remind", organisation: "shelter", found: true },
    { activity: "circle.close", organisation: "leerplicht", found: true },
  ]);
});

test("so it does of a pupil whom the school does not know", async () => {
  const { id, answer } = await opened({ ...daan, familyName: "Ander" });
  expect(answer).toEqual({ __typename: "CircleNotOpened", code: "PUPIL_UNKNOWN_AT_SCHOOL" });
  expect(await entries(id)).toEqual([{ activity: "circle.open", organisation: "leerplicht", found: false }]);
});
