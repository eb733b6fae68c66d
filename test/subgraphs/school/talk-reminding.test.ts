import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { systemClaims } from "../../../plumbing/database.ts";
import { keepTalk, takeBackTalk } from "../../../subgraphs/school/store/talks.ts";
import { startMailServer, type TestMailServer } from "../../mail-server.ts";
import { openSchoolJobs, type SchoolJobs } from "./school-jobs.ts";

let mails: TestMailServer;
let school: SchoolJobs;

beforeAll(async () => {
  mails = await startMailServer();
});
beforeEach(async () => {
  mails.mails.length = 0;
  school = await openSchoolJobs("2026-02-04T10:00:00Z", { SMTP_URL: mails.url });
});
afterEach(async () => {
  await school[Symbol.asyncDispose]();
});
afterAll(async () => {
  await mails[Symbol.asyncDispose]();
});

async function talkOn(day: string): Promise<{ id: string; circleKey: string }> {
  const talk = await school.planTalk(day);
  await school.run();
  return talk;
}

/** Who was mailed at a moment. */
async function mailedAt(moment: string): Promise<string[]> {
  const before = mails.mails.length;
  await school.at(moment);
  return mails.mails.slice(before).map(({ to }) => to);
}

const kept = () => school.sql("select from care.talk_to_come union all select from care.talk_reminder");

test("of a talk on a Monday the first contact is told on Friday, the deputies later, and nobody twice", async () => {
  await talkOn("2026-02-09");
  expect(await mailedAt("2026-02-06T05:59:00Z")).toEqual([]);
  expect(await mailedAt("2026-02-06T06:00:00Z")).toEqual(["ina@example.nl"]);
  expect(await mailedAt("2026-02-06T06:29:00Z")).toEqual([]);
  expect((await mailedAt("2026-02-06T06:30:00Z")).sort()).toEqual(["bo@example.nl", "jo@example.nl"]);
  expect(await mailedAt("2026-02-08T07:00:00Z")).toEqual([]);
  expect(await mailedAt("2026-02-09T06:00:00Z")).toEqual([]);
  expect(await mailedAt("2026-02-09T06:30:00Z")).toEqual([]);
});

test("who is absent on the last school day before is told on the talk's own day, in their turn", async () => {
  await school.sql(
    "insert into care.contact_absence (school_id, staff_key, first_day, last_day) values ($1, $2, $3, $3)",
    ["99AA00", "m3", "2026-02-05"],
  );
  await talkOn("2026-02-06");
  expect(await mailedAt("2026-02-05T06:00:00Z")).toEqual(["ina@example.nl"]);
  expect(await mailedAt("2026-02-05T06:30:00Z")).toEqual(["bo@example.nl"]);
  expect(await mailedAt("2026-02-06T06:00:00Z")).toEqual([]);
  expect(await mailedAt("2026-02-06T06:30:00Z")).toEqual(["jo@example.nl"]);
});

test("a day that becomes free after the talk was planned is passed over", async () => {
  await talkOn("2026-02-09");
  await school.sql(
    "insert into care.school_own_days (school_id, first_day, last_day, is_school) values ('99AA00', '2026-02-06', '2026-02-06', false)",
  );
  expect(await mailedAt("2026-02-06T06:00:00Z")).toEqual([]);
  expect(await mailedAt("2026-02-09T06:00:00Z")).toEqual(["ina@example.nl"]);
});

test("nobody is told of a talk that was taken back, nor where the circle is no more", async () => {
  const { id, circleKey } = await talkOn("2026-02-06");
  await school.rows.transaction(systemClaims, (rows) => takeBackTalk(rows, id));
  expect(await mailedAt("2026-02-05T06:00:00Z")).toEqual([]);
  // Asked for only now, it had been taken back before.
  await school.rows.transaction(systemClaims, (rows) =>
    keepTalk(rows, { id, circleKey, day: "2026-02-06" }, school.clock.now()),
  );
  expect(await mailedAt("2026-02-05T07:00:00Z")).toEqual([]);
  const other = await talkOn("2026-02-06");
  await school.sql(
    "update care.circle_pupil set school_id = null, pupil = null, pupil_id = null, circle_key = null where circle_key = $1",
    [other.circleKey],
  );
  expect(await mailedAt("2026-02-05T08:00:00Z")).toEqual([]);
});

test("of a talk nothing is left once its day is over", async () => {
  await talkOn("2026-02-06");
  await mailedAt("2026-02-05T06:00:00Z");
  await school.at("2026-02-06T22:59:59Z");
  expect(await kept()).not.toEqual([]);
  await school.at("2026-02-06T23:00:00Z");
  expect(await kept()).toEqual([]);
});
