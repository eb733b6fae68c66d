import type { EntityManager } from "typeorm";
import { takeTurn } from "../../../plumbing/database.ts";
import { dutchZone } from "../../../plumbing/dutch-time.ts";
import { ages, shownCount } from "../decisions/figures.ts";
import { decidePublication, firstOpenMonth, type MeasuredSignal } from "../decisions/publication.ts";
import { backlog, backlogOf, readShownCounts, waitingFor } from "./figures.ts";

/**
 * Publishes what may be told by now. Everything that an operator is answered comes from what stands here, so an attacker
 * who asks always and for every range has no more than this: sets of five signals or more of one month and municipality,
 * or of what was left of one month.
 */
export async function publishFigures(rows: EntityManager, now: Date): Promise<void> {
  await takeTurn(rows, "figures");
  const month = firstOpenMonth(now);
  await rows.query(measureNew, [month]);
  const changed = decidePublication(await rows.query<MeasuredSignal[]>(readMeasured, [month]), now);
  if (changed.length > 0) await rows.query(writeMeasured, [JSON.stringify(changed)]);
  await showCounts(rows, now);
}

/** A signal is measured once it is out of the officers' hands, so that it is known where. */
const measureNew = `
  insert into care.measured (submission_id, month, municipality, place)
  select id, date_trunc('month', received_at at time zone '${dutchZone}'), known.municipality, known.municipality
  from care.submission, coalesce(submission.municipality, 'unknown') as known (municipality)
  where received_at >= $1::timestamp at time zone '${dutchZone}'
    -- One that was withdrawn before it came has none.
    and due_by is not null
    and not exists (select from care.measured where submission_id = submission.id)
    and not exists (select from care.routing_task where submission_id = submission.id and closed_at is null)`;

const readMeasured = `
  select submission.id, to_char(month, 'YYYY-MM-DD') as month, measured.municipality, place, counted, in_time as "inTime",
         minutes_to_seen as "minutesToSeen", minutes_to_supported as "minutesToSupported",
         progress, received_at as "receivedAt", due_by as "dueBy", seen_at as "seenAt", ended_at as "endedAt",
         sought is null as "isForgotten",
         case when progress = 'CLOSED' then (
           select reason from care.routing_task task where task.submission_id = submission.id order by closed_at desc limit 1
         ) end as "closedFor"
  from care.measured join care.submission on submission.id = submission_id
  where month >= $1
    and (place = 'rest' or counted is null or in_time is null or minutes_to_seen is null or minutes_to_supported is null)`;

const writeMeasured = `
  update care.measured
  set place = told.place, counted = told.counted, in_time = told."inTime",
      minutes_to_seen = told."minutesToSeen", minutes_to_supported = told."minutesToSupported"
  from jsonb_to_recordset($1) as told
    (id uuid, place text, counted boolean, "inTime" boolean, "minutesToSeen" integer, "minutesToSupported" integer)
  where submission_id = told.id`;

async function showCounts(rows: EntityManager, now: Date): Promise<void> {
  const shown = new Map((await readShownCounts(rows)).map(({ name, count }) => [name, count]));
  const actual = await countWaiting(rows, now);
  for (const name of new Set([...shown.keys(), ...actual.keys()])) {
    const before = shown.get(name) ?? 0;
    const count = shownCount(before, actual.get(name) ?? 0);
    if (count === before) continue;
    await rows.query("delete from care.shown_count where name = $1", [name]);
    if (count > 0) await rows.query("insert into care.shown_count (name, count) values ($1, $2)", [name, count]);
  }
}

/** How many tasks are open, by reason, and how many signals nobody has seen, by age. */
async function countWaiting(rows: EntityManager, now: Date): Promise<Map<string, number>> {
  const tasks = await rows.query<{ reason: string; count: number }[]>(
    "select reason, count(*)::int as count from care.routing_task where closed_at is null and submission_id is not null group by reason",
  );
  const unseen = await rows.query<{ minutes: number; count: number }[]>(
    `select minutes, count(*)::int as count
     from unnest($2::int[]) as minutes join care.submission on received_at <= $1::timestamptz - minutes * interval '1 minute'
     where seen_at is null and progress in ('DELIVERED', 'SEEN') group by minutes`,
    [now, ages],
  );
  return new Map([
    [backlog, tasks.reduce((sum, { count }) => sum + count, 0)],
    ...tasks.map(({ reason, count }) => [backlogOf(reason), count] as const),
    ...unseen.map(({ minutes: age, count }) => [waitingFor(age), count] as const),
  ]);
}
