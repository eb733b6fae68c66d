import { parseArgs } from "node:util";
import { databaseUrls } from "./databases.ts";
import { importDemoFiles } from "./demo-files.ts";
import { loadSecrets } from "./secrets.ts";

/* Loads the demo files into the databases of the system in docker-compose.yml. npm start does so by itself. */

const { database, secrets: path } = parseArgs({
  options: { database: { type: "string", default: "postgres:5432" }, secrets: { type: "string", default: "" } },
}).values;
const { roles } = await loadSecrets(path, [], []);
const urlsOf = (part: string) => {
  const passwords = roles[part];
  if (passwords === undefined) throw new Error("A part has no passwords");
  return databaseUrls(`postgres://${database}`, part, part, passwords);
};
await importDemoFiles(urlsOf("school"), urlsOf("leerplicht"));
console.log("The demo files are loaded");
