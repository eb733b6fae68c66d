import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { openDatabase } from "../../../plumbing/database.ts";
import { pruneTask } from "../../../plumbing/retention.ts";
import { schoolSubgraph } from "../../../subgraphs/school/part.ts";
import type { TestClaims } from "../../keys.ts";
import { contact, daan, noor, type SchoolUnderTest, site, startSchool, teacher, until } from "./school-under-test.ts";

const morning = new Date("2026-11-17T09:00:00Z");
const events = `subscription ($after: String) { signalEvents(after: $after) {
  cursor kind signal { id status pupil { displayName } handedTo { id } } } }`;

let school: SchoolUnderTest;
let signalId: string;
beforeEach(async () => {
  school = await startSchool(morning);
  await school.deliver(noor);
  await school.deliver(daan);
  signalId = (await school.signals()).find(({ pupil }) => pupil.displayName === "Noor Veld").id;
});
afterEach(async () => {
  await school[Symbol.asyncDispose]();
});

const handTo = (staffMember: string, by: TestClaims = contact) =>
  school.gesture(by, "handOverSignal", signalId, `staffMemberId: "${staffMember}"`);

/** All that a token can read at the part's doors. */
async function seen(claims: TestClaims) {
  const { data } = await school.ask(
    claims,
    `query ($id: ID!) {
      signal(id: $id) { id } signals { edges { node { id } } } own: signals(schoolId: "${site}") { edges { node { id } } }
      schools { id } school(id: "${site}") { id contacts { id } staff { id } } me { schools { id } } }`,
    { id: signalId },
  );
  return data;
}

const nothing = {
  signal: null,
  signals: { edges: [] },
  own: { edges: [] },
  schools: [],
  school: null,
  me: { schools: [] },
};

describe("a teacher", () => {
  test("sees nothing before, and after it the one signal and nothing besides", async () => {
    expect(await seen(teacher("m2"))).toEqual(nothing);
    expect(await handTo("2")).toBe("SignalHandedOver");
    const one = { edges: [{ node: { id: signalId } }] };
    expect(await seen(teacher("m2"))).toEqual({ ...nothing, signal: { id: signalId }, signals: one, own: one });
    const { data } = await school.ask(
      teacher("m2"),
      "{ signals { edges { node { pupil { displayName group { name teachers { id } } } } } } }",
    );
    expect(data.signals.edges[0].node.pupil).toEqual({ displayName: "Noor Veld", group: { name: "5a", teachers: [] } });
  });

  test.each([
    ["of another key", { staffMember: "m3" }],
    ["of the same key at another site", { schools: ["99AB00"] }],
    ["of two sites", { schools: [site, "99AB00"] }],
    ["without a key", { staffMember: "" }],
    ["with an unknown role", { role: "janitor" }],
    ["with an empty role", { role: "" }],
    ["with a list of roles", { role: ["teacher"] }],
    ["with no role but null", { role: null }],
    ["of another party", { party: "police" }],
  ])("%s sees nothing", async (_, change) => {
    await handTo("2");
    const claims = { ...teacher("m2"), ...change } as TestClaims;
    const answer = await school.ask(claims, "{ signals { edges { node { id } } } schools { id } }");
    expect(answer.data?.signals?.edges ?? []).toEqual([]);
    expect(answer.data?.schools ?? []).toEqual([]);
  });

  test("confirms support, and can do nothing else", async () => {
    await handTo("2");
    const me = teacher("m2");
    expect(await school.gesture(me, "acknowledgeSignal", signalId)).toBe("SignalNotFound");
    expect(await school.gesture(me, "returnSignal", signalId, "reason: LEFT_SCHOOL")).toBe("SignalNotFound");
    expect(await handTo("3", me)).toBe("SignalNotFound");
    expect(await school.gesture(teacher("m3"), "confirmSupport", signalId)).toBe("SignalNotFound");
    expect(await school.gesture(me, "confirmSupport", signalId)).toBe("SupportConfirmed");
    const sql = "select status from care.signal where id = $1";
    expect(await school.sql(sql, [signalId])).toEqual([{ status: "SUPPORTED" }]);
    expect(await school.hops.next(({ input }) => input.progress === "SUPPORTED")).toBeDefined();
  });

  test("loses it at once when it goes to another, and is told that it is gone", async () => {
    await handTo("2");
    const [start] = await school.sql("select id from care.event where stream = $1", [`${site}/m2`]);
    const first = await school.subscribe(teacher("m2"), events, { after: start.id });
    const told = first.next();
    await handTo("3");
    expect((await told).value.data.signalEvents).toMatchObject({
      kind: "ERASED",
      signal: { id: signalId, status: "WITHDRAWN", pupil: null, handedTo: null },
    });
    expect(await seen(teacher("m2"))).toEqual(nothing);
    expect((await seen(teacher("m3"))).signal).toEqual({ id: signalId });
    expect(await school.gesture(teacher("m2"), "confirmSupport", signalId)).toBe("SignalNotFound");
    expect(await school.told(`${site}/m3`)).toEqual(["RAISED"]);
  });

  test("is told of a return, without the pupil, and of nobody else's signals", async () => {
    await handTo("2");
    const [start] = await school.sql("select id from care.event where stream = $1", [`${site}/m2`]);
    const live = await school.subscribe(teacher("m2"), events, { after: start.id });
    const other = (await school.signals()).find(({ id }) => id !== signalId);
    await school.gesture(contact, "acknowledgeSignal", other.id);
    await school.gesture(contact, "returnSignal", signalId, "reason: NOT_OUR_PUPIL");
    expect((await live.next()).value.data.signalEvents).toMatchObject({
      kind: "CHANGED",
      signal: { id: signalId, status: "RETURNED", pupil: null },
    });
    expect(await seen(teacher("m2"))).toEqual(nothing);
  });

  test("cannot resume at a contact's cursor", async () => {
    await handTo("2");
    const [theirs] = await school.sql("select id from care.event where stream = $1 limit 1", [site]);
    const live = await school.subscribe(teacher("m2"), events, { after: theirs.id });
    expect((await live.next()).value.errors[0].extensions.code).toBe("CURSOR_UNKNOWN");
  });
});

