import { readFile } from "node:fs/promises";
import { runImportCommand } from "../imports/command.ts";
import { Config } from "../plumbing/config.ts";
import { dutchDay } from "../plumbing/dutch-time.ts";
import type { DatabaseUrls } from "./databases.ts";
import { runFolder } from "./run-folder.ts";

/*
 * npm run import -- KIND FILE: the import command, which without a database in the environment goes to the system
 * that runs on this machine. The highest exit code of its parts is the command's.
 */

const words = process.argv.slice(2);
for (const { part, config } of await targetsOf(words[0])) {
  if (part !== undefined) console.log(`${part}:`);
  const code = await runImportCommand(words, {
    config,
    output: process.stdout,
    errors: process.stderr,
    today: dutchDay(new Date()),
  });
  process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
}

interface Target {
  /** Said where there are several. */
  readonly part?: string;
  readonly config: Config;
}

/** Whose databases a kind of file is for: school days are every part's, as each tells deadlines by them. */
async function targetsOf(kind: string | undefined): Promise<Target[]> {
  const given = new Config();
  if (["REGISTRY_DATABASE_URL", "DATABASE_URL"].some((name) => given.optional(name) !== undefined)) {
    return [{ config: given }];
  }
  const text = await readFile(runFolder().databases, "utf8").catch(() => "{}");
  const urls = JSON.parse(text) as Record<string, DatabaseUrls | undefined>;
  const configOf = (part: string) =>
    new Config({ REGISTRY_DATABASE_URL: urls[part]?.registryUrl, DATABASE_URL: urls[part]?.appUrl });
  if (kind === "school-days" && Object.keys(urls).length > 0) {
    return Object.keys(urls).map((part) => ({ part, config: configOf(part) }));
  }
  return [{ config: configOf(kind === "contacts" || kind === "edexml" ? "school" : "leerplicht") }];
}
