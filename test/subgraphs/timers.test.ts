import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Logger, runOnce, type TaskList } from "graphile-worker";
import type { EntityManager } from "typeorm";
import { Config } from "../../plumbing/config.ts";
import { type Database, openDatabase, systemClaims } from "../../plumbing/database.ts";
import { schedule } from "../../plumbing/jobs.ts";
import { openLog } from "../../plumbing/log.ts";
import type { DatabaseDefinition } from "../../plumbing/migrations.ts";
import { untilDone } from "../../plumbing/retry.ts";
import type { PartContext, Room, Subgraph } from "../../plumbing/subgraph.ts";
import { sweepTask } from "../../plumbing/sweep.ts";
import { leerplichtDatabase } from "../../subgraphs/leerplicht/database.ts";
import { leerplichtSubgraph } from "../../subgraphs/leerplicht/part.ts";
import { ReleaseTaskRow, DeliveryRow as RoutedRow, SubmissionRow } from "../../subgraphs/leerplicht/store/entities.ts";
import { encryptSought } from "../../subgraphs/leerplicht/store/sought-child.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { schoolSubgraph } from "../../subgraphs/school/part.ts";
import { DeliveryRow, SignalRow } from "../../subgraphs/school/store/entities.ts";
import { hold } from "../../subgraphs/school/store/held.ts";
import { scheduleErasure } from "../../subgraphs/school/store/inbox.ts";
import { raiseSignal } from "../../subgraphs/school/store/raising.ts";
import { scheduleReminding } from "../../subgraphs/school/store/reminders.ts";
import { shelterDatabase } from "../../subgraphs/shelter/database.ts";
import { shelterSubgraph } from "../../subgraphs/shelter/part.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase } from "../database.ts";
import { pseudonymKey, testIdentities } from "../keys.ts";
import type { Json } from "../subgraph.ts";
import { ofTheShelter } from "./shelter/timer-kinds.ts";
import type { TimerKind } from "./timer-kind.ts";

const site = "99AA00";
const office = "00000099000000004000";
const hour = 60 * 60 * 1000;
const day = 24 * hour;

const ofTheSchool: TimerKind[] = [
  {
    task: "appear",
    async set(rows, appearsAt) {
      const id = randomUUID();
      await rows.insert(DeliveryRow, { id, signalId: null, withdrawn: false });
      await hold(rows, { id, schoolId: site, pupilNumber: await newPupil(rows), appearsAt });
      return id;
    },
    done: "select signal_id is not null as done from care.delivery where id = $1",
  },
  {
    task: "erase",
    async set(rows, erasesAt) {
      const { signal } = await raised(rows, erasesAt);
      await rows.update(SignalRow, { id: signal.id }, { erasesAt, status: "SEEN" });
      await scheduleErasure(rows, { ...signal, erasesAt });
      return signal.id;
    },
    done: "select pupil is null as done from care.signal where id = $1",
  },
  {
    task: "remind",
    async set(rows, at) {
      const { id } = (await raised(rows, at)).signal;
      await scheduleReminding(rows, id, "first", at);
      return id;
    },
    done: "select exists (select from graphile_worker._private_jobs where key = 'remind:deputies:' || $1) as done",
  },
];

const ofLeerplicht: TimerKind[] = [
  {
    task: "escalate",
    async set(rows, escalatesAt) {
      const id = randomUUID();
      const submissionId = await submission(rows, {});
      const sentAt = new Date(escalatesAt.getTime() - day);
      await rows.insert(RoutedRow, { id, submissionId, schoolId: site, state: "DELIVERED", sentAt, escalatesAt });
      await schedule(rows, "escalate", { id }, escalatesAt, `escalate:${id}`);
      return id;
    },
    done: `select count(*) = 1 as done from care.routing_task task join care.delivery using (submission_id)
      where delivery.id = $1`,
  },
  {
    task: "forgetChild",
    async set(rows, forgetAt) {
      const id = await submission(rows, { progress: "SEEN", seenAt: new Date(forgetAt.getTime() - 5 * day), forgetAt });
      await schedule(rows, "forgetChild", { id }, forgetAt, `forget:${id}`);
      return id;
    },
    done: "select sought is null as done from care.submission where id = $1",
  },
  {
    task: "passOn",
    async set(rows, actBy) {
      const id = randomUUID();
      const openedAt = new Date(actBy.getTime() - day);
      const submissionId = await submission(rows, {});
      await rows.insert(ReleaseTaskRow, { id, submissionId, organisation: office, actBy, openedAt });
      await schedule(rows, "passOn", { id }, actBy, `pass-on:${id}`);
      return id;
    },
    done: "select outcome is not distinct from 'PASSED_ON' as done from care.release_task where id = $1",
  },
];

let pupils = 0;

/** The registry's number of a pupil of the site who has no signal yet. */
async function newPupil(rows: EntityManager): Promise<string> {
  pupils += 1;
  return rows.query<Json[]>("select $1::text as id", [pupils]).then(([{ id }]) => id);
}

async function raised(rows: EntityManager, now: Date) {
  return raiseSignal(rows, { schoolId: site, pupilNumber: await newPupil(rows), supportOn: "2100-01-04", now });
}

async function submission(rows: EntityManager, more: Partial<SubmissionRow>): Promise<string> {
  const id = randomUUID();
  const sought = encryptSought(rows, "submission", id, { child: { bsn: "999990019" }, personId: null });
  const receivedAt = new Date();
  const sender = { organisation: office, sender: "police", senderOrganisation: "unit-1" };
  await rows.insert(SubmissionRow, { id, ...sender, receivedAt, progress: "DELIVERED", sought, ...more });
  return id;
}