test("which teacher had a signal is nowhere any more a day after it has ended, and until then the teacher is told", async () => {
  const prune = async () => {
    await using rows = await openDatabase(school.database.appUrl, [], { now: () => school.now });
    await pruneTask(rows, schoolSubgraph.retention)({}, {} as never);
  };
  const before = school.now;
  const named = () =>
    school.sql("select kind from care.event where stream like '%/m2' and subject = $1 order by position", [signalId]);
  await handTo("2");
  await prune();
  expect(await named()).toHaveLength(1);
  await school.gesture(contact, "returnSignal", signalId, "reason: NOT_OUR_PUPIL");
  await prune();
  expect(await named()).toEqual([{ kind: "RAISED" }, { kind: "CHANGED" }]);
  school.now = new Date(before.getTime() + 24 * 60 * 60 * 1000 + 1);
  await prune();
  expect(await named()).toEqual([]);
  const [row] = await school.sql("select handed_to, handed_to_key from care.signal where id = $1", [signalId]);
  expect(row).toEqual({ handed_to: null, handed_to_key: null });
  school.now = before;
});

describe("the database alone", () => {
  test("lets a teacher make a signal supported and nothing else of it", async () => {
    await handTo("2");
    const as = async (claims: object, text: string) => {
      await using rows = await openDatabase(school.database.appUrl, []);
      return await rows.transaction(claims as never, (all) => all.query(text));
    };
    const me = { ...teacher("m2"), scope: [] };
    const change = (set: string) => as(me, `update care.signal set ${set}`);
    await expect(change("status = 'RETURNED'")).rejects.toThrow("row-level security");
    await expect(change("status = 'SUPPORTED', handed_to_key = 'm3'")).rejects.toThrow("row-level security");
    expect((await change("status = 'SUPPORTED'"))[1]).toBe(1);
    for (const table of ["contact_person", "contact_hours", "school_own_days", "held_delivery", "delivery"]) {
      expect(await as(me, `select from care.${table}`)).toEqual([]);
    }
    expect(await as({ ...me, role: "janitor" }, "select from care.signal")).toEqual([]);
  });
});

