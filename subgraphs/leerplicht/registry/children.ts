import type { EntityManager } from "typeorm";
import type { KnownPerson, SoughtPerson } from "../../../plumbing/person-match.ts";
import type { Enrolment } from "../decisions/route.ts";
import { RegistryYoungPerson } from "./entities.ts";

/** A child as the office knows it. */
export interface KnownChild extends KnownPerson {
  /** The registry's number. */
  readonly id: string;
  readonly birthDate: string;
  /** Where the child lives (CBS, four digits). */
  readonly municipality: string | null;
}

interface ChildRow {
  readonly id: string;
  readonly bsn: string | null;
  readonly birthDate: string;
  readonly givenName: string | null;
  readonly callName: string | null;
  readonly prefix: string | null;
  readonly familyName: string;
  readonly municipality: string | null;
}

/**
 * The children who have the BSN or the birth date of one of those sought, or one of the registry's own numbers. Of a
 * whole country these are some hundreds: too many to make entities of for each signal.
 */
export async function childrenWhoMayBe(
  rows: EntityManager,
  { sought, ids = [] }: { readonly sought: readonly SoughtPerson[]; readonly ids?: readonly string[] },
): Promise<KnownChild[]> {
  const found = await rows
    .createQueryBuilder(RegistryYoungPerson, "child")
    .select("child.id", "id")
    .addSelect("child.bsn", "bsn")
    .addSelect("cast(child.birthDate as text)", "birthDate")
    .addSelect("child.givenNames", "givenName")
    .addSelect("child.callName", "callName")
    .addSelect("child.prefix", "prefix")
    .addSelect("child.familyName", "familyName")
    .addSelect("child.municipality", "municipality")
    .where("child.bsn = any (:bsns) or child.birthDate = any (:birthDates) or child.id = any (:ids)", {
      bsns: sought.flatMap(({ bsn }) => bsn?.reveal() ?? []),
      birthDates: sought.flatMap(({ birthDate }) => birthDate ?? []),
      ids,
    })
    .getRawMany<ChildRow>();
  return found.map(({ id, bsn, birthDate, municipality, ...name }) => ({ id, bsn, birthDate, municipality, name }));
}

export interface ChildEnrolment extends Enrolment {
  readonly childId: string;
  readonly schoolName: string | null;
  readonly city: string | null;
}

/** All enrolments of these children, past ones too, the latest first. */
export function enrolmentsOf(rows: EntityManager, childIds: readonly string[]): Promise<ChildEnrolment[]> {
  return rows.query<ChildEnrolment[]>(
    `select enrolment.jeugdige_id::text as "childId",
            enrolment.brin || enrolment.vestiging as "schoolId",
            to_char(enrolment.datum_in, 'YYYY-MM-DD') as "from",
            to_char(enrolment.datum_uit, 'YYYY-MM-DD') as "until",
            institution.naam as "schoolName",
            institution.plaats as city,
            case when exists (
              select from registry.ambtenaar_werkgebied area
              where area.brin = enrolment.brin and area.vestiging = enrolment.vestiging
            ) then json_build_object('participates', coalesce(institution.deelname, false), 'endedOn', institution.einddatum) end as site
     from registry.inschrijving enrolment
     left join registry.onderwijsinstelling institution using (brin, vestiging)
     where enrolment.jeugdige_id = any ($1)
     order by enrolment.datum_in desc, enrolment.inschrijving_id`,
    [childIds],
  );
}
