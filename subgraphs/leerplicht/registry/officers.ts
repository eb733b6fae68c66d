import { type EntityManager, In } from "typeorm";
import { RegistryOfficer, RegistryOfficerSite } from "./entities.ts";

export type Officer = RegistryOfficer;

/** @returns for each site the officer who looks after it, or null; the first by number where there are more. */
export async function officersOf(rows: EntityManager, siteIds: readonly string[]): Promise<(Officer | null)[]> {
  const areas = await rows.find(RegistryOfficerSite, {
    where: siteIds.map((id) => ({ brin: id.slice(0, 4), siteNumber: id.slice(4) })),
    order: { officerId: "ASC" },
  });
  const officers = await rows.findBy(RegistryOfficer, { id: In(areas.map(({ officerId }) => officerId)) });
  return siteIds.map((id) => {
    const area = areas.find(({ brin, siteNumber }) => brin + siteNumber === id);
    return officers.find((officer) => officer.id === area?.officerId) ?? null;
  });
}
