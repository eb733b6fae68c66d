import { parseArgs } from "node:util";
import { ConfigError } from "../plumbing/config.ts";
import { errorFacts } from "../plumbing/log.ts";
import { answerAccess } from "./processing-logs/access.ts";
import { findLogs } from "./processing-logs/part-log.ts";
import { exportLogs, readReader } from "./processing-logs/reading.ts";
import { verifyLogs } from "./processing-logs/verification.ts";

/*
 * npm run processing-log -- verify [--heads FILE] [PART …]: checks that nobody changed the processing logs. In FILE it
 *   keeps where each ended, and checks that against the next time: keep it where the database's owners cannot write.
 * npm run processing-log -- access --by NAME [--register URI] [PART …] < PERSON: who processed this person's data, what
 *   for and when. PERSON is JSON: {"bsn": "…"}, or {"name": {"givenName": …, "prefix": …, "familyName": …}, "birthDate":
 *   "YYYY-MM-DD"}, or best all of these. It does not go on the command line, where other users of the machine could read it.
 * npm run processing-log -- export --by NAME [--register URI] [PART …]: all entries, in their order.
 * The last two print one record a line (JSON), in the fields of Logboek Dataverwerkingen, and first write to the log that
 * NAME has read it. URI is of the organisation's register of processing activities: names of activities are added to it.
 * All ask the system that runs here, or the one part whose DATABASE_URL, PSEUDONYM_KEY and ORGANISATION the environment
 * names.
 */

const options = { heads: { type: "string" }, by: { type: "string" }, register: { type: "string" } } as const;

function readCommand() {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch {
    throw new ConfigError("The options are --heads, --by and --register");
  }
}

async function run(): Promise<void> {
  const { values, positionals } = readCommand();
  const [command, ...wanted] = positionals;
  switch (command) {
    case "verify":
      process.exitCode = (await verifyLogs(await findLogs(wanted), values.heads)) ? 0 : 1;
      break;
    case "access": {
      const reader = readReader(values);
      await answerAccess(await findLogs(wanted), reader);
      break;
    }
    case "export": {
      const reader = readReader(values);
      await exportLogs(await findLogs(wanted), reader);
      break;
    }
    default:
      throw new ConfigError("Say which: verify, access or export");
  }
}

try {
  await run();
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : JSON.stringify(errorFacts(error)));
  process.exitCode = 2;
}
