import { FieldResolver, ID, Resolver, Root } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { SchoolContext } from "../context.ts";
import { displayName } from "../decisions/display-name.ts";
import { openLoaders } from "../loaders.ts";
import { RegistrySchool } from "../registry/entities.ts";
import type { CircleSchool } from "../schema/circle.ts";
import { school } from "../schema/parties.ts";
import { Pupil } from "../schema/school.ts";
import { CirclePupilRow } from "../store/circle-entities.ts";
import { readCirclePupils } from "../store/circle-reads.ts";
import type { PupilNode } from "./pupil-fields.ts";

interface Keyed {
  readonly circleKey: string;
}

@Resolver(() => Pupil)
export class PupilKey {
  // A pupil of a signal has no circle, and gets a key that leads nowhere: what is asked, and how long it takes, is the
  // same for every pupil.
  @FieldResolver(() => ID)
  @Allow(school)
  circleKey(@Root() { circleKey }: Partial<Keyed>): string {
    return circleKey ?? crypto.randomUUID();
  }
}

/** Answers the shelter's reference to the pupil of a circle; null where the caller may not act for the school. */
export async function resolvePupilReference(
  { circleKey }: Keyed,
  { loaders }: SchoolContext,
): Promise<(PupilNode & Keyed) | null> {
  if (!isUuid(circleKey)) return null;
  const read = await loaders.pupilOfCircle.load(circleKey);
  if (read === null) return null;
  const { birthDate, groupId: groupNumber } = read.pupil;
  return { id: read.pupilId, displayName: displayName(read.pupil), birthDate, groupNumber, circleKey };
}

/**
 * Answers the shelter's reference to the school of a circle. Whoever has the key has it by a consent: the shelter's
 * part gives it to nobody else, and no client can read it.
 */
export async function resolveCircleSchoolReference(
  { circleKey }: Keyed,
  context: SchoolContext,
): Promise<CircleSchool | null> {
  if (!isUuid(circleKey)) return null;
  const { database, claims, config } = context;
  const found = await database.transaction(systemClaims, async (rows) => {
    // Who looks after which pupil is the pupil's, too.
    await readCirclePupils(rows, claims, config.pseudonymKey, [circleKey]);
    const schoolId = (await rows.findOneBy(CirclePupilRow, { circleKey }))?.schoolId ?? null;
    if (schoolId === null) return null;
    const site = { brin: schoolId.slice(0, 4), siteNumber: schoolId.slice(4) };
    return { schoolId, school: await rows.findOneBy(RegistrySchool, site) };
  });
  if (found === null) return null;
  const { schoolId, school } = found;
  const contacts = await openLoaders({ ...context, claims: systemClaims }).contacts.load(schoolId);
  return {
    circleKey,
    name: school?.name ?? schoolId,
    city: school?.city ?? null,
    contacts: contacts.map((contact) => ({ name: displayName(contact), email: contact.email })),
  };
}
