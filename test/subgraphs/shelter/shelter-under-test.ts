import { shelterDatabase } from "../../../subgraphs/shelter/database.ts";
import { shelterSubgraph } from "../../../subgraphs/shelter/part.ts";
import type { AgencyUnderTest } from "../agency/agency-under-test.ts";

const latest = (table: string, since: string): string => `${since} = (select max(${since}) from registry.${table})`;

export const shelterUnderTest: AgencyUnderTest = {
  party: "shelter",
  subgraph: shelterSubgraph,
  definition: shelterDatabase,
  organisation: "00000099000000003000",
  otherOrganisation: "00000099000000003100",
  secondUnit: `insert into registry.opvanglocatie (locatienr, naam, plaats, oin)
    values (2, 'Opvanghuis De Brug', 'Heidekant', '00000099000000003100')`,
  childTable: "registry.melding_client",
  becomesChild: `update registry.client set gezinsrol = 'kind' where ${latest("client", "aangemaakt_op")}`,
  becomesOther: `update registry.client set gezinsrol = 'partner' where ${latest("client", "aangemaakt_op")}`,
  becomesInScope: `update registry.melding set soort = 10, feitelijk_geweld = true where ${latest("melding", "vastgelegd_op")}`,
  async insertRow(registry, row) {
    await registry.query(
      `with gezin as (insert into registry.gezin (locatienr) values (1) returning gezin_uid)
       insert into registry.client
         (gezin_uid, gezinsrol, burgerservicenummer, voornaam, tussenvoegsel, achternaam, geboren_op)
       select gezin_uid, $1, $2, $3, $4, $5, $6 from gezin`,
      [row.isChild ? "kind" : "ouder", row.bsn, row.givenName, row.prefix, row.familyName, row.birthDate],
    );
    await registry.query(
      `insert into registry.melding (gezin_uid, soort, feitelijk_geweld, voorgevallen_op)
       select gezin_uid, $1, $2, $3 from registry.client order by aangemaakt_op desc limit 1`,
      [row.classInScope ? 10 : 510, row.classInScope, row.occurredAt],
    );
    await registry.query(
      `insert into registry.melding_client (melding_uid, client_uid)
       select melding_uid, client_uid from registry.melding join registry.client using (gezin_uid)
       order by vastgelegd_op desc, aangemaakt_op desc limit 1`,
    );
  },
};
