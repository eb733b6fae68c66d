import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { contact, daan, noor, type SchoolUnderTest, site, startSchool, until } from "./school-under-test.ts";

// A Tuesday of the past, so that PostgreSQL's clock lets every job run: the part's clock alone holds it back.
const night = new Date("2026-11-17T01:00:00Z");
const opening = "2026-11-17T06:00:00.000Z";

let school: SchoolUnderTest;
beforeEach(async () => {
  school = await startSchool(night);
});
afterEach(async () => {
  await school[Symbol.asyncDispose]();
});

async function open(at = opening): Promise<void> {
  school.now = new Date(at);
  await until(async () => (await school.sql("select from care.held_delivery")).length === 0);
}

/** What was done with the pupil of a delivery, and by whom, as the processing log says. */
async function activities(id: string): Promise<string[]> {
  const sql = "select * from care.processing where object = $1 and subject is not null order by position";
  return (await school.sql(sql, [id])).map(({ activity, party }) => `${activity} ${party}`);
}

describe("a delivery in the night", () => {
  test("appears at the opening, once, and the router is told when, however often it asks", async () => {
    const { id, answer } = await school.deliver(noor);
    expect(answer).toMatchObject({ __typename: "SignalDelivered", appearsAt: opening });
    expect((await school.deliver(noor, id)).answer).toEqual(answer);
    expect([await school.signals(), await school.told()]).toEqual([[], []]);
    await open("2026-11-17T06:00:00.700Z");
    expect(await school.signals()).toMatchObject([
      { status: "RAISED", raisedAt: opening, supportOn: "2026-11-17", pupil: { displayName: "Noor Veld" } },
    ]);
    expect(await school.told()).toEqual(["RAISED"]);
    expect((await school.deliver(noor, id)).answer.appearsAt).toBe(opening);
    expect(await activities(id)).toEqual(["signal.deliver service", "signal.appear system"]);
    expect(await school.told()).toEqual(["RAISED"]);
  });

  test("that is withdrawn before the opening is gone, and nothing of it is left", async () => {
    const { id } = await school.deliver(noor);
    await school.withdraw(id);
    expect(await school.sql("select from care.held_delivery")).toEqual([]);
    expect(await activities(id)).toEqual(["signal.deliver service", "delivery.withdraw service"]);
    school.now = new Date("2026-11-17T09:00:00Z");
    await school.sql("update graphile_worker._private_jobs set run_at = now()");
    await until(
      async () => (await school.sql("select from graphile_worker.jobs where task_identifier = 'appear'")).length === 0,
    );
    expect([await school.signals(), await school.told()]).toEqual([[], []]);
  });

  test("about the same pupil as another is the one signal and the one event", async () => {
    const [one, other] = [await school.deliver(noor), await school.deliver(noor)];
    expect(one.id).not.toBe(other.id);
    await open();
    expect(await school.signals()).toHaveLength(1);
    expect(await school.told()).toEqual(["RAISED"]);
    const [signal] = await school.signals();
    await school.gesture(contact, "acknowledgeSignal", signal.id);
    for (const { id } of [one, other]) {
      expect(await school.hops.next(({ input }) => input.id === id)).toMatchObject({ progress: "SEEN" });
    }
  });

  test("about a pupil whose signal is open waits for the opening as well, and is not seen by who saw the other", async () => {
    school.now = new Date("2026-11-16T09:00:00Z");
    await school.deliver(noor);
    const [signal] = await school.signals();
    await school.gesture(contact, "acknowledgeSignal", signal.id);
    school.now = new Date("2026-11-16T20:00:00Z");
    const { id } = await school.deliver(noor);
    expect(await school.told()).toEqual(["RAISED", "CHANGED"]);
    await open();
    // Its day was over at midnight: it has ended, whichever job came first, and the new report is a signal of its own.
    expect(await school.signals()).toMatchObject([
      { status: "RAISED", raisedAt: opening, pupil: { displayName: "Noor Veld" } },
      { id: signal.id, status: "EXPIRED", pupil: null },
    ]);
    expect(school.hops.sent.filter(({ input }) => input.id === id)).toEqual([]);
  });

  test("about a pupil who has left by the opening goes back, and the school learns nothing", async () => {
    const { id } = await school.deliver(noor);
    await school.sql("update registry.leerling set uitstroomdatum = '2026-11-17' where sleutel = 'p1'");
    await open();
    expect(await school.hops.next(({ input }) => input.id === id)).toMatchObject({ progress: "RETURNED" });
    expect([await school.signals(), await school.told()]).toEqual([[], []]);
  });

  test("of a school that has nobody to tell by the opening goes back", async () => {
    const { id } = await school.deliver(noor);
    await school.sql("delete from care.contact_person");
    await open();
    expect(await school.hops.next(({ input }) => input.id === id)).toMatchObject({ progress: "RETURNED" });
  });

  test("whose time passed while nothing ran appears once, as of its opening", async () => {
    await school.deliver(noor);
    await school.deliver(daan);
    await open("2026-11-18T10:00:00Z");
    const [first, second] = await school.signals();
    expect([first, second]).toMatchObject(Array(2).fill({ raisedAt: opening, supportOn: "2026-11-18" }));
    expect(await school.told()).toEqual(["RAISED", "RAISED"]);
  });
});

