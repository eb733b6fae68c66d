import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { openDatabase, systemClaims } from "../../../plumbing/database.ts";
import { schoolSubgraph } from "../../../subgraphs/school/part.ts";
import { lockSignal } from "../../../subgraphs/school/store/inbox.ts";
import { readPupils, recordReaders } from "../../../subgraphs/school/store/pupil-reads.ts";
import { pseudonymKey, testIdentities } from "../../keys.ts";
import { until } from "../../until.ts";
import { contact, noor, type SchoolUnderTest, site, startSchool } from "./school-under-test.ts";

const tuesday = (time: string) => new Date(`2026-11-17T${time}:00Z`);

let school: SchoolUnderTest;
beforeEach(async () => {
  school = await startSchool(tuesday("09:00"));
});
afterEach(async () => {
  await school[Symbol.asyncDispose]();
});

/** What the router was told of a delivery. */
const told = (id: string) => school.hops.sent.filter(({ input }) => input.id === id).map(({ input }) => input);
const settled = () =>
  until(
    "the outbox",
    async () => (await school.sql("select from care.outbox where acknowledged_at is null")).length === 0,
  );

describe("a further report about a pupil whose signal was seen", () => {
  test("asks for nothing more on the same day: it is seen, and nobody at the school can tell that it came", async () => {
    await school.deliver(noor);
    const [signal] = await school.signals();
    await school.gesture(contact, "acknowledgeSignal", signal.id);
    const [before, heard] = [await school.signals(), await school.told()];
    const { id } = await school.deliver(noor);
    await settled();
    expect(told(id)).toMatchObject([{ progress: "SEEN", returnableUntil: "2026-11-17T23:00:00.000Z" }]);
    expect([await school.signals(), await school.told()]).toEqual([before, heard]);
  });

  test("that is due on a later day is to be seen again, and however many more come that day change nothing", async () => {
    const { id: first } = await school.deliver(noor);
    const [signal] = await school.signals();
    await school.gesture(contact, "acknowledgeSignal", signal.id);
    school.now = tuesday("14:30");
    const { id: second } = await school.deliver(noor);
    const anew = await school.signals();
    expect(anew).toMatchObject([{ id: signal.id, status: "RAISED", supportOn: "2026-11-18" }]);
    await school.deliver(noor);
    await settled();
    expect(await school.signals()).toEqual(anew);
    expect(await school.told()).toEqual(["RAISED", "CHANGED", "RAISED"]);
    const seen = { progress: "SEEN", at: tuesday("09:00").toISOString() };
    expect(told(first)).toMatchObject([
      { ...seen, returnableUntil: "2026-11-17T23:00:00.000Z" },
      { ...seen, returnableUntil: "2026-11-18T23:00:00.000Z" },
    ]);
    expect(told(second)).toEqual([]);
    await school.gesture(contact, "acknowledgeSignal", signal.id);
    await settled();
    expect(told(second)).toMatchObject([{ progress: "SEEN", at: tuesday("14:30").toISOString() }]);
  });
});

describe("a report that comes while the signal of the same pupil", () => {
  test.each([
    [
      "is read",
      async (rows: Parameters<typeof readPupils>[0], id: string) =>
        void (await readPupils(rows, systemClaims, pseudonymKey, [id])),
    ],
    ["is sealed", (rows: Parameters<typeof readPupils>[0], id: string) => recordReaders(rows, id, "signal.return")],
  ])("%s waits for that, and neither waits for ever", async (_, work) => {
    await school.deliver(noor);
    const [{ id }] = await school.signals();
    const identities = testIdentities("school");
    await using rows = await openDatabase(school.database.appUrl, schoolSubgraph.entities, undefined, identities);
    const waiting = "select from pg_locks where not granted";
    let second: Promise<unknown> | undefined;
    await rows.transaction(systemClaims, async (manager) => {
      await lockSignal(manager, id);
      second = school.deliver(noor, randomUUID());
      await until("the second to wait", async () => (await school.sql(waiting)).length > 0);
      await work(manager, id);
    });
    expect(await second).toMatchObject({ answer: { __typename: "SignalDelivered" } });
    expect(await school.told(site)).toEqual(["RAISED"]);
  });
});
