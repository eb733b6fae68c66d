import { parseArgs } from "node:util";
import { personas } from "./personas.ts";
import { runFolder } from "./run-folder.ts";
import { loadSecrets } from "./secrets.ts";
import { audience } from "./settings.ts";
import { readSystemFile } from "./system-file.ts";
import { fetchToken } from "./tokens.ts";

/*
 * npm run token -- PERSONA: prints a fresh access token of a demo persona, good for an hour. Of the system that
 * runs on this machine, or of another `--issuer` that knows the keys in the file `--secrets`.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { issuer: { type: "string" }, secrets: { type: "string", default: runFolder().secrets } },
});
const persona = personas.find(({ name }) => name === positionals[0]);
const issuer = values.issuer ?? (await readSystemFile(runFolder()))?.issuer;
if (persona === undefined) {
  console.error(`Say whose token: ${personas.map(({ name }) => name).join(", ")}`);
  process.exitCode = 1;
} else if (issuer === undefined) {
  console.error("The system does not run: npm start");
  process.exitCode = 1;
} else {
  const { clients } = await loadSecrets(values.secrets, [], []);
  const key = clients[persona.name] ?? {};
  console.log(await fetchToken(issuer, { id: persona.name, key, scope: persona.scope }, audience));
}
