import type { EntityManager } from "typeorm";
import { takeTurn } from "../../../plumbing/database.ts";
import { dutchZone } from "../../../plumbing/dutch-time.ts";

/** The fewest families of whom figures are told together. */
const fewest = 5;

/** Keeps of a guidance that is being erased what the evaluation asks for, as the system; and tells it with others. */
export async function keepFacts(rows: EntityManager, guidanceId: string): Promise<void> {
  await takeTurn(rows, "guidance facts");
  const [kept] = await rows.query<{ year: number }[]>(
    `insert into care.guidance_fact (year, hours_to_first_contact, talks, agreements, agreements_kept)
     select extract(year from started_at at time zone '${dutchZone}'),
       round(extract(epoch from first_circle_at - started_at) / 3600),
       (select count(*) from care.conversation where guidance = guidance.id and status = 'HELD'),
       count(action.id), count(action.kept_at)
     from care.guidance
     left join care.conversation on conversation.guidance = guidance.id
     left join care.support_action as action on action.conversation = conversation.id
     where guidance.id = $1 group by guidance.id
     returning year`,
    [guidanceId],
  );
  if (kept === undefined) throw new Error("The facts of a guidance cannot be kept");
  await rows.query(
    `update care.guidance_fact set published = true where year = $1 and not published
     and (select count(*) from care.guidance_fact where year = $1 and not published) >= ${fewest}`,
    [kept.year],
  );
}

/** What the published guidances of one year came to; a figure of fewer than five families is null. */
export interface GuidanceFigures {
  readonly guidances: number | null;
  readonly medianHoursToFirstContact: number | null;
  readonly talks: number | null;
  readonly agreements: number | null;
  readonly agreementsKept: number | null;
}

export async function readFigures(rows: EntityManager, year: number): Promise<GuidanceFigures> {
  const [figures] = await rows.query<GuidanceFigures[]>(
    `select nullif(count(*), 0)::int as guidances,
       case when count(hours_to_first_contact) >= ${fewest}
         then percentile_disc(0.5) within group (order by hours_to_first_contact) end as "medianHoursToFirstContact",
       sum(talks)::int as talks, sum(agreements)::int as agreements, sum(agreements_kept)::int as "agreementsKept"
     from care.guidance_fact where year = $1`,
    [year],
  );
  if (figures === undefined) throw new Error("An aggregate returned no row");
  return figures;
}
