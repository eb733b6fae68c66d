import { type DatabaseDefinition, plumbingTables } from "../../plumbing/migrations.ts";

export const leerplichtDatabase: DatabaseDefinition = {
  name: "leerplicht",
  registry: { url: new URL("./registry/", import.meta.url), prefix: "leerplicht registry" },
  care: [plumbingTables, { url: new URL("./store/", import.meta.url), prefix: "leerplicht" }],
  registryPrivileges: "select",
};
