import type { EntityManager } from "typeorm";
import { ages, type Months } from "../decisions/figures.ts";
import type { RoutingReason } from "../decisions/route.ts";

/** What is told of some signals. Null is fewer than five. */
export interface Figures {
  readonly signals: number | null;
  readonly seen: number | null;
  readonly supported: number | null;
  readonly shareSeenInTime: number | null;
  readonly medianMinutesToSeen: number | null;
  readonly p90MinutesToSeen: number | null;
  readonly medianMinutesToSupported: number | null;
  readonly p90MinutesToSupported: number | null;
}

/** The figures of one month in one municipality. */
export interface MonthFigures extends Figures {
  /** `YYYY-MM` */
  readonly month: string;
  /** Or `unknown`, or `rest`. */
  readonly municipality: string;
}

/** The published figures of these months, of all together and of each, in their order. */
export async function readFigures(
  rows: EntityManager,
  { first, last }: Months,
): Promise<{ total: Figures; months: MonthFigures[] }> {
  const found = await rows.query<(Figures & { month: string | null; municipality: string | null })[]>(
    `select to_char(month, 'YYYY-MM') as month, place as municipality,
            ${count("counted")} as signals, ${count("minutes_to_seen")} as seen, ${count("minutes_to_supported")} as supported,
            round(avg(in_time::int), 3)::float8 as "shareSeenInTime",
            ${percentile(0.5, "minutes_to_seen")} as "medianMinutesToSeen",
            ${percentile(0.9, "minutes_to_seen")} as "p90MinutesToSeen",
            ${percentile(0.5, "minutes_to_supported")} as "medianMinutesToSupported",
            ${percentile(0.9, "minutes_to_supported")} as "p90MinutesToSupported"
     from care.measured where month between $1 and $2
     group by grouping sets ((), (month, place)) having count(counted) > 0 or month is null
     order by month nulls first, place`,
    [first, last],
  );
  const [whole, ...months] = found;
  if (whole === undefined) throw new Error("An aggregate returned no row");
  const { month: _, municipality: __, ...total } = whole;
  return { total, months: months as MonthFigures[] };
}

function count(of: string): string {
  return `nullif(count(${of}), 0)::int`;
}

/** Of those published that have a value, which are five or more. */
function percentile(share: number, of: string): string {
  return `percentile_disc(${share}) within group (order by ${of})::float8`;
}

/** What waits now, as it is shown. */
export interface Waiting {
  readonly backlog: number | null;
  readonly backlogByReason: readonly { readonly reason: RoutingReason; readonly count: number }[];
  readonly oldestWaitingMinutes: number | null;
}

/** The names under which counts are shown. */
export const backlog = "backlog";
export const backlogOf = (reason: string): string => `backlog ${reason}`;
export const waitingFor = (minutes: number): string => `waiting ${minutes}`;

export async function readWaiting(rows: EntityManager): Promise<Waiting> {
  const shown = new Map((await readShownCounts(rows)).map(({ name, count }) => [name, count]));
  return {
    backlog: shown.get(backlog) ?? null,
    backlogByReason: [...shown]
      .filter(([name]) => name.startsWith(backlogOf("")))
      .map(([name, count]) => ({ reason: name.slice(backlogOf("").length) as RoutingReason, count })),
    oldestWaitingMinutes: ages.findLast((minutes) => shown.has(waitingFor(minutes))) ?? null,
  };
}

export function readShownCounts(rows: EntityManager): Promise<{ name: string; count: number }[]> {
  return rows.query("select name, count from care.shown_count order by name");
}
