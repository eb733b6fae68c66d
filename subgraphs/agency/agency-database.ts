import { type DatabaseDefinition, plumbingTables, type SqlFolder } from "../../plumbing/migrations.ts";
import { regionHolidays } from "../../plumbing/school-days/region.ts";

/** The tables that every agency has: receipts, handles on incidents, sent signals. They come before its own. */
const agencyTables: SqlFolder = { url: new URL("./store/", import.meta.url), prefix: "agency" };

/**
 * Makes the database of an agency from its own folder.
 * @param folder holds `registry/`, which stands for the existing system, and `store/`, which says
 * how a row of it is read and puts the trigger on it.
 */
export function agencyDatabase(party: string, folder: URL): DatabaseDefinition {
  return {
    name: party,
    registry: { url: new URL("./registry/", folder), prefix: "registry" },
    care: [plumbingTables, agencyTables, { url: new URL("./store/", folder), prefix: party }, regionHolidays],
    registryPrivileges: "select, insert",
  };
}
