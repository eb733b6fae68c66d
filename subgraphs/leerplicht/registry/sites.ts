import type { EntityManager } from "typeorm";
import { takesPartOn } from "../decisions/route.ts";
import { RegistryInstitution, RegistryOfficerSite } from "./entities.ts";

/** A site as the office's registry has it. */
export interface KnownSite {
  readonly id: string;
  /** Null where the registry does not have the site. */
  readonly name: string | null;
  readonly city: string | null;
  readonly telephone: string | null;
  /** Of the site, as the registry numbers municipalities; null where it does not have the site. */
  readonly municipality: string | null;
  /** Whether it takes part on the day asked for; one that has ended does not. */
  readonly participates: boolean;
  /** Whether an officer looks after it. */
  readonly inArea: boolean;
}

/** What the registry says of sites on a day (`YYYY-MM-DD`). */
export async function sitesOf(
  rows: EntityManager,
  siteIds: readonly string[],
  day: string,
): Promise<(id: string) => KnownSite> {
  const where = [...new Set(siteIds)].map((id) => ({ brin: id.slice(0, 4), siteNumber: id.slice(4) }));
  // No condition at all would find every site.
  const institutions = where.length === 0 ? [] : await rows.find(RegistryInstitution, { where });
  const areas = where.length === 0 ? [] : await rows.find(RegistryOfficerSite, { where });
  const telephones = await telephonesOf(rows, siteIds);
  const byId = new Map(institutions.map((one) => [one.brin + one.siteNumber, one]));
  const inArea = new Set(areas.map(({ brin, siteNumber }) => brin + siteNumber));
  return (id) => {
    const { name = null, city = null, municipality = null, participates = false, endedOn = null } = byId.get(id) ?? {};
    const takesPart = takesPartOn(day, { participates, endedOn });
    const telephone = telephones.get(id) ?? null;
    return { id, name, city, telephone, municipality, participates: takesPart, inArea: inArea.has(id) };
  };
}

/** By site id. Telephones came later: a registry that has no column for them tells of none. */
async function telephonesOf(
  rows: EntityManager,
  siteIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const found = await rows.query<{ readonly id: string; readonly telephone: string | null }[]>(
    `select brin || vestiging as id, to_jsonb(institution) ->> 'telefoon' as telephone
     from registry.onderwijsinstelling institution
     where (brin, vestiging) in (select left(id, 4), substr(id, 5) from unnest($1::text[]) id)`,
    [siteIds],
  );
  return new Map(found.map(({ id, telephone }) => [id, telephone]));
}
