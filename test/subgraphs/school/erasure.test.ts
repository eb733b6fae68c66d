import { randomUUID } from "node:crypto";
import { expect, test } from "@jest/globals";
import type { JobHelpers } from "graphile-worker";
import { openDatabase } from "../../../plumbing/database.ts";
import { openLog } from "../../../plumbing/log.ts";
import { schoolDatabase } from "../../../subgraphs/school/database.ts";
import { eraseTask } from "../../../subgraphs/school/hops/erase.ts";
import { SignalRow } from "../../../subgraphs/school/store/entities.ts";
import { withClient } from "../../../system/databases.ts";
import { createTestDatabase } from "../../database.ts";
import { testIdentities } from "../../keys.ts";

const tuesdayNight = new Date("2026-11-24T23:00:00Z");

/** Runs the task at its time on a signal that stands at `status`; gives what is left of it. */
async function afterErasure(status: string, now = tuesdayNight, ownDays = "") {
  await using database = await createTestDatabase(schoolDatabase);
  const identities = testIdentities("school");
  await using rows = await openDatabase(database.appUrl, [SignalRow], undefined, identities);
  const id = randomUUID();
  return await withClient(database.adminUrl, async (admin) => {
    await admin.query(
      `insert into care.signal (id, school_id, pupil, pupil_digest, support_on, status, raised_at, erases_at)
       values ($1, '99AA00', $4, 'digest', '2026-11-24', $2, '2026-11-24T06:00:00Z', $3)`,
      [id, status, tuesdayNight, identities.encrypt({ table: "signal", column: "pupil", row: id }, "1")],
    );
    if (ownDays !== "") await admin.query(`insert into care.school_own_days values ${ownDays}`);
    const room = { database: rows, clock: { now: () => now }, log: openLog("school", "silent") };
    await eraseTask(room)({ id }, {} as JobHelpers);
    const { rows: left } = await admin.query(
      `select status, pupil_id is not null as named, coalesce(pupil, pupil_digest) as number, support_on::text as day,
              (select string_agg(kind, ',') from care.event where subject = $1) as events from care.signal where id = $1`,
      [id],
    );
    return left[0];
  });
}

test("a signal that was seen names nobody once its day is over", async () => {
  expect(await afterErasure("SEEN")).toMatchObject({ status: "EXPIRED", named: false, number: null, events: "ERASED" });
  expect(await afterErasure("SUPPORTED")).toMatchObject({ status: "SUPPORTED", named: false, events: "ERASED" });
});

test("a signal that nobody has seen is due again on the next school day", async () => {
  expect(await afterErasure("RAISED")).toMatchObject({
    status: "RAISED",
    named: true,
    day: "2026-11-25",
    events: "CHANGED",
  });
});

test("a signal that nobody has seen is not due again on a free day of its school", async () => {
  const free = "('99AA00', '2026-11-25', '2026-11-27', false)";
  expect(await afterErasure("RAISED", tuesdayNight, free)).toMatchObject({ status: "RAISED", day: "2026-11-30" });
});

test("a signal that nobody has seen before the holidays is due again after them", async () => {
  const lastNight = new Date("2026-12-18T23:00:00Z");
  expect(await afterErasure("RAISED", lastNight)).toMatchObject({ status: "RAISED", day: "2027-01-04" });
});

test("a signal is not erased before its time", async () => {
  const early = new Date(tuesdayNight.getTime() - 1);
  expect(await afterErasure("SEEN", early)).toMatchObject({ status: "SEEN", named: true, events: null });
});
