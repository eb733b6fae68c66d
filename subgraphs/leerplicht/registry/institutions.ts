import type { EntityManager } from "typeorm";
import { parseSiteId } from "../../../plumbing/identifiers.ts";
import { RegistryInstitution } from "./entities.ts";

/** The institutions of these site ids, by site id; what the registry does not have is not in it. */
export async function institutionsOf(
  rows: EntityManager,
  siteIds: readonly string[],
): Promise<ReadonlyMap<string, RegistryInstitution>> {
  const sites = siteIds.filter((id) => parseSiteId(id) !== undefined);
  if (sites.length === 0) return new Map();
  const found = await rows.findBy(
    RegistryInstitution,
    sites.map((id) => ({ brin: id.slice(0, 4), siteNumber: id.slice(4) })),
  );
  return new Map(found.map((one) => [one.brin + one.siteNumber, one]));
}
