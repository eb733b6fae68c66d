import { readFile } from "node:fs/promises";
import { runImportCommand } from "../imports/command.ts";
import { Config } from "../plumbing/config.ts";
import { dutchDay } from "../plumbing/dutch-time.ts";
import type { DatabaseUrls } from "./databases.ts";
import { runFolder } from "./run-folder.ts";

/*
 * npm run import -- KIND FILE: the import command, which without a database in the environment goes to the system
 * that runs on this machine.
 */

/** Whose database each kind of file is for, where it is not Leerplicht's. */
const ofSchool = new Set(["contacts", "edexml", "school-days"]);

const words = process.argv.slice(2);
process.exitCode = await runImportCommand(words, {
  config: await configFor(ofSchool.has(words[0] ?? "") ? "school" : "leerplicht"),
  output: process.stdout,
  errors: process.stderr,
  today: dutchDay(new Date()),
});

async function configFor(part: string): Promise<Config> {
  const given = new Config();
  if (["REGISTRY_DATABASE_URL", "DATABASE_URL"].some((name) => given.optional(name) !== undefined)) return given;
  const text = await readFile(runFolder().databases, "utf8").catch(() => "{}");
  const urls = (JSON.parse(text) as Record<string, DatabaseUrls | undefined>)[part];
  return new Config({ REGISTRY_DATABASE_URL: urls?.registryUrl, DATABASE_URL: urls?.appUrl });
}