/** A process of a part: its jobs run when the test says so. */
interface Process extends AsyncDisposable {
  readonly database: Database;
  readonly run: () => Promise<void>;
  readonly sweep: () => Promise<void>;
}

describe.each([
  ["school", schoolSubgraph as unknown as Subgraph<PartContext, unknown>, schoolDatabase, ofTheSchool],
  ["leerplicht", leerplichtSubgraph as unknown as Subgraph<PartContext, unknown>, leerplichtDatabase, ofLeerplicht],
  ["shelter", shelterSubgraph as unknown as Subgraph<PartContext, unknown>, shelterDatabase, ofTheShelter],
] as [string, Subgraph<PartContext, unknown>, DatabaseDefinition, readonly TimerKind[]][])(
  "of %s",
  (name, part, definition, kinds) => {
    const stack = new AsyncDisposableStack();
    let now = new Date();
    let started: Process;
    let order: string[] = [];
    let start: () => Promise<Process>;
    let sql: (text: string, values?: unknown[]) => Promise<Json[]>;

    beforeAll(async () => {
      const urls = stack.use(await createTestDatabase(definition));
      sql = (text, values) => withClient(urls.adminUrl, async (admin) => (await admin.query(text, values)).rows);
      if (name === "school") {
        await withClient(urls.registryUrl, (registry) =>
          registry.query(`
          insert into registry.school (brincode, dependancecode, schooljaar) values ('99AA', '00', '2026-2027');
          insert into registry.leerling (brincode, dependancecode, sleutel, achternaam, roepnaam)
            select '99AA', '00', n, 'Veld', 'Noor' from generate_series(1, 40) as n`),
        );
        await sql(`insert into care.contact_person values ('${site}', 'm1')`);
        await sql(`insert into care.contact_hours values ('${site}', '07:00', '18:00', true)`);
        await sql("delete from graphile_worker._private_jobs");
      }
      start = async () => {
        const clock = { now: () => now };
        const database = await openDatabase(urls.appUrl, part.entities, undefined, testIdentities(name));
        const log = openLog("test", "silent");
        const settings = part.settings(new Config({}));
        const config = { organisation: office, pseudonymKey };
        const room = { database, clock, settings, config, log } as unknown as Room;
        const watched: TaskList = Object.fromEntries(
          Object.entries(part.tasks?.(room) ?? {}).map(([task, work]) => [
            task,
            async (payload, jobs) => {
              order.push((payload as { id: string }).id);
              await work?.(payload as never, jobs);
            },
          ]),
        );
        const taskList = { ...untilDone(watched, log), hop: async () => undefined };
        const sweep = sweepTask({ database, timers: part.timers ?? {}, clock, log });
        const logger = new Logger(() => () => undefined);
        return {
          database,
          run: () =>
            runOnce({ connectionString: urls.appUrl, taskList, concurrency: 1, noHandleSignals: true, logger }),
          sweep: async () => void (await sweep({}, {} as never)),
          [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
        };
      };
      started = stack.use(await start());
    });
    afterAll(() => stack.disposeAsync());

    const set = (kind: TimerKind, due: Date) =>
      started.database.transaction(systemClaims, (rows) => kind.set(rows, due));
    const isDone = async ({ done }: TimerKind, id: string) => (await sql(done, [id]))[0].done;

    describe.each(kinds.map((kind) => [kind.task, kind] as const))("the timer %s", (_, kind) => {
      test("is done at its time by the part's clock, where that is a day ahead of the database's", async () => {
        now = new Date(Date.now() + day);
        const id = await set(kind, new Date(now.getTime() + hour));
        await started.sweep();
        await started.run();
        expect(await isDone(kind, id)).toBe(false);
        now = new Date(now.getTime() + hour);
        await started.sweep();
        await started.run();
        expect(await isDone(kind, id)).toBe(true);
      });

      test("is not done before its time where the part's clock is a day behind, and waits for it", async () => {
        now = new Date(Date.now() - day);
        const id = await set(kind, new Date(now.getTime() + hour));
        await started.run();
        expect(await isDone(kind, id)).toBe(false);
        now = new Date(now.getTime() + hour);
        // The second that an early job is put off for.
        await sql("update graphile_worker._private_jobs set run_at = now() where payload ->> 'id' = $1", [id]);
        await started.run();
        expect(await isDone(kind, id)).toBe(true);
      });

      test("is done though its job is gone, or has given up", async () => {
        for (const loss of ["delete from", "update"]) {
          now = new Date();
          const id = await set(kind, new Date(now.getTime() + hour));
          const lost = loss === "update" ? "set attempts = max_attempts" : "";
          await sql(`${loss} graphile_worker._private_jobs ${lost} where payload ->> 'id' = $1`, [id]);
          await started.sweep();
          now = new Date(now.getTime() + hour);
          await sql("update graphile_worker._private_jobs set run_at = now() where payload ->> 'id' = $1", [id]);
          await started.run();
          expect(await isDone(kind, id)).toBe(true);
        }
      });

      test("is done by the next process at once where its time passed while none ran, the earliest first", async () => {
        now = new Date();
        const hoursAgo = [2, 5, 1, 4];
        const ids = new Map<number, string>();
        for (const hours of hoursAgo) ids.set(hours, await set(kind, new Date(now.getTime() - hours * hour)));
        // All that came in a night appears in an order that tells nothing.
        if (kind.task === "appear") await sql("update graphile_worker._private_jobs set priority = 0");
        order = [];
        await using next = await start();
        await next.run();
        for (const id of ids.values()) expect(await isDone(kind, id)).toBe(true);
        const mine = [...new Set(order)].filter((id) => [...ids.values()].includes(id));
        expect(mine).toEqual([5, 4, 2, 1].map((hours) => ids.get(hours)));
      });
    });
  },
);
