import { type DatabaseDefinition, plumbingTables } from "../../plumbing/migrations.ts";

export const schoolDatabase: DatabaseDefinition = {
  name: "school",
  registry: { url: new URL("./registry/", import.meta.url), prefix: "school registry" },
  care: [plumbingTables, { url: new URL("./store/", import.meta.url), prefix: "school" }],
  registryPrivileges: "select",
};
