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

/** The children who have the BSN or the birth date of one of those sought, or one of the registry's own numbers. */
export async function childrenWhoMayBe(
  rows: EntityManager,
  { sought, ids = [] }: { readonly sought: readonly SoughtPerson[]; readonly ids?: readonly string[] },
): Promise<KnownChild[]> {
  const found = await rows
    .createQueryBuilder(RegistryYoungPerson, "child")
    .addSelect("child.bsn")
    .where("child.bsn = any (:bsns) or child.birthDate = any (:birthDates) or child.id = any (:ids)", {
      bsns: sought.flatMap(({ bsn }) => bsn?.reveal() ?? []),
      birthDates: sought.flatMap(({ birthDate }) => birthDate ?? []),
      ids,
    })
    .getMany();
  return found.map(toKnownChild);
}

function toKnownChild(row: RegistryYoungPerson): KnownChild {
  const { id, bsn, birthDate, givenNames, callName, prefix, familyName, municipality } = row;
  return {
    id,
    bsn: bsn ?? null,
    birthDate,
    municipality,
    name: { givenName: givenNames, callName, prefix, familyName },
  };
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
            ) then json_build_object('participates', coalesce(institution.deelname, false)) end as site
     from registry.inschrijving enrolment
     left join registry.onderwijsinstelling institution using (brin, vestiging)
     where enrolment.jeugdige_id = any ($1)
     order by enrolment.datum_in desc, enrolment.inschrijving_id`,
    [childIds],
  );
}
