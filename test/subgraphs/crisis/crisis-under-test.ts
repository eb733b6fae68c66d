import { crisisDatabase } from "../../../subgraphs/crisis/database.ts";
import { crisisSubgraph } from "../../../subgraphs/crisis/part.ts";
import type { AgencyUnderTest } from "../agency/agency-under-test.ts";

const isLatest = "inzetnummer = (select 'CI-' || last_value from registry.inzet_volgnummer)";

export const crisisUnderTest: AgencyUnderTest = {
  party: "crisis",
  subgraph: crisisSubgraph,
  definition: crisisDatabase,
  organisation: "00000099000000011000",
  otherOrganisation: "00000099000000008100",
  secondUnit: `insert into registry.crisisteam (teamcode, teamnaam, oin)
    values ('HK', 'Crisisinterventieteam Heidekant', '00000099000000008100')`,
  childTable: "registry.aanwezige",
  becomesChild: `update registry.aanwezige set hoedanigheid = 'kind' where ${isLatest}`,
  becomesOther: `update registry.aanwezige set hoedanigheid = 'buur' where ${isLatest}`,
  becomesInScope: `update registry.inzet set aanleidingen = '{Huiselijk geweld}' where ${isLatest}`,
  async insertRow(registry, row) {
    const { rows } = await registry.query<{ inzetnummer: string }>(
      `insert into registry.inzet (teamcode, aanleidingen, ter_plaatse_ms)
       values ('WD', array[$1, 'rouw'], $2) returning inzetnummer`,
      [row.classInScope ? "Huiselijk geweld" : "uithuiszetting", row.occurredAt.getTime()],
    );
    const person = {
      bsn: row.bsn,
      naam: { voor: row.givenName, tussen: row.prefix, achter: row.familyName },
      geboren: row.birthDate?.split("-").reverse().join("-"),
    };
    await registry.query(
      "insert into registry.aanwezige (inzetnummer, volgnummer, hoedanigheid, persoon) values ($1, 1, $2, $3)",
      [rows[0]?.inzetnummer, row.isChild ? "kind" : "buur", person],
    );
  },
};
