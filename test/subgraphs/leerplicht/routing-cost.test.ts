import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { countStatements } from "../../../bench/statements.ts";
import { Config } from "../../../plumbing/config.ts";
import { openDatabase, systemClaims } from "../../../plumbing/database.ts";
import { Identities } from "../../../plumbing/identities/identities.ts";
import { makeIdentityKey, readIdentityKeys } from "../../../plumbing/identities/keys.ts";
import { leerplichtSubgraph } from "../../../subgraphs/leerplicht/part.ts";
import { DeliveryRow, SubmissionRow } from "../../../subgraphs/leerplicht/store/entities.ts";
import { routeSubmission } from "../../../subgraphs/leerplicht/store/routing.ts";
import { encryptSought } from "../../../subgraphs/leerplicht/store/sought-child.ts";
import { withClient } from "../../../system/databases.ts";
import { until } from "../../until.ts";
import { children, monday, type OfficeUnderTest, startOffice } from "./office-under-test.ts";

let office: OfficeUnderTest;
beforeAll(async () => {
  office = await startOffice();
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
});

const escalation = { leadMinutes: 60, callingHours: { opens: "07:30", closes: "17:30" } };

test.each([
  ["a BSN", children.enrolledOnce],
  ["a name and a birth date", { givenName: "Noor", familyName: "Veld", birthDate: "2017-03-04" }],
])("a signal finds its school by %s, and is on its way, in five statements", async (_, child) => {
  const keys = readIdentityKeys(new Config({ IDENTITY_KEYS: makeIdentityKey(monday) }));
  const identities = new Identities("leerplicht", () => keys, "");
  await using database = await openDatabase(
    office.part.database.appUrl,
    leerplichtSubgraph.entities,
    undefined,
    identities,
  );
  await database.transaction(systemClaims, async (rows) => {
    const submission = Object.assign(new SubmissionRow(), {
      id: randomUUID(),
      organisation: "office",
      sender: "police",
      senderOrganisation: "unit-1",
      occurredAt: monday,
      dueBy: monday,
      receivedAt: monday,
      progress: "DELIVERED" as const,
    });
    submission.sought = encryptSought(rows, "submission", submission.id, { child, personId: null });
    await rows.insert(SubmissionRow, submission);
    const asked = countStatements(rows);
    await routeSubmission(rows, submission, escalation, monday);
    expect(asked.count).toBe(5);
    expect(await rows.existsBy(DeliveryRow, { submissionId: submission.id, schoolId: "99AA00" })).toBe(true);
  });
});

test("nobody else's entry in the processing log waits while a signal is looked up", async () => {
  await withClient(office.part.database.adminUrl, async (admin) => {
    await admin.query("begin");
    await admin.query("lock table registry.jeugdige in access exclusive mode");
    const submitting = office.submitted(children.enrolledOnce);
    const waiting = "select from pg_locks where not granted and relation = 'registry.jeugdige'::regclass";
    await until("the look-up to wait", async () => (await admin.query(waiting)).rowCount === 1);
    const [log] = await office.query<{ free: boolean }>(
      "select pg_try_advisory_xact_lock(hashtextextended('care.processing', 0)) as free",
    );
    expect(log).toEqual({ free: true });
    await admin.query("rollback");
    const processed = await office.query("select from care.processing where object = $1", [await submitting]);
    expect(processed).toHaveLength(1);
  });
});
