import type { ClientBase } from "pg";
import { stagingTable } from "../merging/target.ts";
import type { School } from "./school.ts";
import type { Sites } from "./sites.ts";
import { PUPILS, STAFF } from "./targets.ts";

/** Writes the sites of the file. A name that the file does not give stays as it is. */
export async function mergeSites(client: ClientBase, school: School, sites: Sites, day: string): Promise<void> {
  const all = sites.all();
  await client.query(
    `insert into registry.school as t (brincode, dependancecode, naam, schooljaar, peildatum)
     select $1, v.number, v.name, $2, $3::date
     from unnest($4::text[], $5::text[]) as v(number, name)
     on conflict (brincode, dependancecode) do update
       set naam = coalesce(excluded.naam, t.naam), schooljaar = excluded.schooljaar,
           peildatum = excluded.peildatum, mutatiedatum = now()
       where (t.naam, t.schooljaar, t.peildatum) is distinct from
             (coalesce(excluded.naam, t.naam), excluded.schooljaar, excluded.peildatum)`,
    [school.brin, school.schoolYear, day, [...all.keys()], [...all.values()]],
  );
}

/** Points the staged pupils to their groups. A group that the registry does not have stays open. */
export async function linkPupilsToGroups(client: ClientBase, school: School): Promise<void> {
  await client.query(
    `update ${stagingTable(PUPILS)} as s set groep = g.groepnummer
     from registry.groep as g
     where g.brincode = $1 and g.dependancecode = $2 and g.sleutel = s.group_key`,
    [school.brin, school.siteNumber],
  );
}

/** Makes the groups of each member of staff in the file the ones that the file names. */
export async function linkStaffToGroups(client: ClientBase, school: School): Promise<void> {
  const place = [school.brin, school.siteNumber];
  const named = `
    select m.medewerkernummer, g.groepnummer
    from ${stagingTable(STAFF)} as s
    join registry.medewerker as m using (brincode, dependancecode, sleutel)
    join registry.groep as g
      on g.brincode = m.brincode and g.dependancecode = m.dependancecode
      and g.sleutel = any (s.group_keys)
    where m.brincode = $1 and m.dependancecode = $2`;
  await client.query(
    `delete from registry.medewerker_groep as mg
     using registry.medewerker as m
     join ${stagingTable(STAFF)} as s using (brincode, dependancecode, sleutel)
     where mg.medewerkernummer = m.medewerkernummer
       and m.brincode = $1 and m.dependancecode = $2
       and (mg.medewerkernummer, mg.groepnummer) not in (${named})`,
    place,
  );
  await client.query(
    `insert into registry.medewerker_groep (medewerkernummer, groepnummer) ${named}
     on conflict do nothing`,
    place,
  );
}
