import { withClient } from "../../system/databases.ts";
import type { Json } from "../subgraph.ts";
import type { WaySystem } from "./way-system.ts";

/** A family as the shelter's own system has it. */
export interface ShelterFamily {
  readonly family: string;
  readonly parent: string;
}

/** Writes a family of a parent and these children to the shelter's records, as its own system does. */
export async function shelterFamily(way: WaySystem, children: readonly Json[], location = 1): Promise<ShelterFamily> {
  return withClient(way.databases.get("shelter")?.registryUrl ?? "", async (registry) => {
    const { rows } = await registry.query("insert into registry.gezin (locatienr) values ($1) returning gezin_uid", [
      location,
    ]);
    const family = rows[0].gezin_uid;
    const parent = await registry.query(
      `insert into registry.client (gezin_uid, gezinsrol, voornaam, achternaam, geboren_op)
       values ($1, 'ouder', 'Aylin', 'Kaya', '1990-01-01') returning client_uid`,
      [family],
    );
    for (const { bsn, name, birthDate } of children) {
      await registry.query(
        `insert into registry.client
           (gezin_uid, gezinsrol, burgerservicenummer, voornaam, tussenvoegsel, achternaam, geboren_op)
         values ($1, 'kind', $2, $3, $4, $5, $6)`,
        [family, bsn, name.givenName, name.prefix, name.familyName, birthDate],
      );
    }
    return { family, parent: parent.rows[0].client_uid };
  });
}

/** Writes another parent to the family, who lives elsewhere. */
export async function partnerOf(way: WaySystem, { family }: Pick<ShelterFamily, "family">): Promise<void> {
  await withClient(way.databases.get("shelter")?.registryUrl ?? "", (registry) =>
    registry.query(
      `insert into registry.client (gezin_uid, gezinsrol, voornaam, achternaam, geboren_op)
       values ($1, 'ouder', 'Deniz', 'Kaya', '1991-01-01')`,
      [family],
    ),
  );
}

const guidanceFields = `id startedAt endedAt supporter { name telephone email } parents { id name }
  children { id name consents { id state givenBy { name } } school { name city contacts { name email } } }`;

export const startGuidance = `mutation ($input: StartGuidanceInput!) { startGuidance(input: $input) {
  __typename ... on GuidanceStarted { guidance { ${guidanceFields} } }
  ... on FamilyNotFound { code } ... on InvalidSupporter { code } } }`;

export const recordConsent = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) {
  __typename ... on ConsentRecorded { guidance { ${guidanceFields} } }
  ... on GuidanceNotFound { code } ... on ConsentRefused { code } } }`;

export const withdrawConsent = `mutation ($id: ID!) { withdrawConsent(input: { consentId: $id }) {
  __typename ... on ConsentWithdrawn { guidance { ${guidanceFields} } } ... on ConsentNotFound { code } } }`;

export const endGuidance = `mutation ($id: ID!) { endGuidance(input: { guidanceId: $id }) {
  __typename ... on GuidanceEnded { guidance { ${guidanceFields} erasesAt } } ... on GuidanceNotFound { code } } }`;

export const guidance = `query ($id: ID!) { guidance(id: $id) { ${guidanceFields} } }`;

export const circles = `{ supportCircles { id since supporter { name telephone email }
  pupil { displayName group { name } supportCircle { id } } } }`;

export const supporter = { name: "Iris de Wit", telephone: "+31 6 12345678", email: "iris@example.nl" };

/** The last day of a consent that is given today. */
export function inWeeks(weeks: number): string {
  return new Date(Date.now() + weeks * 7 * 24 * 3_600_000).toISOString().slice(0, 10);
}
