import { createHash } from "node:crypto";
import type { Client } from "pg";
import type { Region } from "../../simulate/region.ts";
import { isObserved } from "./region.ts";

/** The shelter whose guidance nobody who looks on knows of, and another whose worker looks on. */
export const shelters = { hidden: "00000099000000003000", looking: "00000099000000003001" } as const;

/** A school in another area, which no child of the region goes to. */
export const farSite = "99ZZ00";

/** The registry's key of a family, or of one of its members: the same in both worlds. */
export function registryKey(what: "family" | "parent" | "child", number: number): string {
  const hex = createHash("md5").update(`${what} ${number}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join("-");
}

export const supporter = { name: "Iris de Wit", telephone: "+31 6 12345678", email: "iris@example.nl" };

/** Whether a child's family lives at the shelter whose worker looks on: of those at the other schools, each second one. */
export function isAtLooking(number: number): boolean {
  return !isObserved(number) && number % 2 === 1;
}

/** Writes each child of a region with a parent to the shelters' records. */
export async function fillShelter(admin: Client, region: Region): Promise<void> {
  await admin.query("insert into registry.opvanglocatie values (2, 'Opvanghuis De Brug', 'Waterdal', $1)", [
    shelters.looking,
  ]);
  const families = Array.from({ length: region.children }, (_, number) => ({
    ...region.child(number),
    location: isAtLooking(number) ? 2 : 1,
    family: registryKey("family", number),
    parent: registryKey("parent", number),
    child: registryKey("child", number),
  }));
  await admin.query(
    `with family as (
       select * from jsonb_to_recordset($1) as x (location smallint, family uuid, parent uuid, child uuid, bsn text,
         "givenName" text, "familyName" text, "birthDate" date)
     ), housed as (
       insert into registry.gezin (gezin_uid, locatienr) select family, location from family
     )
     insert into registry.client
       (client_uid, gezin_uid, gezinsrol, burgerservicenummer, voornaam, achternaam, geboren_op)
     select parent, family, 'ouder', null, 'Aylin', "familyName", '1990-01-01' from family
     union all select child, family, 'kind', bsn, "givenName", "familyName", "birthDate" from family`,
    [JSON.stringify(families)],
  );
}
