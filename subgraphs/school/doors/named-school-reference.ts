import { systemClaims } from "../../../plumbing/database.ts";
import { parseSiteId } from "../../../plumbing/identifiers.ts";
import type { SchoolContext } from "../context.ts";
import { RegistrySchool } from "../registry/entities.ts";
import type { NamedSchool } from "../schema/named-school.ts";

/** Answers the shelter's reference to a school with which something was shared: what its name is, which is no secret. */
export async function resolveNamedSchoolReference(
  { id }: Pick<NamedSchool, "id">,
  { database }: SchoolContext,
): Promise<NamedSchool> {
  const site = { brin: id.slice(0, 4), siteNumber: id.slice(4) };
  const school =
    parseSiteId(id) === undefined
      ? null
      : await database.transaction(systemClaims, (rows) => rows.findOneBy(RegistrySchool, site));
  return { id, name: school?.name ?? id, city: school?.city ?? null };
}
