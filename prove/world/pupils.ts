import { withClient } from "../../system/databases.ts";
import type { World } from "./world.ts";

/** A pupil whom both registries know, and as whom a contact reads it. */
export interface KnownPupil {
  readonly bsn: string;
  readonly displayName: string;
  /** The site, for example `99AA00`. */
  readonly schoolId: string;
}

/** Pupils of the demo schools whom nobody shares a display name with, and whom Leerplicht finds by their BSN. */
export async function pupilsOf(world: World): Promise<KnownPupil[]> {
  const enrolled = await withClient(world.databasesOf("leerplicht").registryUrl, async (registry) => {
    const { rows } = await registry.query(
      `select bsn from registry.jeugdige j join registry.inschrijving i using (jeugdige_id)
       where bsn is not null and (i.datum_uit is null or i.datum_uit > current_date) group by bsn having count(*) = 1`,
    );
    return new Set(rows.map(({ bsn }) => String(bsn)));
  });
  return withClient(world.databasesOf("school").registryUrl, async (registry) => {
    const { rows } = await registry.query(
      "select bsn, roepnaam, voorvoegsel, achternaam, brincode || dependancecode as site from registry.leerling where bsn is not null",
    );
    const named = rows.map(({ bsn, roepnaam, voorvoegsel, achternaam, site }) => ({
      bsn: String(bsn),
      schoolId: String(site),
      displayName: [roepnaam, voorvoegsel, achternaam].filter((part) => part).join(" "),
    }));
    const count = Map.groupBy(named, ({ displayName }) => displayName);
    return named.filter(({ bsn, displayName }) => enrolled.has(bsn) && count.get(displayName)?.length === 1);
  });
}
