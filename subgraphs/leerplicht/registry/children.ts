import type { EntityManager } from "typeorm";
import { comparableFamilyName } from "../../../plumbing/names.ts";
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

/** The family name as it stands in the registry, with its prefix in front of it (`comparableFamilyName`). */
const familyName = `concat(child.prefix, substr(child.familyName, strpos(child.familyName, ',') + 1),
  case when strpos(child.familyName, ',') > 0 then split_part(child.familyName, ',', 1) end)`;

/** What no comparable name has, of the characters that PostgreSQL is sure to read as we do: those of ASCII. */
const dropped = Array.from({ length: 127 }, (_, place) => String.fromCharCode(place + 1))
  .filter((character) => !/[A-Za-z0-9]/.test(character))
  .join("");

/**
 * The children who may be one of those sought: who have the BSN, or one of the registry's own numbers, or the birth date
 * and a family name that may be the same. Of a whole country some hundreds were born on one day, too many to be read for
 * each signal: a name that is written in ASCII is compared there, any other is left to us.
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
    .where(
      `child.bsn = any (:bsns) or child.id = any (:ids) or (
        child.birthDate = any (:birthDates) and (
          ${familyName} ~ '[^\\u0001-\\u007f]'
          or translate(lower(${familyName} collate "C"), :dropped, '') = any (:familyNames)))`,
      {
        bsns: sought.flatMap(({ bsn }) => bsn?.reveal() ?? []),
        ids,
        birthDates: sought.flatMap(({ name, birthDate }) => (name === undefined ? [] : (birthDate ?? []))),
        familyNames: sought.flatMap(({ name }) => (name === undefined ? [] : comparableFamilyName(name))),
        dropped,
      },
    )
    .getRawMany<ChildRow>();
  return found.map(({ id, bsn, birthDate, municipality, ...name }) => ({ id, bsn, birthDate, municipality, name }));
}

export interface ChildEnrolment extends Enrolment {
  readonly childId: string;
  readonly schoolName: string | null;
  readonly city: string | null;
  /** Of the site (CBS, four digits); null where the registry does not have it. */
  readonly municipality: string | null;
  readonly telephone: string | null;
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
            institution.gemeentecode as municipality,
            to_jsonb(institution) ->> 'telefoon' as telephone,
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
