import { parseArgs } from "node:util";
import { Pool } from "pg";
import { type Config, ConfigError } from "../plumbing/config.ts";
import { importContacts } from "./contacts/import.ts";
import { importEdexml } from "./edexml/import.ts";
import { importEnrolments } from "./enrolments/import.ts";
import { importInstitutions } from "./institutions/import.ts";
import type { ImportOptions } from "./options.ts";
import { type ImportOutcome, ImportRefused } from "./outcome.ts";
import { importSchoolDays } from "./school-days/import.ts";
import { fileSource, type ImportSource } from "./source.ts";
import { describeOutcome, progressBar, type TextOutput } from "./terminal.ts";

const USAGE = `Usage: npm run import -- KIND FILE [--accept-endings]

  edexml FILE        a school's EDEXML 2.1 export, into the school registry
  enrolments FILE    a delivery of enrolments (CSV), into Leerplicht's registry
  institutions FILE  institutions and their officers (CSV), into Leerplicht's registry

  contacts FILE      the contact persons of schools (CSV), into the school part
  school-days FILE   holidays of regions (CSV), into any part, and days and hours of schools, into the school part

  --accept-endings   let the file end more than half of what is open in the registry
  --help             this text

REGISTRY_DATABASE_URL names the database, as the role that owns its schema "registry";
for contacts and school-days DATABASE_URL names it, as the role that the part runs as.
Exit code: 0 all rows are in, 1 some were left out, 2 nothing was changed.
`;

interface Import {
  readonly run: (pool: Pool, source: ImportSource, options: ImportOptions) => Promise<ImportOutcome>;
  /** The setting that names the database. */
  readonly database: "REGISTRY_DATABASE_URL" | "DATABASE_URL";
}

const IMPORTS: ReadonlyMap<string, Import> = new Map<string, Import>([
  ["edexml", { run: importEdexml, database: "REGISTRY_DATABASE_URL" }],
  ["enrolments", { run: importEnrolments, database: "REGISTRY_DATABASE_URL" }],
  ["institutions", { run: importInstitutions, database: "REGISTRY_DATABASE_URL" }],
  ["contacts", { run: importContacts, database: "DATABASE_URL" }],
  ["school-days", { run: importSchoolDays, database: "DATABASE_URL" }],
]);

/** What the command meets outside itself. */
export interface Surroundings {
  readonly config: Config;
  readonly output: TextOutput;
  readonly errors: TextOutput;
  /** The day that it is, in the Netherlands: `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * Runs the command `import`.
 *
 * @param words the command line, without the program
 * @returns the exit code: 0 all rows are in, 1 some were left out, 2 nothing was changed
 */
export async function runImportCommand(
  words: readonly string[],
  { config, output, errors, today }: Surroundings,
): Promise<number> {
  const line = readCommandLine(words);
  if (line === undefined || line === "help") {
    (line === "help" ? output : errors).write(USAGE);
    return line === "help" ? 0 : 2;
  }
  const bar = progressBar(errors, () => performance.now());
  try {
    const connectionString = config.url(line.kind.database);
    const source = await fileSource(line.file);
    const options = { today, acceptEndings: line.acceptEndings, onProgress: bar.show };
    const outcome = await withPool(connectionString, (pool) => line.kind.run(pool, source, options));
    bar.clear();
    output.write(`${describeOutcome(outcome).join("\n")}\n`);
    return outcome.refused === 0 ? 0 : 1;
  } catch (fault) {
    bar.clear();
    errors.write(`Nothing was changed: ${explain(fault)}\n`);
    return 2;
  }
}

interface CommandLine {
  readonly kind: Import;
  readonly file: string;
  readonly acceptEndings: boolean;
}

function readCommandLine(words: readonly string[]): CommandLine | "help" | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { "accept-endings": { type: "boolean", default: false }, help: { type: "boolean" } },
    });
    if (values.help === true) return "help";
    const [name = "", file, ...rest] = positionals;
    const kind = IMPORTS.get(name);
    if (kind === undefined || file === undefined || rest.length > 0) return undefined;
    return { kind, file, acceptEndings: values["accept-endings"] };
  } catch {
    return undefined;
  }
}

async function withPool<T>(connectionString: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = new Pool({ connectionString, max: 1, connectionTimeoutMillis: 10_000 });
  // A connection that breaks while it is idle is no concern of an import.
  pool.on("error", () => {});
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** One line that names the fault; a message of the database could repeat a row, so only its code is given. */
function explain(fault: unknown): string {
  if (fault instanceof ImportRefused) {
    const place = fault.line === undefined ? "" : `line ${fault.line}: `;
    return `${place}${fault.message} (${fault.code})`;
  }
  if (fault instanceof ConfigError) return fault.message;
  const code = fault instanceof Error && "code" in fault ? String(fault.code) : "unexpected";
  return `the database could not be reached or refused the work (${code})`;
}
