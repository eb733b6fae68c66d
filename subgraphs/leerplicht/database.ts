import { type DatabaseDefinition, plumbingTables } from "../../plumbing/migrations.ts";
import { regionHolidays } from "../../plumbing/school-days/region.ts";

export const leerplichtDatabase: DatabaseDefinition = {
  name: "leerplicht",
  registry: { url: new URL("./registry/", import.meta.url), prefix: "leerplicht registry" },
  care: [plumbingTables, { url: new URL("./store/", import.meta.url), prefix: "leerplicht" }, regionHolidays],
  registryPrivileges: "select",
};