test("a contact chooses from who works there today, and from those who teach the group", async () => {
  const { data } = await school.ask(
    contact,
    `{ school(id: "${site}") { staff { id name } } signal(id: "${signalId}") { pupil { group { teachers { id } } } } }`,
  );
  expect(data.school.staff).toEqual([
    { id: "1", name: "Ina Bakker" },
    { id: "3", name: "An Bos" },
    { id: "2", name: "Jo Smit" },
  ]);
  expect(data.signal.pupil.group.teachers).toEqual([{ id: "2" }]);
  for (const gone of ["4", "5", "99", "m2", "2 or 1=1"]) expect(await handTo(gone)).toBe("StaffMemberNotFound");
});

describe("the processing log", () => {
  const log = (activity: string) =>
    school.sql("select actor, object, subject from care.processing where activity = $1 order by position", [activity]);

  test("has each read of a pupil, and no read of what names nobody", async () => {
    await school.sql("truncate care.processing");
    await school.ask(contact, "{ signals { edges { node { id status } } } }");
    expect(await log("signal.read")).toEqual([]);
    await school.signals();
    const entries = await log("signal.read");
    expect(entries).toHaveLength(2);
    expect(entries[0].actor).toBe("c-1");
    expect(JSON.stringify(entries)).not.toMatch(/Noor|Veld|Daan/);
  });

  test("names on a return each who had seen the pupil, once, and not who had not", async () => {
    await handTo("2");
    await school.signals(teacher("m2"));
    await school.signals(teacher("m2"));
    await school.signals(teacher("m3"));
    await school.gesture({ ...contact, sub: "c-2" }, "returnSignal", signalId, "reason: NOT_OUR_PUPIL");
    // Under the same subject as the reads, though nothing was shown to whoever returned it.
    const [returned] = await log("gesture.return");
    expect(returned).toMatchObject({ actor: "c-2", object: signalId });
    expect((await log("gesture.handOver")).at(-1)).toMatchObject({ object: signalId, subject: returned?.subject });
    const named = await log("signal.return");
    expect(named.map(({ actor }) => actor)).toEqual(["c-1", "m2"]);
    const reads = await school.sql("select subject from care.processing where object = $1", [signalId]);
    expect(new Set(reads.map(({ subject }) => subject)).size).toBe(1);
  });

  test("names on a withdrawal each who had seen the pupil", async () => {
    const { id } = await school.deliver(noor);
    const [{ id: first }] = await school.sql("select id from care.delivery where signal_id = $1 and id <> $2", [
      signalId,
      id,
    ]);
    await school.withdraw(id);
    expect(await log("signal.withdraw")).toEqual([]);
    await school.withdraw(first);
    expect((await log("signal.withdraw")).map(({ actor }) => actor)).toEqual(["c-1"]);
    expect((await seen(contact)).signal).toEqual({ id: signalId });
  });

  test("that cannot be written shows nobody a pupil", async () => {
    await school.sql("alter table care.processing add constraint full_disk check (false) not valid");
    const { data, errors } = await school.ask(contact, `{ signal(id: "${signalId}") { id pupil { displayName } } }`);
    expect(data.signal.pupil).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("INTERNAL_SERVER_ERROR");
  });
});

test("once support is confirmed the pupil is named for an hour, as is said, and then for nobody", async () => {
  await handTo("2");
  await school.gesture(teacher("m2"), "confirmSupport", signalId);
  const supported = (await school.signals()).find(({ id }) => id === signalId);
  expect(supported).toMatchObject({ erasesAt: "2026-11-17T10:00:00.000Z", pupil: { displayName: "Noor Veld" } });
  school.now = new Date("2026-11-17T10:00:00Z");
  await until(async () => (await school.told()).includes("ERASED"));
  expect((await school.signals()).find(({ id }) => id === signalId)).toMatchObject({
    status: "SUPPORTED",
    pupil: null,
    handedTo: null,
  });
  expect(await school.told(`${site}/m2`)).toEqual(["RAISED", "CHANGED", "ERASED"]);
  expect(await seen(teacher("m2"))).toEqual(nothing);
});
