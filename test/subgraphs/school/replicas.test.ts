import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { until } from "../../until.ts";
import { contact, daan, noor, router, type SchoolUnderTest, site, startSchool } from "./school-under-test.ts";

const rounds = 12;
const morning = "2026-11-17T09:00:00Z";

let school: SchoolUnderTest;
let replicas: Pick<SchoolUnderTest, "ask">[];
beforeAll(async () => {
  school = await startSchool(new Date(morning));
  replicas = [school, await school.replica()];
});
afterAll(async () => {
  await school[Symbol.asyncDispose]();
});

const deliver = (replica: Pick<SchoolUnderTest, "ask"> | undefined, child: unknown, id = randomUUID()) =>
  replica?.ask(router, "mutation ($input: DeliverSignalInput!) { deliverSignal(input: $input) { __typename } }", {
    input: { id, schoolId: site, child },
  });
const withdraw = (replica: Pick<SchoolUnderTest, "ask"> | undefined, id: string) =>
  replica?.ask(router, `mutation { withdrawDelivery(input: { id: "${id}" }) { accepted } }`);
const open = async () => {
  const { data } = await school.ask(
    contact,
    "{ signals(status: [RAISED]) { edges { node { id pupil { displayName } } } } }",
  );
  return data.signals.edges.map(({ node }: Json) => node);
};

test("two reports about a pupil at once, on two replicas, are one signal and one event", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const before = (await school.told()).length;
    await Promise.all([...replicas, ...replicas].map((replica) => deliver(replica, noor)));
    const [signal, another] = await open();
    expect(another).toBeUndefined();
    expect((await school.told()).slice(before)).toEqual(["RAISED"]);
    await school.gesture(contact, "confirmSupport", signal.id);
  }
});

test("a report that comes while the one before is withdrawn is never lost", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const first = randomUUID();
    await deliver(replicas[0], daan, first);
    await Promise.all([withdraw(replicas[0], first), deliver(replicas[1], daan)]);
    const [signal, another] = await open();
    expect([signal?.pupil?.displayName, another]).toEqual(["Daan Jong", undefined]);
    await school.gesture(contact, "confirmSupport", signal.id);
  }
});

test("several held in the night appear once, whichever replica opens the inbox", async () => {
  school.now = new Date("2026-11-17T22:00:00Z");
  const before = (await school.told()).length;
  await Promise.all([...replicas, ...replicas, ...replicas].map((replica) => deliver(replica, noor)));
  expect(await school.sql("select from care.held_delivery")).toHaveLength(6);
  school.now = new Date("2026-11-18T06:00:00Z");
  await until("the opening", async () => (await school.sql("select from care.held_delivery")).length === 0);
  expect(await open()).toHaveLength(1);
  expect((await school.told()).slice(before).filter((kind) => kind === "RAISED")).toHaveLength(1);
});
