import type { EntityManager } from "typeorm";
import { takeTurn } from "../../../plumbing/database.ts";
import { dutchZone } from "../../../plumbing/dutch-time.ts";
import { ages, shownCount, step } from "../decisions/figures.ts";
import { backlog, backlogOf, readShownCounts, waitingFor } from "./figures.ts";

/**
 * Publishes what may be told by now. Everything that an operator is answered comes from what stands here, so an attacker
 * who asks always and for every range has no more than this: sets of five signals or more of one month and municipality,
 * or of what was left of one month.
 */
export async function publishFigures(rows: EntityManager, now: Date): Promise<void> {
  await takeTurn(rows, "figures");
  await rows.query(measureNew, [now]);
  for (const { column, value, at } of measures) await rows.query(fill(column, value, at), [now]);
  await rows.query(gatherRest, [now]);
  await showCounts(rows, now);
}

/** A month's figures are left as they are from the third month after it. */
const openMonth = `(date_trunc('month', $1::timestamptz at time zone '${dutchZone}') - interval '3 months')::date`;

/** A signal is measured once it is out of the officers' hands, so that it is known where. */
const measureNew = `
  insert into care.measured (submission_id, month, municipality, place)
  select id, date_trunc('month', received_at at time zone '${dutchZone}'), known.municipality, known.municipality
  from care.submission, coalesce(submission.municipality, 'unknown') as known (municipality)
  where received_at >= ${openMonth}::timestamp at time zone '${dutchZone}'
    -- One that was withdrawn before it came has none.
    and due_by is not null
    and not exists (select from care.measured where submission_id = submission.id)
    and not exists (select from care.routing_task where submission_id = submission.id and closed_at is null)`;

/**
 * A week after a month, what nothing has been told of is put together, by fives and whatever its municipality: it
 * is told the next time.
 *
 * A municipality leaves four at the most. So there is never more in the rest than the others could have left without any
 * one of them: else it would say of that one that it had signals.
 */
const gatherRest = `
  with left_over as (
    select submission_id, month, measured.municipality,
           row_number() over (partition by month order by place = 'rest' desc, received_at, submission_id) as rank
    from care.measured join care.submission on submission.id = submission_id
    where month >= ${openMonth} and (month + interval '1 month 7 days') at time zone '${dutchZone}' <= $1
      and (place = 'rest' or coalesce(counted, in_time) is null
                             and coalesce(minutes_to_seen, minutes_to_supported) is null)
  ), bound as (
    select month, least(count(*), (count(distinct municipality) - 1) * (${step} - 1)) / ${step} * ${step} as most
    from left_over group by month
  )
  update care.measured set place = 'rest' from left_over join bound using (month)
  where measured.submission_id = left_over.submission_id and rank <= most and place <> 'rest'`;

/** Nothing that is published is taken back: so who looked counts only when the signal can no longer be returned. */
const isFinal = "(progress in ('SUPPORTED', 'WITHDRAWN', 'CLOSED') or sought is null)";

/** Late news of somebody who looked in time is waited for so long, for parts may have been down. */
const grace = "interval '1 day'";

function minutes(end: string): string {
  return `ceil(extract(epoch from ${end} - least(received_at, ${end})) / 60 / ${step})::int * ${step}`;
}

const measures = [
  { column: "counted", value: "true", at: "received_at" },
  {
    column: "in_time",
    // One that was withdrawn or closed unseen, before it was late, is neither.
    value: `case when ${isFinal} and seen_at <= due_by then true
                 when coalesce(seen_at, ended_at, $1::timestamptz - ${grace}) > due_by then false end`,
    at: "least(seen_at, due_by)",
  },
  { column: "minutes_to_seen", value: `case when ${isFinal} then ${minutes("seen_at")} end`, at: "seen_at" },
  {
    column: "minutes_to_supported",
    value: `case when progress = 'SUPPORTED' then ${minutes("ended_at")} end`,
    at: "ended_at",
  },
] as const;

/** Of what can be told of each month and place, tells the first as many as make whole fives. */
function fill(column: string, value: string, at: string): string {
  return `
    with candidate as (
      select submission_id, month, place, ${at} as at, ${value} as value
      from care.measured join care.submission on submission.id = submission_id
      where month >= ${openMonth} and ${column} is null and (${value}) is not null
    ), ranked as (
      select *, row_number() over (partition by month, place order by at, submission_id) as rank,
             count(*) over (partition by month, place) as available
      from candidate
    )
    update care.measured set ${column} = value from ranked
    where measured.submission_id = ranked.submission_id and rank <= available / ${step} * ${step}`;
}

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
