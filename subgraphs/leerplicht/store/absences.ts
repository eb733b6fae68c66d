import { Column, Entity, type EntityManager, In, IsNull, LessThanOrEqual, Not, PrimaryColumn } from "typeorm";
import type { OnBehalfOf } from "../../../plumbing/processing-log.ts";
import { afterNews, openTalk, type TalkStatus } from "../decisions/absence-talk.ts";
import { CircleSearchRow } from "./circle-entities.ts";
import type { ChildRecord } from "./entities.ts";
import { recordProcessingOf } from "./processing.ts";
import { takeSearchTurn } from "./sought.ts";
import { personDigest, soughtChildOf } from "./sought-child.ts";

/** Suspected unauthorised absence that calls for a talk. */
@Entity({ schema: "care", name: "absence" })
export class AbsenceRow {
  @PrimaryColumn("uuid")
  id!: string;

  /** The office that has it. */
  @Column("text")
  organisation!: string;

  /** By which it names the child. */
  @Column("uuid", { name: "circle_search" })
  circleSearchId!: string;

  /** `YYYY-MM-DD` */
  @Column("date", { name: "first_day" })
  firstDay!: string;

  /** `YYYY-MM-DD` */
  @Column("date", { name: "last_day" })
  lastDay!: string;

  @Column("timestamptz", { name: "reported_at" })
  reportedAt!: Date;

  @Column("text")
  talk!: TalkStatus;

  /** Counts the news of the talk. */
  @Column("integer")
  revision!: number;

  /** Whether the office sees it (`afterNews`). */
  @Column("boolean")
  shown!: boolean;

  /** When nothing of it is left; null while the talk is to come. */
  @Column("timestamptz", { name: "erases_at", nullable: true })
  erasesAt!: Date | null;
}

/** What somebody reports: the registry's number of the child, and the days. */
interface ReportedAbsence extends Pick<AbsenceRow, "id" | "organisation" | "firstDay" | "lastDay"> {
  readonly personId: string;
}

/**
 * Takes the support circle of a child of the registry until the transaction ends, as the system: before the processing
 * log, as whoever looks for the circle's school does.
 * @returns null where the child has none.
 */
export async function takeCircleOf(
  rows: EntityManager,
  { organisation, personId }: Pick<ReportedAbsence, "organisation" | "personId">,
): Promise<CircleSearchRow | null> {
  const standing = {
    personDigest: personDigest(rows, personId),
    organisation,
    endedAt: IsNull(),
    circleId: Not(IsNull()),
  };
  const known = await rows.findOneBy(CircleSearchRow, standing);
  if (known === null) return null;
  await takeSearchTurn(rows, known.id);
  return rows.findOneBy(CircleSearchRow, { ...standing, id: known.id });
}

/**
 * Calls for a talk about the child of a circle that is taken, as the system. One about which there is a talk to come
 * already is the same concern.
 */
export async function reportAbsence(
  rows: EntityManager,
  search: CircleSearchRow,
  { id, organisation, firstDay, lastDay }: Omit<ReportedAbsence, "personId">,
): Promise<AbsenceRow> {
  const open = await rows.findOneBy(AbsenceRow, {
    circleSearchId: search.id,
    talk: In([...openTalk]),
  });
  if (open === null) await rows.insert(AbsenceRow, { id, organisation, circleSearchId: search.id, firstDay, lastDay });
  else {
    const days = {
      firstDay: open.firstDay < firstDay ? open.firstDay : firstDay,
      lastDay: open.lastDay > lastDay ? open.lastDay : lastDay,
    };
    await rows.update(AbsenceRow, { id: open.id }, days);
  }
  return rows.findOneByOrFail(AbsenceRow, { id: open?.id ?? id });
}

/** No parent agrees to a circle any more: no talk about an absence is to come. As the system. */
export async function cancelAbsences(rows: EntityManager, circleSearchId: string, now: Date): Promise<void> {
  for (const absence of await rows.findBy(AbsenceRow, { circleSearchId, talk: In([...openTalk]) }))
    await rows.update(AbsenceRow, { id: absence.id }, afterNews(absence, "CANCELLED", now));
}

/** Takes out the absences whose time is over, with what subscribers were told of them. As the system. */
export async function eraseAbsences(rows: EntityManager, now: Date): Promise<void> {
  const over = await rows.findBy(AbsenceRow, { erasesAt: LessThanOrEqual(now) });
  const ids = over.map(({ id }) => id);
  await rows.query("delete from care.event where subject = any ($1)", [ids]);
  await rows.delete(AbsenceRow, { id: In(ids) });
}

/** Whom each of these absences is about; null once no parent agrees any more. */
export async function childrenOfAbsences(
  rows: EntityManager,
  reader: OnBehalfOf,
  absences: readonly AbsenceRow[],
): Promise<(ChildRecord | null)[]> {
  const searches = await rows.findBy(CircleSearchRow, {
    id: In(absences.map(({ circleSearchId }) => circleSearchId)),
  });
  const byId = new Map(searches.map((search) => [search.id, soughtChildOf(rows, "circle_search", search).child]));
  const children = absences.map(({ circleSearchId }) => byId.get(circleSearchId) ?? null);
  const read = absences.map(({ id }, place) => ({ object: id, child: children[place] ?? null }));
  recordProcessingOf(rows, reader, "absence.read", read);
  return children;
}
