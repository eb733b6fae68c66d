import { type EntityManager, In } from "typeorm";
import { ShelterClient, ShelterFamily, ShelterLocation } from "./entities.ts";

/** Whether a family lives at a location of this organisation. */
export async function isFamilyOf(rows: EntityManager, familyId: string, organisation: string): Promise<boolean> {
  const family = await rows.findOneBy(ShelterFamily, { id: familyId });
  return family !== null && rows.existsBy(ShelterLocation, { number: family.location, oin: organisation });
}

/** The members of these families, children and parents among them, the eldest first. */
export function membersOf(rows: EntityManager, familyIds: readonly string[]): Promise<ShelterClient[]> {
  return rows.find(ShelterClient, { where: { familyId: In(familyIds) }, order: { birthDate: "ASC", id: "ASC" } });
}

export function isParent({ role }: ShelterClient): boolean {
  return role === "ouder" || role === "partner";
}

/** A client as Leerplicht is asked for the school: the one place at which the BSN is read. */
export async function describeChild(rows: EntityManager, clientId: string) {
  const child = await rows
    .createQueryBuilder(ShelterClient, "client")
    .addSelect("client.bsn")
    .where({ id: clientId })
    .getOneOrFail();
  const { bsn = null, givenName, prefix, familyName, birthDate } = child;
  return { bsn, givenName, prefix, familyName, birthDate };
}
