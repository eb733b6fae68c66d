import { policeDatabase } from "../../../subgraphs/police/database.ts";
import { policeSubgraph } from "../../../subgraphs/police/part.ts";
import type { AgencyUnderTest } from "../agency/agency-under-test.ts";

export const policeUnderTest: AgencyUnderTest = {
  party: "police",
  subgraph: policeSubgraph,
  definition: policeDatabase,
  organisation: "00000099000000001000",
  otherOrganisation: "00000099000000002000",
  childTable: "registry.betrokkene",
  becomesChild:
    "update registry.betrokkene set rol = 'KIND' where betrokkene_id = (select max(betrokkene_id) from registry.betrokkene)",
  becomesOther:
    "update registry.betrokkene set rol = 'GETUIGE' where betrokkene_id = (select max(betrokkene_id) from registry.betrokkene)",
  becomesInScope:
    "update registry.incident set klassecode = 'G10' where incident_id = (select max(incident_id) from registry.incident)",
  async insertRow(registry, row) {
    const { rows } = await registry.query<{ incident_id: string }>(
      `insert into registry.incident (incidentnummer, eenheidscode, klassecode, pleegdatum, pleegtijd)
       select 'PL-1', '9101', $1, moment::date, moment::time
       from (select $2::timestamptz at time zone 'Europe/Amsterdam') as wall (moment)
       returning incident_id`,
      [row.classInScope ? "G10" : "D10", row.occurredAt],
    );
    await registry.query(
      `insert into registry.betrokkene
         (incident_id, rol, bsn, voornamen, voorvoegsels, achternaam, geboortedatum)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        rows[0]?.incident_id,
        row.isChild ? "KIND" : "VERDACHTE",
        row.bsn,
        row.givenName,
        row.prefix,
        row.familyName,
        row.birthDate?.replaceAll("-", ""),
      ],
    );
  },
};
