import { randomUUID } from "node:crypto";
import { expect, test } from "@jest/globals";
import { readDatabaseText } from "../../prove/erasure/database-text.ts";
import { withClient } from "../../system/databases.ts";
import type { TestSubgraph } from "../subgraph.ts";
import { report, reportIncident, startAgency } from "./agency/agency-under-test.ts";
import { children, monday, startOffice } from "./leerplicht/office-under-test.ts";
import { policeUnderTest } from "./police/police-under-test.ts";
import { noor, startSchool } from "./school/school-under-test.ts";

/** Does as an earlier version did, which had no such constraint, and starts the part again. */
async function asBefore(part: TestSubgraph, table: string, constraint: string, sql: string): Promise<void> {
  await withClient(part.database.adminUrl, async (admin) => {
    const [{ text }] = (
      await admin.query("select pg_get_constraintdef(oid) as text from pg_constraint where conname = $1", [constraint])
    ).rows;
    await admin.query(`alter table ${table} drop constraint ${constraint}; ${sql};
      alter table ${table} add constraint ${constraint} ${text}`);
    await expect(admin.query(sql)).rejects.toMatchObject({ code: "23514" });
  });
  await part.replica();
}

const plain = async ({ database }: TestSubgraph, named: RegExp) =>
  (await withClient(database.adminUrl, readDatabaseText)).filter(({ text }) => named.test(text));

test("a child whom an earlier version left in the ledger in plain is encrypted, and still routed", async () => {
  await using office = await startOffice();
  const id = await office.submitted(children.unknown);
  await asBefore(
    office.part,
    "care.submission",
    "submission_unread",
    `update care.submission set sought = null, child = '{"familyName":"Zonderling"}' where id = '${id}'`,
  );
  expect(await plain(office.part, /zonderling/i)).toEqual([]);
  expect(await office.taskOf(id)).toMatchObject({ child: { name: "Zonderling" } });
});

test("a pupil whom an earlier version left in the inbox in plain is encrypted, and still recognised", async () => {
  await using school = await startSchool(monday);
  await school.sql("insert into care.contact_hours (school_id, always) values ('99AA00', true)");
  const { id } = await school.deliver(noor);
  await asBefore(
    school,
    "care.signal",
    "signal_pupil",
    "update care.signal set pupil = null, pupil_digest = null, pupil_number = 1",
  );
  expect(await school.sql("select pupil_number from care.signal where pupil_number is not null")).toEqual([]);
  await school.deliver(noor, randomUUID());
  expect(await school.signals()).toEqual([expect.objectContaining({ pupil: { displayName: "Noor Veld" } })]);
  await school.withdraw(id);
});

test("an idempotency key that an earlier version kept in plain is digested, and a repeat is still one", async () => {
  await using police = await startAgency(policeUnderTest);
  const input = report({ idempotencyKey: "zonderling 999990019" });
  await police.asUnit(reportIncident, { input });
  await asBefore(
    police,
    "care.receipt",
    "receipt_key_unread",
    "update care.receipt set key_digest = null, idempotency_key = 'zonderling 999990019'",
  );
  expect(await plain(police, /zonderling/i)).toEqual([]);
  expect((await police.asUnit(reportIncident, { input })).data.reportIncident).toMatchObject({ replayed: true });
});
