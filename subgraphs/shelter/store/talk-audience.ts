import type { EntityManager } from "typeorm";
import type { NewEvent } from "../../../plumbing/events.ts";
import type { ConsentCoverage } from "../decisions/consent.ts";
import { conversationStream } from "./telling.ts";

/** Who may know of a talk while a school is in. */
export interface Audience {
  readonly id: string;
  readonly organisation: string;
  readonly schoolId: string | null;
  readonly forParents: boolean;
}

/** @param circle in which a school is, or was until now; undefined where none stands. */
export async function audienceOf(
  rows: EntityManager,
  ids: readonly string[],
  circle: { readonly schoolId: string; readonly covers: readonly ConsentCoverage[] } | undefined,
): Promise<Audience[]> {
  return rows.query<Audience[]>(
    `select id, organisation, case when care.is_for_school(conversation, $2, $3) then $2 end as "schoolId",
            care.is_for_parents(conversation) as "forParents"
     from care.conversation where id = any ($1)`,
    [ids, circle?.schoolId ?? null, circle?.covers ?? []],
  );
}

/** Both sides look at it again, as far as it is for them. */
export function talkEvents(audience: Audience | undefined): NewEvent[] {
  if (audience === undefined) return [];
  const { id, organisation, schoolId } = audience;
  const sides = schoolId === null ? [organisation] : [organisation, schoolId];
  return sides.map((side) => ({ stream: conversationStream(side), kind: "CHANGED", subject: id }));
}
