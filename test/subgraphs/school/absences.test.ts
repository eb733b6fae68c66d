import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { schoolDatabase } from "../../../subgraphs/school/database.ts";
import { schoolSubgraph } from "../../../subgraphs/school/part.ts";
import { withClient } from "../../../system/databases.ts";
import { type Json, startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";

const contact = { party: "school", organisation: "1", schools: ["99AA00"], scope: "signals:read signals:handle" };
const elsewhere = { ...contact, schools: ["99AB00"] };
const teacher = { ...contact, role: "teacher", staffMember: "m1" };
/** A Thursday morning; there is school on the Friday. */
const clock = { now: () => new Date("2026-02-05T08:00:00Z") };

const record = `mutation ($input: RecordAbsenceInput!) { recordAbsence(input: $input) { __typename
  ... on AbsenceRecorded { absence { id firstDay lastDay staffMember { id name } } }
  ... on SchoolNotFound { code } ... on StaffMemberNotFound { code } ... on InvalidPeriod { code } } }`;
const cancel = `mutation ($id: ID!) { cancelAbsence(input: { absenceId: $id }) { __typename
  ... on AbsenceCancelled { school { id absences { id } } } ... on AbsenceNotFound { code } } }`;
const list = `{ school(id: "99AA00") { contacts { id name } absences { id firstDay lastDay staffMember { id name } } } }`;

let school: TestSubgraph;

beforeAll(async () => {
  school = await startTestSubgraph(schoolSubgraph, schoolDatabase, clock);
  await withClient(school.database.registryUrl, (registry) =>
    registry.query(`
      insert into registry.school (brincode, dependancecode, schooljaar) values
        ('99AA', '00', '2025-2026'), ('99AB', '00', '2025-2026');
      insert into registry.medewerker (brincode, dependancecode, sleutel, achternaam, emailadres, uitdienstdatum) values
        ('99AA', '00', 'm1', 'Aalders', 'a@example.nl', null), ('99AA', '00', 'm2', 'Bakker', 'b@example.nl', null),
        ('99AA', '00', 'm3', 'Coenen', 'c@example.nl', '2026-02-05'), ('99AA', '00', 'm4', 'Dam', 'd@example.nl', null),
        ('99AB', '00', 'm1', 'Evers', 'e@example.nl', null);
    `),
  );
  await withClient(school.database.adminUrl, (admin) =>
    admin.query(`insert into care.contact_person values
      ('99AA00', 'm3', 1), ('99AA00', 'm2', 2), ('99AA00', 'm1', 3), ('99AB00', 'm1', 1)`),
  );
});

beforeEach(async () => {
  await withClient(school.database.adminUrl, (admin) => admin.query("truncate care.contact_absence, care.contact_gap"));
  school.hops.sent.splice(0);
});

afterAll(async () => {
  await school[Symbol.asyncDispose]();
});

const friday = { firstDay: "2026-02-06", lastDay: "2026-02-06" };

async function recorded(input: Json, claims = contact): Promise<Json> {
  const { data } = await school.ask(claims, record, { input: { schoolId: "99AA00", staffMemberId: "1", ...input } });
  return data.recordAbsence;
}

/** What Leerplicht has been told, once it has been told this. */
function gapTold(open: boolean): Promise<Json> {
  return school.hops.next(({ document, input }) => document.includes("reportContactGap") && input.open === open);
}

describe("an absence", () => {
  test("is recorded, listed while it lasts, and cancelled", async () => {
    const { absence } = await recorded({ firstDay: "2026-02-02", lastDay: "2026-02-05" });
    expect(absence).toMatchObject({ firstDay: "2026-02-02", staffMember: { id: "1", name: "Aalders" } });
    const { data } = await school.ask(contact, list);
    expect(data.school.absences).toEqual([absence]);
    const cancelled = await school.ask(contact, cancel, { id: absence.id });
    expect(cancelled.data.cancelAbsence.school).toEqual({ id: "99AA00", absences: [] });
    const again = await school.ask(contact, cancel, { id: absence.id });
    expect(again.data.cancelAbsence).toEqual({ __typename: "AbsenceNotFound", code: "ABSENCE_NOT_FOUND" });
  });

  test("said twice, also at once, is one", async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => recorded(friday)));
    expect(new Set(all.map(({ absence }) => absence.id)).size).toBe(1);
  });

  test("that has passed is not listed", async () => {
    await withClient(school.database.adminUrl, (admin) =>
      admin.query(`insert into care.contact_absence (school_id, staff_key, first_day, last_day)
        values ('99AA00', 'm1', '2026-02-01', '2026-02-04')`),
    );
    const { data } = await school.ask(contact, list);
    expect(data.school.absences).toEqual([]);
  });

  test.each([
    [{ firstDay: "2026-02-10", lastDay: "2026-02-09" }, "PERIOD_REVERSED"],
    [{ firstDay: "2026-02-05", lastDay: "2027-02-05" }, "PERIOD_TOO_LONG"],
    [{ firstDay: "2026-02-01", lastDay: "2026-02-04" }, "PERIOD_PAST"],
    [{ firstDay: "2027-02-05", lastDay: "2027-02-05" }, "PERIOD_TOO_FAR"],
    [{ ...friday, schoolId: "99AB00" }, "SCHOOL_NOT_FOUND"],
    [{ ...friday, schoolId: "99ZZ00" }, "SCHOOL_NOT_FOUND"],
    [{ ...friday, schoolId: "" }, "SCHOOL_NOT_FOUND"],
    [{ ...friday, staffMemberId: "5" }, "STAFF_MEMBER_NOT_FOUND"],
    [{ ...friday, staffMemberId: "4" }, "STAFF_MEMBER_NOT_FOUND"],
    [{ ...friday, staffMemberId: "3" }, "STAFF_MEMBER_NOT_FOUND"],
    [{ ...friday, staffMemberId: "'; drop table care.signal" }, "STAFF_MEMBER_NOT_FOUND"],
  ])("%j is refused: %s", async (input, code) => {
    expect(await recorded(input)).toMatchObject({ code });
    expect((await school.ask(contact, list)).data.school.absences).toEqual([]);
  });

  test.each([
    ["2026-02-05", "2027-02-04"],
    ["2027-02-04", "2028-02-03"],
    ["2026-02-05", "2026-02-05"],
  ])("from %s to %s is within bounds", async (firstDay, lastDay) => {
    expect(await recorded({ firstDay, lastDay })).toMatchObject({ __typename: "AbsenceRecorded" });
  });

  test("of another school is neither seen nor cancelled; a teacher neither records, cancels nor sees one", async () => {
    const { absence } = await recorded(friday);
    for (const claims of [elsewhere, teacher]) {
      const { data } = await school.ask(claims, cancel, { id: absence.id });
      expect(data.cancelAbsence).toMatchObject({ code: "ABSENCE_NOT_FOUND" });
      expect(await recorded(friday, claims)).toMatchObject({ code: "SCHOOL_NOT_FOUND" });
      const seen = await school.ask(claims, list);
      expect(seen.data.school?.absences ?? []).toEqual([]);
    }
    expect((await school.ask(contact, list)).data.school.absences).toHaveLength(1);
  });

  test.each(["", "no-uuid", randomUUID()])("with the id %j is not found", async (id) => {
    const { data } = await school.ask(contact, cancel, { id });
    expect(data.cancelAbsence).toMatchObject({ code: "ABSENCE_NOT_FOUND" });
  });

  test("is nobody's to read or record without the scope", async () => {
    const { errors } = await school.ask({ ...contact, scope: "" }, list);
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const input = { schoolId: "99AA00", staffMemberId: "1", ...friday };
    const recording = await school.ask({ ...contact, scope: "signals:read" }, record, { input });
    expect(recording.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

test("the contacts stand in their order, without who has left", async () => {
  const { data } = await school.ask(contact, list);
  expect(data.school.contacts).toEqual([
    { id: "2", name: "Bakker" },
    { id: "1", name: "Aalders" },
  ]);
});

describe("a gap of the next school day", () => {
  test("is told as soon as the last one there goes absent, and when it is mended", async () => {
    await recorded(friday);
    const { absence } = await recorded({ ...friday, staffMemberId: "2" });
    expect(await gapTold(true)).toEqual({ schoolId: "99AA00", day: "2026-02-06", open: true, revision: 1 });
    await school.ask(contact, cancel, { id: absence.id });
    expect(await gapTold(false)).toEqual({ schoolId: "99AA00", day: "2026-02-06", open: false, revision: 2 });
  });

  test("is found also where two go absent at the same moment, each counting on the other", async () => {
    for (let day = 0; day < 5; day += 1) {
      await Promise.all([recorded(friday), recorded({ ...friday, staffMemberId: "2" })]);
      expect(await gapTold(true)).toMatchObject({ day: "2026-02-06" });
      await withClient(school.database.adminUrl, (admin) =>
        admin.query("truncate care.contact_absence, care.contact_gap"),
      );
      school.hops.sent.splice(0);
    }
  });

  test("is told of the rest of today, too", async () => {
    const today = { firstDay: "2026-02-05", lastDay: "2026-02-05" };
    await recorded(today);
    await recorded({ ...today, staffMemberId: "2" });
    expect(await gapTold(true)).toMatchObject({ day: "2026-02-05" });
  });
});
