import { type EntityManager, In } from "typeorm";
import { subjectDigest } from "../../../plumbing/processing-log.ts";
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

/** Members by key. */
export function clientsOf(rows: EntityManager, clientIds: readonly string[]): Promise<ShelterClient[]> {
  return rows.findBy(ShelterClient, { id: In(clientIds) });
}

export function isParent({ role }: ShelterClient): boolean {
  return role === "ouder" || role === "partner";
}

/** A child as Leerplicht is asked for the school. */
export interface DescribedChild extends Pick<ShelterClient, "givenName" | "prefix" | "familyName" | "birthDate"> {
  readonly bsn: string | null;
}

/** A client as Leerplicht is asked for the school; undefined where the registry no longer has one. */
export async function describeChild(rows: EntityManager, clientId: string): Promise<DescribedChild | undefined> {
  const [child] = await withNumbers(rows, [clientId]);
  if (child === undefined) return undefined;
  const { bsn = null, givenName, prefix, familyName, birthDate } = child;
  return { bsn, givenName, prefix, familyName, birthDate };
}

/** What stands for these clients in the processing log, by their keys. */
export async function subjectsOf(
  rows: EntityManager,
  pseudonymKey: string,
  clientIds: readonly string[],
): Promise<Map<string, string>> {
  const clients = await withNumbers(rows, [...new Set(clientIds)]);
  return new Map(
    clients.map(({ id, bsn = null, birthDate, givenName, prefix, familyName }) => [
      id,
      subjectDigest(pseudonymKey, { bsn, birthDate, name: { givenName, prefix, familyName: familyName ?? "" } }),
    ]),
  );
}

/** The one place at which the BSN is read. */
function withNumbers(rows: EntityManager, clientIds: readonly string[]): Promise<ShelterClient[]> {
  return rows
    .createQueryBuilder(ShelterClient, "client")
    .addSelect("client.bsn")
    .where({ id: In(clientIds) })
    .getMany();
}