test("a returned signal takes with it what is held about the same pupil", async () => {
  school.now = new Date("2026-11-16T09:00:00Z");
  await school.deliver(noor);
  const [signal] = await school.signals();
  school.now = new Date("2026-11-16T20:00:00Z");
  const { id } = await school.deliver(noor);
  await school.gesture(contact, "returnSignal", signal.id, "reason: NOT_OUR_PUPIL");
  expect(await school.hops.next(({ input }) => input.id === id)).toMatchObject({ progress: "RETURNED" });
  expect(await school.sql("select from care.held_delivery")).toEqual([]);
});

test("what is held can be observed by nobody of the school", async () => {
  const look = `{ signals { edges { cursor } pageInfo { hasNextPage endCursor } }
    schools { contactHours { opens closes always } ownDays { id } contacts { id } } }`;
  const before = await school.ask(contact, look);
  await school.deliver(noor);
  expect(await school.ask(contact, look)).toEqual(before);
  expect(await school.told()).toEqual([]);
});

describe("the contact hours", () => {
  const set = (opens: string, closes: string, claims: object = contact, schoolId = site) =>
    school.ask(
      { ...contact, ...claims },
      `mutation { setContactHours(input: { schoolId: "${schoolId}", opens: "${opens}", closes: "${closes}" }) {
        ... on ContactHoursSet { school { contactHours { opens closes always } } }
        ... on SchoolNotFound { code } ... on InvalidHours { code } } }`,
    );

  test("are set by a contact, and what is held moves with them", async () => {
    const { id } = await school.deliver(noor);
    const { data } = await set("06:15", "20:00");
    expect(data.setContactHours.school.contactHours).toEqual({ opens: "06:15", closes: "20:00", always: false });
    const moved = "2026-11-17T05:15:00.000Z";
    await until(async () => (await school.deliver(noor, id)).answer.appearsAt === moved);
    await open(moved);
    expect(await school.signals()).toMatchObject([{ raisedAt: moved }]);
  });

  test.each([
    ["7:00", "18:00"],
    ["18:00", "07:00"],
    ["07:00", "07:00"],
    ["24:00", "25:00"],
    ["07:00'; --", "18:00"],
  ])("are refused as %s to %s", async (opens, closes) => {
    expect((await set(opens, closes)).data.setContactHours).toEqual({ code: "HOURS_INVALID" });
    expect(await school.sql("select from care.contact_hours")).toEqual([]);
  });

  test("are nobody else's to set", async () => {
    const notFound = { code: "SCHOOL_NOT_FOUND" };
    expect((await set("07:00", "18:00", { schools: ["99AB00"] })).data.setContactHours).toEqual(notFound);
    expect((await set("07:00", "18:00", { role: "teacher", staffMember: "m2" })).data.setContactHours).toEqual(
      notFound,
    );
    expect((await set("07:00", "18:00", {}, "12ZZ99")).data.setContactHours).toEqual(notFound);
    expect((await set("07:00", "18:00", { scope: "signals:read" })).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});
