import { hostname } from "node:os";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Config } from "../../../plumbing/config.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { openMailer, readMailSettings } from "../../../plumbing/mail.ts";
import type { Gesture } from "../../../subgraphs/school/decisions/status.ts";
import { sendReminderTask } from "../../../subgraphs/school/hops/send-reminder.ts";
import { readSchoolSettings } from "../../../subgraphs/school/settings.ts";
import { makeGesture } from "../../../subgraphs/school/store/inbox.ts";
import { pseudonymKey } from "../../keys.ts";
import { startMailServer, type TestMailServer } from "../../mail-server.ts";
import { openSchoolJobs, type SchoolJobs } from "./school-jobs.ts";

/** A Friday, an hour after school began; on the Monday there is school. */
const friday = "2026-02-06T08:30:00Z";

let server: TestMailServer;
let school: SchoolJobs;

beforeEach(async () => {
  server = await startMailServer();
  school = await openSchoolJobs(friday, { SMTP_URL: server.url, DASHBOARD_URL: "https://school.example.nl/inbox" });
});

afterEach(async () => {
  await school[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** Who has been mailed since the last call, by name in the order of the alphabet: mails go side by side. */
function told(): string[] {
  return server.mails
    .splice(0)
    .map(({ to }) => to.replace("@example.nl", ""))
    .sort();
}

async function make(gesture: Gesture, id: string): Promise<void> {
  await school.rows.transaction(systemClaims, (rows) =>
    makeGesture(rows, { claims: systemClaims, clock: school.clock, config: { pseudonymKey } }, id, gesture),
  );
}

async function absent(staffKey: string, firstDay: string, lastDay = firstDay): Promise<void> {
  await school.sql(
    "insert into care.contact_absence (school_id, staff_key, first_day, last_day) values ($1, $2, $3, $4)",
    ["99AA00", staffKey, firstDay, lastDay],
  );
}

describe("of a signal that nobody looks at", () => {
  test("the first contact is told at once, the deputies after half an hour, and so again on the next school day", async () => {
    await school.raise();
    await school.run();
    expect(told()).toEqual(["ina"]);
    await school.at("2026-02-06T08:59:59Z");
    expect(told()).toEqual([]);
    await school.at("2026-02-06T09:00:00Z");
    expect(told()).toEqual(["bo", "jo"]);
    await school.at("2026-02-06T16:00:00Z");
    await school.at("2026-02-08T12:00:00Z");
    await school.at("2026-02-09T05:59:59Z");
    expect(told()).toEqual([]);
    await school.at("2026-02-09T06:00:00Z");
    expect(told()).toEqual(["ina"]);
    await school.at("2026-02-09T06:30:00Z");
    expect(told()).toEqual(["bo", "jo"]);
    await school.at("2026-02-10T06:00:00Z");
    expect(told()).toEqual(["ina"]);
  });

  test("who is absent that day is passed over: the first deputy is told at once", async () => {
    await absent("m2", "2026-02-02", "2026-02-06");
    await school.raise();
    await school.run();
    expect(told()).toEqual(["jo"]);
    await school.at("2026-02-06T09:00:00Z");
    expect(told()).toEqual(["bo"]);
    await school.at("2026-02-09T06:00:00Z");
    expect(told()).toEqual(["ina"]);
  });

  test("nobody is told who has left, has no address or has one that is several", async () => {
    await school.sql(`update registry.medewerker set uitdienstdatum = '2026-02-06' where sleutel = 'm2';
      update registry.medewerker set emailadres = 'jo@example.nl, bo@example.nl' where sleutel = 'm3'`);
    await school.raise();
    await school.run();
    expect(told()).toEqual(["bo"]);
  });

  test("nobody is told where nobody is there, and on the next school day the one who is back", async () => {
    for (const key of ["m1", "m2", "m3"]) await absent(key, "2026-02-06");
    await school.raise();
    await school.run();
    await school.at("2026-02-06T09:00:00Z");
    expect(told()).toEqual([]);
    await school.at("2026-02-09T06:00:00Z");
    expect(told()).toEqual(["ina"]);
  });

  test("one that appears late has its deputies told at the next opening", async () => {
    await school.at("2026-02-06T16:45:00Z");
    await school.raise();
    await school.run();
    expect(told()).toEqual(["ina"]);
    await school.at("2026-02-06T17:15:00Z");
    expect(told()).toEqual([]);
    await school.at("2026-02-09T06:00:00Z");
    expect(told()).toEqual(["bo", "ina", "jo"]);
  });

  test("the deputies are told at the next opening also where the first contact's job comes before theirs", async () => {
    await school.at("2026-02-06T16:45:00Z");
    await school.raise();
    await school.run();
    expect(told()).toEqual(["ina"]);
    const { remind } = school.tasks;
    if (remind === undefined) throw new Error("No task");
    // Only the first contact's: the deputies' job lies in the queue until that one is done.
    school.tasks["remind"] = async (payload, jobs) => {
      if ((payload as { whom: string }).whom === "first") await remind(payload, jobs);
    };
    await school.at("2026-02-09T06:00:00Z");
    expect(told()).toEqual(["bo", "ina", "jo"]);
  });

  test("a later start of the jobs, after days, tells once and in order", async () => {
    await school.raise();
    await school.at("2026-02-10T08:00:00Z");
    expect(told()).toEqual(["ina"]);
    await school.run();
    expect(told()).toEqual([]);
    await school.at("2026-02-10T08:30:00Z");
    expect(told()).toEqual(["bo", "jo"]);
  });
});

test("of a signal that was seen, and is due anew on a later day, the first contact is told again, once for that day", async () => {
  const id = await school.raise();
  await school.run();
  await make("acknowledge", id);
  expect(told()).toEqual(["ina"]);
  for (let report = 0; report < 3; report += 1) expect(await school.raise("1", "2026-02-09")).toBe(id);
  await school.run();
  expect(told()).toEqual(["ina"]);
  await school.at("2026-02-06T09:00:00Z");
  expect(told()).toEqual(["bo", "jo"]);
  await make("acknowledge", id);
  await school.raise("1", "2026-02-09");
  await school.at("2026-02-09T06:00:00Z");
  expect(told()).toEqual([]);
});

describe("nobody is told", () => {
  test.each(["acknowledge", "handOver", "confirmSupport", "return", "withdraw"] as const)(
    "of a signal after: %s",
    async (gesture) => {
      const before = await school.raise("1");
      await make(gesture, before);
      await school.run();
      expect(told()).toEqual([]);
      const after = await school.raise("2");
      await school.run();
      expect(told()).toEqual(["ina"]);
      await make(gesture, after);
      await school.at("2026-02-06T09:00:00Z");
      await school.at("2026-02-09T06:00:00Z");
      expect(told()).toEqual([]);
      expect(await school.sql("select id from care.reminder")).toEqual([]);
      expect(await school.sql("select task_identifier from graphile_worker.jobs")).toEqual([]);
    },
  );

  test("of a further report while the signal is open, so that nobody can count them", async () => {
    await school.raise();
    await school.run();
    for (let report = 0; report < 3; report += 1) await school.raise();
    await school.run();
    expect(told()).toEqual(["ina"]);
  });

  test("without SMTP_URL, which the log says once; the day after it is set, they are", async () => {
    await using silent = await openSchoolJobs(friday);
    await silent.raise();
    await silent.run();
    await silent.at("2026-02-06T09:00:00Z");
    expect(silent.lines).toEqual([expect.stringContaining("SMTP_URL")]);
    expect(await silent.sql("select id from care.reminder")).toEqual([]);
    expect(await silent.sql("select task_identifier from graphile_worker.jobs")).toEqual([
      { task_identifier: "remind" },
    ]);
  });
});

test("two mails about different signals are alike in length and in all but their id and date, and name nothing", async () => {
  const signals = [await school.raise("1"), await school.raise("2")];
  await school.run();
  const [one = "", other = ""] = server.mails.map(({ raw }) => raw);
  expect(server.mails.map(({ to }) => to)).toEqual(["ina@example.nl", "ina@example.nl"]);
  expect(one.length).toBe(other.length);
  const known = (raw: string) => raw.replace(/^(Message-ID|Date): .*\r\n/gm, "");
  expect(known(one)).toBe(known(other));
  expect(one).not.toBe(other);
  expect(one).toContain("\r\nhttps://school.example.nl/inbox\r\n");
  expect(one).not.toMatch(/Noor|Veld|Lot|Kok|Regenboog|99AA|kind|child|steun|support|police|politie/i);
  for (const secret of [...signals, hostname()]) expect(one).not.toContain(secret);
});

describe("where the mail server", () => {
  test("will not have an address, the next person is told at once, and the log says a code and nobody", async () => {
    server.addressReply = (address) => (address.startsWith("ina") ? 550 : undefined);
    await school.raise();
    await school.run();
    expect(told()).toEqual(["jo"]);
    expect(school.lines).toEqual([expect.stringContaining("SMTP_550")]);
    expect(school.lines.join()).not.toMatch(/example\.nl|ina/);
    await school.at("2026-02-06T09:00:00Z");
    expect(told()).toEqual(["bo"]);
  });

  test("fails in every way, it is tried again until it has the mail", async () => {
    const replies = [451, 421, "drop", 452] as const;
    let attempt = 0;
    server.mailReply = () => replies[attempt++];
    await school.raise();
    await school.run();
    // What was taken in without a word was sent again: better twice than never.
    expect(told()).toEqual(["ina", "ina"]);
    expect(attempt).toBe(5);
    await school.run();
    expect(told()).toEqual([]);
  });

  test("comes back once somebody has looked, nobody is told", async () => {
    const id = await school.raise();
    await downUntil(() => make("acknowledge", id));
    expect(told()).toEqual([]);
  });

  test("comes back after closing time, the next school day begins anew", async () => {
    await school.raise();
    await downUntil(() => school.at("2026-02-06T17:00:00Z"));
    expect(told()).toEqual([]);
    await school.at("2026-02-09T06:00:00Z");
    expect(told()).toEqual(["bo", "ina", "jo"]);
  });

  test("comes back once the person has gone, the next is told", async () => {
    await school.raise();
    await downUntil(() => absent("m2", "2026-02-06"));
    expect(told()).toEqual(["jo"]);
  });
});

/** Reminders wait for the mail server while something happens; then it is back. */
async function downUntil(happens: () => Promise<void>): Promise<void> {
  const send = school.tasks["sendReminder"];
  school.tasks["sendReminder"] = async () => undefined;
  await school.run();
  await happens();
  school.tasks["sendReminder"] = send;
  await school.sql("select graphile_worker.add_job('sendReminder', json_build_object('id', id)) from care.reminder");
  await school.run();
}

test("a reminder whose sender was killed before it was noted is sent again, and once more is enough", async () => {
  const settings = readMailSettings(new Config({ SMTP_URL: server.url, MAIL_FROM: "post@example.nl" }));
  if (settings === undefined) throw new Error("No settings");
  const mailer = openMailer(settings, school.clock);
  const room = {
    database: school.rows,
    clock: school.clock,
    settings: readSchoolSettings(new Config({ SMTP_URL: server.url, MAIL_FROM: "post@example.nl" })),
    log: Object.assign(Object.create(null), { warn: () => undefined }),
  };
  let killed = false;
  const once = sendReminderTask(room, {
    async send(mail) {
      const outcome = await mailer.send(mail);
      if (killed) return outcome;
      killed = true;
      throw new Error("The process is gone");
    },
  });
  school.tasks["sendReminder"] = once;
  await school.raise();
  await school.run();
  await school.run();
  await school.run();
  expect(told()).toEqual(["ina", "ina"]);
});

test("three replicas that work at once send each person one mail", async () => {
  await school.raise("1");
  await school.raise("2");
  await school.run(3);
  expect(told()).toEqual(["ina", "ina"]);
});

test("a queue of jobs holds ids only", async () => {
  await school.raise();
  const payloads = await school.sql("select payload::text as text from graphile_worker._private_jobs");
  expect(payloads.length).toBeGreaterThan(0);
  for (const { text } of payloads) expect(text).not.toMatch(/@|99AA|Noor|m1|m2/);
});
