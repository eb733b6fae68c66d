import { Column, Entity, type EntityManager, In, PrimaryColumn } from "typeorm";
import { CircleSearchRow } from "./circle-entities.ts";
import type { ChildRecord } from "./entities.ts";
import { type OnBehalfOf, recordProcessingOf } from "./processing.ts";

export type TalkStatus = "CALLED" | "PROPOSED" | "PLANNED" | "HELD" | "CANCELLED";

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
}

/**
 * Calls for a talk about a child of the registry.
 * @returns the absence's id; undefined where the child has no support circle.
 */
export async function reportAbsence(
  rows: EntityManager,
  personId: string,
  { organisation, firstDay, lastDay }: Pick<AbsenceRow, "organisation" | "firstDay" | "lastDay">,
): Promise<string | undefined> {
  const [found] = await rows.query<{ id: string | null }[]>("select care.report_absence($1, $2, $3, $4) as id", [
    personId,
    organisation,
    firstDay,
    lastDay,
  ]);
  return found?.id ?? undefined;
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
  const byId = new Map(searches.map(({ id, child }) => [id, child]));
  const children = absences.map(({ circleSearchId }) => byId.get(circleSearchId) ?? null);
  const read = absences.map(({ id }, place) => ({ object: id, child: children[place] ?? null }));
  await recordProcessingOf(rows, reader, "absence.read", read);
  return children;
}
