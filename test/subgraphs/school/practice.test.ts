import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { until } from "../../until.ts";
import { contact, type SchoolUnderTest, site, startSchool, teacher } from "./school-under-test.ts";

let school: SchoolUnderTest;
beforeEach(async () => {
  school = await startSchool(new Date("2026-11-17T20:00:00Z"));
});
afterEach(async () => {
  await school[Symbol.asyncDispose]();
});

const send = async (claims: object = contact) => {
  const { data } = await school.ask(
    { ...contact, ...claims },
    `mutation { sendPracticeSignal(input: { schoolId: "${site}" }) {
      ... on PracticeSignalSent { signal { id practice status supportOn pupil { displayName group { name } } } }
      ... on SchoolNotFound { code } } }`,
  );
  return data.sendPracticeSignal;
};

test("a practice signal is there at once, marked, about a made-up pupil, and all gestures work on it", async () => {
  const { signal } = await send();
  expect(signal).toMatchObject({
    practice: true,
    status: "RAISED",
    supportOn: "2026-11-18",
    pupil: { displayName: "Robin Oefening", group: null },
  });
  const { id } = signal;
  expect(await school.gesture(contact, "acknowledgeSignal", id)).toBe("SignalAcknowledged");
  expect(await school.gesture(contact, "handOverSignal", id, 'staffMemberId: "2"')).toBe("SignalHandedOver");
  expect(await school.signals(teacher("m2"))).toMatchObject([{ id, practice: true }]);
  expect(await school.gesture(teacher("m2"), "confirmSupport", id)).toBe("SupportConfirmed");
  const other = (await send()).signal.id;
  expect(await school.gesture(contact, "returnSignal", other, "reason: NOT_OUR_PUPIL")).toBe("SignalReturned");
  expect((await school.signals()).find((one) => one.id === other).pupil).toBeNull();
});

test("it leaves the school's part nowhere, and the processing log says nothing of a pupil who is not", async () => {
  const { signal } = await send();
  await school.gesture(contact, "confirmSupport", signal.id);
  expect(await school.sql("select kind from care.outbox where kind <> 'reportContactGap'")).toEqual([]);
  expect(await school.sql("select from care.delivery")).toEqual([]);
  expect(await school.sql("select from care.processing")).toEqual([]);
});

test("it ends with its day, seen or not", async () => {
  await send();
  school.now = new Date("2026-11-18T23:00:00Z");
  await until("the erasure", async () => (await school.told()).includes("ERASED"));
  expect(await school.signals()).toMatchObject([{ status: "EXPIRED", pupil: null }]);
});

test("a school has three of them at most, however many are sent at once, and one that ended makes room", async () => {
  const sent = await Promise.all(Array.from({ length: 10 }, () => send()));
  expect(new Set(sent.map(({ signal }) => signal.id)).size).toBe(3);
  expect(await school.signals()).toHaveLength(3);
  await school.gesture(contact, "confirmSupport", sent[0].signal.id);
  const ids = sent.map(({ signal }) => signal.id);
  expect(ids).not.toContain((await send()).signal.id);
});

test("nobody but a contact of the school sends one", async () => {
  for (const other of [{ schools: ["99AB00"] }, teacher("m2"), { role: "janitor" }, { schools: [] }]) {
    expect(await send(other)).toEqual({ code: "SCHOOL_NOT_FOUND" });
  }
  expect(await school.sql("select from care.signal")).toEqual([]);
});
