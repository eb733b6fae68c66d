import type { EntityManager } from "typeorm";
import { dutchZone } from "../../../plumbing/dutch-time.ts";
import type { Figures } from "../decisions/figures.ts";

/** Counts the signals that came in from one day to another (`YYYY-MM-DD`, both counted). */
export async function readFigures(rows: EntityManager, from: string, to: string, now: Date): Promise<Figures> {
  const [figures] = await rows.query<Figures[]>(
    `with counted as (
       select * from care.submission
       where progress not in ('WITHDRAWN', 'CLOSED')
         and received_at >= ($1::date)::timestamp at time zone '${dutchZone}'
         and received_at < ($2::date + 1)::timestamp at time zone '${dutchZone}'
     )
     select count(*)::int as signals,
            count(*) filter (where seen_at <= due_by)::int as "seenInTime",
            count(*) filter (where seen_at is not null or due_by < $3)::int as decided,
            count(seen_at)::int as seen,
            round((percentile_cont(0.5) within group (order by extract(epoch from seen_at - received_at) / 60)
              filter (where seen_at is not null))::numeric, 1)::float8 as "medianMinutesToSeen",
            (select count(*)::int from care.routing_task where closed_at is null and submission_id is not null) as backlog,
            (select count(*)::int from care.submission where progress = 'DELIVERED') as waiting,
            (select round((extract(epoch from $3 - min(received_at)) / 60)::numeric, 1)::float8
             from care.submission where progress = 'DELIVERED') as "oldestWaitingMinutes"
     from counted`,
    [from, to, now],
  );
  if (figures === undefined) throw new Error("An aggregate returned no row");
  return figures;
}
