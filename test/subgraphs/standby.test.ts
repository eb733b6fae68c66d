import { randomUUID } from "node:crypto";
import { expect, test } from "@jest/globals";
import { withClient } from "../../system/databases.ts";
import type { TestDatabase } from "../database.ts";
import { until } from "../until.ts";
import { report, reportIncident, startAgency } from "./agency/agency-under-test.ts";
import { children, policePart, startOffice } from "./leerplicht/office-under-test.ts";
import { policeUnderTest } from "./police/police-under-test.ts";
import { noor, startSchool } from "./school/school-under-test.ts";

/*
 * What came before a crash, and had not reached the synchronous standby, can be read after it. Who repeats it must not be
 * told that it is accepted before the standby has it: a promotion would take it back.
 */

test("a report that is repeated is answered once the standby has it", async () => {
  await using agency = await startAgency(policeUnderTest);
  const input = report();
  const submit = () => agency.asUnit(reportIncident, { input });
  await submit();
  const { data } = await oweToStandby(agency.database, submit);
  expect(data.reportIncident).toMatchObject({ replayed: true });
});

test("so is a submission that is repeated", async () => {
  await using office = await startOffice();
  const input = { id: randomUUID(), organisation: "unit-1", occurredAt: office.now, child: children.unknown };
  const submit = () =>
    office.part.ask(policePart, "mutation ($input: SubmitSignalInput!) { submitSignal(input: $input) { accepted } }", {
      input,
    });
  await submit();
  const { data } = await oweToStandby(office.part.database, submit);
  expect(data.submitSignal).toEqual({ accepted: true });
});

test("so is a delivery that is repeated", async () => {
  await using school = await startSchool(new Date("2041-01-14T08:00:00Z"));
  const { id } = await school.deliver(noor);
  const { answer } = await oweToStandby(school.database, () => school.deliver(noor, id));
  expect(answer).toMatchObject({ __typename: "SignalDelivered" });
});

/**
 * Asks while the database owes everything to a standby that is not there, until it is seen to wait for it; then the
 * standby is done without. The other databases of the cluster, whose commits are not synchronous at all, notice nothing.
 */
async function oweToStandby<T>({ adminUrl }: TestDatabase, ask: () => Promise<T>): Promise<T> {
  return withClient(adminUrl, async (admin) => {
    const standby = async (change: string) => {
      await admin.query(`alter system ${change}`);
      await admin.query("select pg_reload_conf()");
    };
    await admin.query(
      "do $$ begin execute format('alter database %I set synchronous_commit = on', current_database()); end $$",
    );
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename like '%_app'",
    );
    await standby("set synchronous_standby_names = 'nobody'");
    try {
      const answer = ask();
      const isWaiting = async () => {
        const { rows } = await admin.query(
          "select from pg_stat_activity where datname = current_database() and wait_event = 'SyncRep'",
        );
        return rows.length > 0;
      };
      let isAnswered = false;
      const answered = () => {
        isAnswered = true;
      };
      void answer.then(answered, answered);
      await until("the answer to wait for the standby", async () => isAnswered || isWaiting());
      expect(isAnswered).toBe(false);
      await standby("reset synchronous_standby_names");
      return await answer;
    } finally {
      await standby("reset synchronous_standby_names");
    }
  });
}
