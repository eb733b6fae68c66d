import { randomUUID } from "node:crypto";
import { Logger, runOnce, type TaskList } from "graphile-worker";
import type { Clock } from "../../../plumbing/clock.ts";
import { Config, type Environment } from "../../../plumbing/config.ts";
import { type Database, openDatabase, systemClaims } from "../../../plumbing/database.ts";
import { openLog } from "../../../plumbing/log.ts";
import { untilDone } from "../../../plumbing/retry.ts";
import { sweepTask } from "../../../plumbing/sweep.ts";
import { schoolDatabase } from "../../../subgraphs/school/database.ts";
import { followCalendarTask } from "../../../subgraphs/school/hops/follow-calendar.ts";
import { lookAheadTask, lookForGapsTask } from "../../../subgraphs/school/hops/look-ahead.ts";
import { mailTalkReminderTask } from "../../../subgraphs/school/hops/mail-talk-reminder.ts";
import { remindTask } from "../../../subgraphs/school/hops/remind.ts";
import { forgetTalkTask, remindOfTalkTask } from "../../../subgraphs/school/hops/remind-of-talk.ts";
import { openReminderMailer, sendReminderTask } from "../../../subgraphs/school/hops/send-reminder.ts";
import { schoolTimers } from "../../../subgraphs/school/hops/timers.ts";
import { schoolSubgraph } from "../../../subgraphs/school/part.ts";
import { readSchoolSettings } from "../../../subgraphs/school/settings.ts";
import { CirclePupilRow } from "../../../subgraphs/school/store/circle-entities.ts";
import { encryptPupil } from "../../../subgraphs/school/store/pupil-number.ts";
import { raiseSignal } from "../../../subgraphs/school/store/raising.ts";
import { keepTalk } from "../../../subgraphs/school/store/talks.ts";
import { withClient } from "../../../system/databases.ts";
import { createTestDatabase } from "../../database.ts";
import { testIdentities } from "../../keys.ts";
import type { Json } from "../../subgraph.ts";
import { until } from "../../until.ts";

/** The jobs of the school's part over a database of their own, on a clock that the test sets, run when the test says so. */
export interface SchoolJobs extends AsyncDisposable {
  readonly rows: Database;
  readonly clock: Clock;
  /** Sets the clock, and does what is due by then. */
  at(moment: string): Promise<void>;
  /** Has a signal about a pupil (by number) raised, or refreshed, for a day; gives its id. */
  raise(pupilNumber?: string, supportOn?: string): Promise<string>;
  /** Has a talk planned, on a day (`YYYY-MM-DD`) and in a circle of its own of a pupil of 99AA00. */
  planTalk(day: string): Promise<{ readonly id: string; readonly circleKey: string }>;
  /** Gives a job to what waits without one, as the part does each minute. */
  sweep(): Promise<void>;
  /** The database, as the part's own role. */
  readonly url: string;
  /** As the superuser. */
  sql(text: string, values?: unknown[]): Promise<Json[]>;
  /** By name; a test may put others in their place. */
  readonly tasks: TaskList;
  /** Runs what is due, on so many replicas at once. */
  run(replicas?: number): Promise<void>;
  /** What stands in the log. */
  readonly lines: string[];
}

/** What is to be done at once, or again. */
const undone = `
  select from graphile_worker._private_jobs where run_at <= now() and attempts = 0 or payload ->> 'attempt' is not null`;

/** What graphile-worker says is no matter here. */
const logger = new Logger(() => () => undefined);

/** `99AA00` has the contacts Ina, Jo and Bo, in this order, and two pupils; `99AB00` has one contact, without an address. */
export async function openSchoolJobs(start: string, environment: Environment = {}): Promise<SchoolJobs> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await createTestDatabase(schoolDatabase));
  let now = new Date(start);
  const clock = { now: () => now };
  const rows = stack.use(await openDatabase(database.appUrl, schoolSubgraph.entities, clock, testIdentities("school")));
  const lines: string[] = [];
  const log = openLog("school", "silent");
  const note = (facts: unknown, text?: unknown) => void lines.push(JSON.stringify([facts, text]));
  const room = {
    database: rows,
    clock,
    settings: readSchoolSettings(new Config({ MAIL_FROM: "post@example.nl", ...environment })),
    log: Object.assign(log, { warn: note, error: note }),
  };
  const mailer = openReminderMailer(room);
  const tasks: TaskList = {
    erase: async () => undefined,
    followCalendar: followCalendarTask(room),
    hop: async () => undefined,
    remind: remindTask(room),
    sendReminder: sendReminderTask(room, mailer),
    remindOfTalk: remindOfTalkTask(room),
    mailTalkReminder: mailTalkReminderTask(room, mailer),
    forgetTalk: forgetTalkTask(room),
    lookAhead: lookAheadTask(room),
    lookForGaps: lookForGapsTask(room),
  };
  const sweep = sweepTask({ ...room, timers: schoolTimers });
  const sql = (text: string, values?: unknown[]) =>
    withClient(database.adminUrl, async (admin) => (await admin.query(text, values)).rows);
  await withClient(database.registryUrl, (registry) =>
    registry.query(`
      insert into registry.school (brincode, dependancecode, naam, schooljaar) values
        ('99AA', '00', 'De Regenboog', '2025-2026'), ('99AB', '00', 'De Vlieger', '2025-2026');
      insert into registry.leerling (brincode, dependancecode, sleutel, achternaam, roepnaam)
        values ('99AA', '00', 'p1', 'Veld', 'Noor'), ('99AA', '00', 'p2', 'Kok', 'Lot');
      insert into registry.medewerker (brincode, dependancecode, sleutel, achternaam, emailadres) values
        ('99AA', '00', 'm1', 'Bakker', 'bo@example.nl'), ('99AA', '00', 'm2', 'Smit', 'ina@example.nl'),
        ('99AA', '00', 'm3', 'Weg', 'jo@example.nl'), ('99AB', '00', 'm1', 'Bos', null);
    `),
  );
  await sql(`insert into care.contact_person values
    ('99AA00', 'm1', 3), ('99AA00', 'm2', 1), ('99AA00', 'm3', 2), ('99AB00', 'm1', 1)`);
  const run = async (replicas = 1): Promise<void> => {
    await sql("update graphile_worker._private_jobs set run_at = now() where locked_at is null");
    const taskList = untilDone(tasks, room.log);
    const one = () =>
      runOnce({ connectionString: database.appUrl, taskList, concurrency: 4, noHandleSignals: true, logger });
    // A worker ends when it finds nothing to do, also where what there is waits for its turn in a queue.
    await until("the jobs that are due", async () => {
      await sql("update graphile_worker._private_jobs set run_at = now() where payload ->> 'attempt' is not null");
      await Promise.all(Array.from({ length: replicas }, one));
      return (await sql(undone)).length === 0;
    });
  };
  const running = stack.move();
  return {
    rows,
    clock,
    url: database.appUrl,
    lines,
    sql,
    run,
    tasks,
    at: (moment) => {
      now = new Date(moment);
      return run();
    },
    raise: (pupilNumber = "1", supportOn = "2026-02-03") =>
      rows.transaction(systemClaims, async (manager) => {
        const signal = { schoolId: "99AA00", pupilNumber, supportOn, now };
        return (await raiseSignal(manager, signal)).signal.id;
      }),
    async planTalk(day) {
      const [id, circle, circleKey] = [randomUUID(), randomUUID(), randomUUID()];
      await rows.transaction(systemClaims, async (manager) => {
        const pupil = encryptPupil(manager, "circle_pupil", circle, "1");
        await manager.insert(CirclePupilRow, { id: circle, schoolId: "99AA00", pupil, circleKey });
        await keepTalk(manager, { id, circleKey, day }, now);
      });
      return { id, circleKey };
    },
    sweep: async () => void (await sweep({}, {} as never)),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
